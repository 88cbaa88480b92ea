import { expect, it } from 'vitest';
import { memoryFiles, memoryScratch } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import { loadWithGo } from './go-loader.ts';
import type { LoadRequest } from './load-request.ts';

const content: Record<string, string> = {
  '/m/go.mod': 'module example.org/m\n',
  '/m/go.sum': 'sum\n',
  '/m/x/x.go': '',
};
const files = memoryFiles(content);
const scratch = memoryScratch(content);

const request: LoadRequest = {
  dir: '/m',
  patterns: [],
  goarch: null,
  tags: [],
  cgo: true,
  race: false,
  mod: null,
  modfile: null,
  offline: false,
  environment: {},
  timeout: 1000,
};

/** A go command that prints these packages, as `go list -json` prints them. */
function listing(packages: object[], seen: { words: string[]; env: object }[] = []): Processes {
  return {
    async run(words, { env }) {
      seen.push({ words, env });
      const stdout = packages.map((one) => `${JSON.stringify(one, null, '\t')}\n`).join('');
      return { code: 0, signal: null, stdout, stderr: 'go: downloading …\n', timedOut: false };
    },
  };
}

const main = { Path: 'example.org/m', Main: true, Dir: '/m', GoVersion: '1.21' };

it('gives the graph of a cgo program, with what Go adds to its imports', async () => {
  const processes = listing([
    { Dir: '/go/src/runtime', ImportPath: 'runtime', Name: 'runtime', Standard: true, DepOnly: true },
    { Dir: '/go/src/syscall', ImportPath: 'syscall', Name: 'syscall', Standard: true, DepOnly: true },
    {
      Dir: '/go/src/runtime/cgo',
      ImportPath: 'runtime/cgo',
      Name: 'cgo',
      Standard: true,
      DepOnly: true,
      CgoFiles: ['cgo.go'],
    },
    {
      Dir: '/m',
      ImportPath: 'example.org/m',
      Name: 'main',
      Module: main,
      CgoFiles: ['a"}\n{.go'],
      CFiles: ['a.c'],
      MFiles: ['a.m'],
      SwigFiles: ['a.swig'],
      Imports: ['C', 'unsafe'],
      CgoCFLAGS: ['-I/m/include'],
      CgoPkgConfig: ['z'],
    },
  ]);
  const graph = await loadWithGo(request, processes, files, scratch);
  expect(graph.packages['example.org/m']).toEqual({
    importPath: 'example.org/m',
    name: 'main',
    dir: '/m',
    standard: false,
    module: 'example.org/m',
    imports: ['runtime/cgo', 'syscall', 'runtime'],
    goFiles: [],
    cgoFiles: ['a"}\n{.go'],
    ignoredGoFiles: [],
    cFiles: ['a.c'],
    cxxFiles: [],
    hFiles: [],
    sFiles: [],
    otherFiles: ['a.m', 'a.swig'],
    sysoFiles: [],
    cgoFlags: { cppflags: [], cflags: ['-I/m/include'], cxxflags: [], ldflags: [] },
    pkgConfig: ['z'],
  });
  expect(graph.packages['runtime/cgo']?.imports).toEqual([]);
  expect(graph.modules).toEqual({
    'example.org/m': { path: 'example.org/m', version: '', dir: '/m', main: true, goVersion: '1.21' },
  });
  expect(graph.programs.map((program) => program.packages)).toEqual([
    ['runtime', 'syscall', 'runtime/cgo', 'example.org/m'],
  ]);
});

it('finds the files of vendored modules, for which Go names no folder', async () => {
  const vendored = { Path: 'example.org/v', Version: 'v1.2.3' };
  const dir = '/m/vendor/example.org/v/sub';
  const processes = listing([
    { Dir: dir, ImportPath: 'example.org/v/sub', Name: 'sub', DepOnly: true, Module: vendored, GoFiles: ['v.go'] },
    { Dir: '/m', ImportPath: 'example.org/m', Name: 'm', Module: main, Imports: ['example.org/v/sub'] },
  ]);
  const graph = await loadWithGo(request, processes, files, scratch);
  expect(graph.modules['example.org/v']).toMatchObject({ version: 'v1.2.3', dir: '/m/vendor/example.org/v' });
});

