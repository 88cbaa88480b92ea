import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes, ProcessResult } from '../io/processes.ts';
import { memoryStore } from '../io/store.ts';
import { listCandidates } from './candidates.ts';
import { findToolchain, surveyToolchains } from './find.ts';
import type { ToolchainRequest } from './request.ts';

const searchList = (...folders: string[]) =>
  `#include <...> search starts here:\n ${folders.join('\n ')}\nEnd of search list.\n`;
const libc = '!<arch>\n__libc_version\0fts_open\0…\n1.2.3\0';
const gccMacros =
  '#define __STDC__ 1\n#define __x86_64__ 1\n#define __GNUC__ 12\n#define __GNUC_MINOR__ 2\n#define __GNUC_PATCHLEVEL__ 0\n';

/** A compiler by its answers: what it prints for macros, with features.h, and for `-###`. */
interface Answers {
  macros: string;
  features: string;
  folders: string[];
  link: string;
}

const musl: Answers = {
  macros: gccMacros,
  features: `${gccMacros}#define _FEATURES_H \n`,
  folders: ['/musl/include', '/gcc/include'],
  link: ' /gcc/collect2 -plugin /p.so -dynamic-linker /lib/ld.so -nostdlib -static /musl/Scrt1.o -L/musl -L /gcc/. /tmp/cc1.o /gcc/libgcc.a -lc',
};
const glibc: Answers = { ...musl, features: `${gccMacros}#define _FEATURES_H 1\n#define __GLIBC__ 2\n` };

const ended: ProcessResult = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false };

function machine(compilers: Record<string, Answers | 'hangs'>): { processes: Processes; runs: string[][] } {
  const runs: string[][] = [];
  return {
    runs,
    processes: {
      async run(command) {
        runs.push(command);
        const answers = compilers[command[0] ?? ''];
        if (!answers) throw Object.assign(new Error('spawn'), { code: 'ENOENT' });
        if (answers === 'hangs') return { ...ended, code: null, signal: 'SIGKILL', timedOut: true };
        if (command.includes('-###')) return { ...ended, stderr: `gcc version 12\n${answers.link}\n` };
        const stdout = command.includes('features.h') ? answers.features : answers.macros;
        return { ...ended, stdout, stderr: searchList(...answers.folders) };
      },
    },
  };
}

const disk = (more: Record<string, string> = {}) =>
  memoryFiles({
    '/usr/bin/musl-gcc': '#!/bin/sh',
    '/usr/bin/gcc': 'ELF',
    '/musl/libc.a': libc,
    '/musl/Scrt1.o': 'ELF',
    '/gcc/libgcc.a': '!<arch>\n',
    ...more,
  });

const request = (environment: Record<string, string> = {}): ToolchainRequest => ({
  goarch: 'amd64',
  environment: { PATH: '/usr/bin', ...environment },
  cacheFolder: null,
  store: memoryStore(),
  scratch: null,
  needsCxx: false,
});

it('reads all of a musl-gcc off its answers', async () => {
  const { processes } = machine({ '/usr/bin/musl-gcc': musl });
  expect(await findToolchain('auto', request(), processes, disk())).toEqual({
    name: 'musl-gcc',
    cc: ['/usr/bin/musl-gcc'],
    cxx: null,
    compiler: { family: 'gcc', version: '12.2.0' },
    linker: { name: 'ld', dropsUnusedSections: false },
    libc: { name: 'musl', version: '1.2.3', flavor: 'debian' },
    c: { macros: gccMacros, includeDirs: ['/musl/include', '/gcc/include'] },
    cxxEnvironment: null,
    kernelHeaders: false,
    libraryDirs: ['/musl', '/gcc'],
    driverInputs: ['/musl/Scrt1.o', '/gcc/libgcc.a', '/musl/libc.a'],
    threadStackSize: 131072,
  });
});

it('asks a compiler once, and again when its file has changed', async () => {
  const { processes, runs } = machine({ '/usr/bin/musl-gcc': musl });
  const asked = request();
  await findToolchain('musl-gcc', asked, processes, disk());
  const cold = runs.length;
  expect(cold).toBeGreaterThan(0);
  await findToolchain('musl-gcc', asked, processes, disk());
  expect(runs.length).toBe(cold);
  await findToolchain('musl-gcc', asked, processes, disk({ '/usr/bin/musl-gcc': '#!/bin/sh -e' }));
  expect(runs.length).toBe(2 * cold);
  await findToolchain('musl-gcc', asked, processes, disk({ '/usr/bin/gcc': 'another gcc behind the script' }));
  expect(runs.length).toBe(3 * cold);
});

it('learns again what a damaged cache has lost', async () => {
  const { processes } = machine({ '/usr/bin/musl-gcc': musl });
  const asked = { ...request(), store: { ...memoryStore(), get: () => '{"stamps":' } };
  expect((await findToolchain('auto', asked, processes, disk()))?.name).toBe('musl-gcc');
});

it('takes CC first, and passes over one for glibc with its reason', async () => {
  const { processes } = machine({ '/usr/bin/musl-gcc': musl, '/usr/bin/gcc': glibc, '/opt/cc': musl });
  expect((await findToolchain('auto', request({ CC: '/opt/cc' }), processes, disk()))?.cc).toEqual(['/opt/cc']);
  expect((await findToolchain('auto', request({ CC: '/usr/bin/gcc' }), processes, disk()))?.name).toBe('musl-gcc');
  const looked = await surveyToolchains('native', request(), processes, disk());
  expect(looked.map((one) => one.failure?.message)).toEqual(['the compiler is for glibc']);
});

