import { expect, it } from 'vitest';
import type { CgoFlags, Toolchain } from '../model/target.ts';
import { makePlan, type PlanRequest } from './plan.ts';
import { planText } from './plan-text.ts';
import { reproducible } from './reproducible.ts';

const flags: CgoFlags = { cppflags: [], cflags: ['-O2', '-g'], cxxflags: ['-O2', '-g'], ldflags: ['-O2', '-g'] };

const toolchain: Toolchain = {
  name: 'musl-gcc',
  cc: ['/usr/bin/musl-gcc'],
  cxx: null,
  compiler: { family: 'gcc', version: '12.2.0' },
  linker: { name: 'ld', dropsUnusedSections: false },
  libc: { name: 'musl', version: '1.2.3', flavor: 'debian' },
  c: { macros: '', includeDirs: [] },
  cxxEnvironment: null,
  kernelHeaders: false,
  libraryDirs: [],
  driverInputs: [],
  threadStackSize: null,
};

const request: PlanRequest = {
  dir: '/m',
  goWords: ['-o=app'],
  patterns: ['./cmd/x'],
  tags: null,
  programs: [{ package: 'example.org/m/cmd/x', output: '/m/app' }],
  ldflags: ['-s'],
  kind: 'musl',
  reason: 'cgo is used.',
  toolchain,
  compilers: null,
  toolchainChoice: 'auto',
  ownFlags: flags,
  wantedFlags: flags,
  kernelHeadersDir: null,
  ownHeadersDir: null,
  staticWords: ['-static'],
  libraries: null,
  objects: ['/cache/note.o'],
  overlay: null,
  environment: {},
  remedies: [],
  goarch: null,
  goToolchain: undefined,
  verifies: true,
  notes: [],
};

it('makes the three settings out of nothing else', () => {
  expect(makePlan(request)).toMatchObject({
    environment: { GOOS: 'linux', GOTOOLCHAIN: 'local', CGO_ENABLED: '1', CC: '/usr/bin/musl-gcc' },
    command: [
      'go',
      'build',
      '-o=app',
      "-ldflags=-s -linkmode=external '-extldflags=-static /cache/note.o'",
      '--',
      './cmd/x',
    ],
  });
});

it('leaves C aside for a pure program, and the flags of the person alone', () => {
  const plan = makePlan({ ...request, kind: 'pure' });
  expect(plan.toolchain).toBeNull();
  expect(plan.environment).toEqual({ GOOS: 'linux', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' });
  expect(plan.command).toEqual(['go', 'build', '-o=app', '-ldflags=-s', '--', './cmd/x']);
});

it('carries what findings ask for, and keeps the own flags of the person', () => {
  const ownFlags = { ...flags, cflags: ['-O3', '-DX=a b'] };
  const plan = makePlan({
    ...request,
    ownFlags,
    wantedFlags: {
      ...ownFlags,
      cflags: [...ownFlags.cflags, '-D_LARGEFILE64_SOURCE'],
      ldflags: ['-O2', '-g', '-Wl,-x'],
    },
    kernelHeadersDir: '/cache/kernel headers',
    goToolchain: 'go1.26.1',
    goarch: 'arm64',
    overlay: '/cache/overlay.json',
  });
  expect(plan.environment).toEqual({
    GOOS: 'linux',
    GOARCH: 'arm64',
    CGO_ENABLED: '1',
    CC: '/usr/bin/musl-gcc',
    CGO_CFLAGS: "-O3 '-DX=a b' -D_LARGEFILE64_SOURCE",
    CGO_CPPFLAGS: "-idirafter '/cache/kernel headers'",
  });
  expect(plan.command).toContain("-ldflags=-s -linkmode=external '-extldflags=-static -Wl,-x /cache/note.o'");
  expect(plan.command).toContain('-overlay=/cache/overlay.json');
});

it('prints what a shell can run', () => {
  expect(planText(makePlan({ ...request, notes: ['one wins'] }))).toBe(
    [
      'plan: cgo, linked statically with musl',
      '  why: cgo is used.',
      '  toolchain: musl-gcc, musl 1.2.3 (Debian), without C++',
      '  chosen: auto, the first of CC, musl-gcc, musl-cross, native, zig that is there',
      '  note: one wins',
      '  example.org/m/cmd/x: /m/app',
      '',
      'cd /m &&',
      'GOOS=linux \\',
      'GOTOOLCHAIN=local \\',
      'CGO_ENABLED=1 \\',
      'CC=/usr/bin/musl-gcc \\',
      `go build -o=app '-ldflags=-s -linkmode=external '\\''-extldflags=-static /cache/note.o'\\''' -- ./cmd/x`,
      '',
    ].join('\n'),
  );
});

it('leaves nothing of the machine in a reproducible program, and says which flag gives way', () => {
  expect(reproducible(['-o=app', '-trimpath=false', '-p=2'], ['example.org/x=-s'], '/home/a/cache')).toEqual({
    goWords: ['-o=app', '-p=2', '-trimpath=true', '-buildvcs=false'],
    ldflags: ['-buildid=', 'example.org/x=-s -buildid='],
    compilerFlags: ['-ffile-prefix-map=/home/a/cache=/gomusl'],
    notes: ['-trimpath=false gives way to --reproducible'],
  });
  expect(reproducible([], ['-s', '-buildid=own'], null).ldflags).toEqual(['-s -buildid=', '-buildid=own']);
});

it('says why it is this toolchain', () => {
  expect(planText(makePlan(request))).toContain('chosen: auto, the first of CC, musl-gcc, musl-cross, native, zig');
  const remedies = [{ remedy: { kind: 'toolchain' as const, automatic: true, requires: 'c++' }, findings: ['1'] }];
  expect(makePlan({ ...request, remedies, goarch: 'arm64' }).choice).toMatch(
    /is there for linux\/arm64 with c\+\+, which the findings need$/,
  );
  expect(makePlan({ ...request, toolchainChoice: 'zig' }).choice).toBe('--toolchain zig');
});