it('asks for the target, and takes tags, -mod and -race from GOFLAGS where the request has none', async () => {
  const seen: { words: string[]; env: object }[] = [];
  const processes = listing([{ Dir: '/m', ImportPath: 'example.org/m', Name: 'm', Module: main }], seen);
  const environment = { GOFLAGS: '-tags=a,b -mod=vendor -race -toolexec=evil' };
  await loadWithGo({ ...request, environment, goarch: 'arm64', offline: true }, processes, files, scratch);
  await loadWithGo(
    { ...request, environment, tags: ['c'], mod: 'readonly', cgo: false, patterns: ['./x'] },
    processes,
    files,
    scratch,
  );
  expect(seen[0]?.words).toEqual(
    expect.arrayContaining(['-tags=a,b', '-mod=vendor', '-race', '-ldflags=-linkmode=external', '--', './...']),
  );
  expect(seen[0]?.env).toMatchObject({ GOOS: 'linux', GOARCH: 'arm64', CGO_ENABLED: '1', GOPROXY: 'off' });
  expect(seen[1]?.words).toEqual(expect.arrayContaining(['-tags=c', '-mod=readonly', '--', './x']));
  expect(seen[1]?.words).not.toContain('-ldflags=-linkmode=external');
  expect(seen[1]?.env).toMatchObject({ CGO_ENABLED: '0' });
  expect(seen.flatMap(({ words }) => words).join(' ')).not.toContain('evil');
});

it('keeps what could not be loaded beside what could, and leaves test-only packages out', async () => {
  const absent = { ImportStack: ['example.org/m'], Pos: 'm.go:2:8', Err: 'no required module provides package x/y' };
  const processes = listing([
    { ImportPath: 'x/y', DepOnly: true, Error: absent },
    { Dir: '/m', ImportPath: 'example.org/m', Name: 'main', Module: main, Imports: ['x/y'] },
    { Dir: '/m/t', ImportPath: 'example.org/m/t', Name: 't', Module: main, TestGoFiles: ['t_test.go'] },
  ]);
  const graph = await loadWithGo(request, processes, files, scratch);
  expect(graph.errors).toEqual([
    { package: 'x/y', chain: ['example.org/m'], message: absent.Err, position: 'm.go:2:8' },
  ]);
  expect(graph.programs.map(({ id }) => id)).toEqual(['example.org/m']);
});

it('fails in one line when nothing that was asked for can be loaded', async () => {
  const broken = { ImportPath: 'example.org/m', Name: 'main', Dir: '/m', Module: main };
  const error = { ImportStack: ['example.org/m'], Pos: 'm.go:2:8', Err: 'string literal\nnot terminated' };
  await expect(loadWithGo(request, listing([{ ...broken, Error: error }]), files, scratch)).rejects.toMatchObject({
    message: 'string literal not terminated',
    where: '/m/m.go:2:8',
    code: 3,
  });
  await expect(
    loadWithGo(request, listing([{ ...broken, TestGoFiles: ['t_test.go'] }]), files, scratch),
  ).rejects.toThrow('only test files found');
  await expect(loadWithGo(request, listing([]), files, scratch)).rejects.toThrow('no packages found');
  await expect(loadWithGo({ ...request, patterns: ['-x.go'] }, listing([]), files, scratch)).rejects.toMatchObject({
    code: 2,
  });
});

it('lets -mod=mod write into copies of go.mod and go.sum, and removes them', async () => {
  let inside: string[] = [];
  const processes: Processes = {
    async run(words) {
      expect(words).toEqual(expect.arrayContaining(['-mod=mod', '-modfile=/scratch/gomusl-load-1/go.mod']));
      inside = ['go.mod', 'go.sum'].map((name) =>
        new TextDecoder().decode(files.read(`/scratch/gomusl-load-1/${name}`) ?? undefined),
      );
      const stdout = JSON.stringify({ Dir: '/m/x', ImportPath: 'example.org/m/x', Name: 'x', Module: main });
      return { code: 0, signal: null, stdout, stderr: '', timedOut: false };
    },
  };
  await loadWithGo({ ...request, dir: '/m/x', mod: 'mod' }, processes, files, memoryScratch(content));
  expect(inside).toEqual(['module example.org/m\n', 'sum\n']);
  expect(Object.keys(content).filter((name) => name.startsWith('/scratch'))).toEqual([]);
});

it('is not misled by modules and packages named like what every object has', async () => {
  const names = ['constructor', '__proto__'];
  for (const name of names) {
    const module = { Path: name, Main: true, Dir: '/m' };
    const one = { Dir: '/m', ImportPath: name, Name: 'main', Module: module, Imports: ['toString'] };
    const graph = await loadWithGo(request, listing([one]), files, scratch);
    expect(graph.programs[0]?.packages).toEqual([name]);
    expect(graph.modules[name]?.dir).toBe('/m');
  }
});