it('finds none rather than a wrong one', async () => {
  const { processes } = machine({ '/usr/bin/gcc': glibc });
  const files = memoryFiles({ '/usr/bin/gcc': 'ELF' });
  expect(await findToolchain('auto', request(), processes, files)).toBeNull();
  await expect(findToolchain('zig', request(), processes, files)).rejects.toThrow('no such toolchain was found');
});

it('takes C++ from a musl compiler only', async () => {
  const cross = '/usr/bin/x86_64-linux-musl-gcc';
  const files = disk({ [cross]: 'ELF' });
  const find = (cxx: Answers) =>
    findToolchain(
      'musl-cross',
      request(),
      machine({ [cross]: musl, '/usr/bin/x86_64-linux-musl-g++': cxx }).processes,
      files,
    );
  expect((await find(musl))?.cxx).toEqual(['/usr/bin/x86_64-linux-musl-g++']);
  expect((await find(glibc))?.cxx).toBeNull();
  const none = machine({ '/usr/bin/musl-gcc': musl }).processes;
  expect(await findToolchain('auto', { ...request(), needsCxx: true }, none, disk())).toBeNull();
});

it.each([
  ['hangs', 'hangs' as const, 'the C compiler did not answer within 10 s'],
  ['prints garbage', { ...musl, macros: 'hello\n' }, 'does not answer like gcc or clang (it said: hello)'],
  ['is for another machine', { ...musl, macros: gccMacros.replace('x86_64', 'aarch64') }, 'does not compile for amd64'],
  ['has no libc.a', { ...musl, link: '' }, 'no musl libc.a was found that says its version'],
])('refuses a compiler that %s in one line', async (_, answers, message) => {
  const { processes } = machine({ '/opt/cc': answers });
  await expect(findToolchain('/opt/cc', request(), processes, disk({ '/opt/cc': '' }))).rejects.toThrow(message);
});

it('refuses a compiler that is not there', async () => {
  const { processes } = machine({});
  const asked = findToolchain('/opt/none', request(), processes, disk());
  await expect(asked).rejects.toThrow('the C compiler cannot be started');
});

it('knows zig by its musl sources, without a link', async () => {
  const lib = '/zig/lib/libc';
  const clang =
    '#define __STDC__ 1\n#define __x86_64__ 1\n#define __clang__ 1\n#define __clang_major__ 22\n#define __clang_minor__ 1\n#define __clang_patchlevel__ 8\n';
  const answers = {
    macros: clang,
    features: `${clang}#define _FEATURES_H \n`,
    folders: [`${lib}/include/generic-musl`, `${lib}/include/any-linux-any`],
    link: '',
  };
  const files = memoryFiles({
    '/zig/zig': 'ELF',
    [`${lib}/musl/src/internal/version.h`]: '#define VERSION "1.2.5"\n',
    [`${lib}/include/any-linux-any/linux/limits.h`]: '',
  });
  const { processes, runs } = machine({ '/zig/zig': answers });
  expect(await findToolchain('/zig/zig', request(), processes, files)).toMatchObject({
    name: 'zig',
    cc: ['/zig/zig', 'cc', '-target', 'x86_64-linux-musl'],
    cxx: ['/zig/zig', 'c++', '-target', 'x86_64-linux-musl'],
    linker: { name: 'lld', dropsUnusedSections: true },
    libc: { version: '1.2.5', flavor: 'upstream' },
    kernelHeaders: true,
    threadStackSize: 8388608,
  });
  expect(runs.every((command) => command.includes('-E'))).toBe(true);
});

it('finds the zig that python3 -m ziglang starts, after one in PATH', () => {
  const files = memoryFiles({
    '/usr/bin/python3': 'ELF',
    '/usr/local/lib/python3.11/dist-packages/ziglang/zig': 'ELF',
    '/venv/lib/python3.12/site-packages/ziglang/zig': 'ELF',
    '/opt/bin/zig': 'ELF',
  });
  const asked = request({ PATH: '/usr/bin:/opt/bin', VIRTUAL_ENV: '/venv' });
  expect(listCandidates('zig', asked, files).map(({ origin, cc }) => [origin, cc[0]])).toEqual([
    ['PATH', '/opt/bin/zig'],
    ['python3 -m ziglang', '/venv/lib/python3.12/site-packages/ziglang/zig'],
    ['python3 -m ziglang', '/usr/local/lib/python3.11/dist-packages/ziglang/zig'],
  ]);
  expect(listCandidates('zig', request({ PATH: '/opt/bin' }), files)).toHaveLength(1);
});

it('tells zig the processor that GOARM asks for, since its own would be newer', () => {
  const files = memoryFiles({ '/usr/bin/zig': 'ELF' });
  const target = (environment: Record<string, string>, goarch = 'arm') =>
    listCandidates('zig', { ...request(environment), goarch }, files)[0]?.cc.slice(2);
  expect(target({})).toEqual(['-target', 'arm-linux-musleabihf']);
  expect(target({ GOARM: '6' })).toEqual(['-target', 'arm-linux-musleabihf', '-mcpu=arm1176jzf_s']);
  expect(target({ GOARM: '5' })).toEqual(['-target', 'arm-linux-musleabi', '-mcpu=arm926ej_s']);
  expect(target({ GOARM: '5' }, 'arm64')).toEqual(['-target', 'aarch64-linux-musl']);
  expect(() => target({ GOARM: '8' })).toThrow('GOARM has an unknown value');
});
