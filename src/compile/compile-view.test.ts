import { describe, expect, it } from 'vitest';
import { openGoReader } from '../go/reader.ts';
import { memoryFiles } from '../io/memory.ts';
import { openLibc } from '../libc/open.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import type { Target, Toolchain } from '../model/target.ts';
import type { CompileView } from '../model/view.ts';
import { compileView } from './compile-view.ts';

const libcText = {
  '/musl/stddef.h': 'typedef unsigned long size_t;\ntypedef long ptrdiff_t;\n#define NULL ((void*)0)\n',
  '/musl/stdio.h': '#ifndef _STDIO_H\n#define _STDIO_H\nint printf(const char *, ...);\n#define EOF (-1)\n#endif\n',
  '/musl/unistd.h':
    '#if defined(_LARGEFILE64_SOURCE)\n#define pread64 pread\n#endif\nlong pread(int, void *, unsigned long, long);\n',
};

const musl: Toolchain = {
  name: 'given',
  cc: ['cc'],
  cxx: null,
  compiler: { family: 'gcc', version: '12.2.0' },
  linker: { name: 'ld', dropsUnusedSections: false },
  libc: { name: 'musl', version: '1.2.5', flavor: 'upstream' },
  c: { macros: '#define __x86_64__ 1\n#define __linux__ 1\n#define __GNUC__ 12\n', includeDirs: ['/musl'] },
  cxxEnvironment: null,
  kernelHeaders: false,
  libraryDirs: [],
  driverInputs: [],
  threadStackSize: null,
};

/** Compiles one package: `files` are those of its folder; `.go` files have `import "C"`. */
async function view(
  files: Record<string, string>,
  change: Partial<Target> = {},
  flags: string[] = [],
): Promise<CompileView> {
  const named = (end: RegExp) => Object.keys(files).filter((name) => end.test(name));
  const pkg: GraphPackage = {
    importPath: 'example.org/m',
    name: 'm',
    dir: '/m',
    standard: false,
    module: 'example.org/m',
    imports: [],
    goFiles: [],
    cgoFiles: named(/\.go$/),
    ignoredGoFiles: [],
    cFiles: named(/\.c$/),
    cxxFiles: named(/\.cc$/),
    hFiles: named(/\.h$/),
    sFiles: [],
    otherFiles: [],
    sysoFiles: [],
    cgoFlags: { cppflags: [], cflags: flags, cxxflags: [], ldflags: [] },
    pkgConfig: [],
  };
  const module = { path: 'example.org/m', version: 'v1.0.0', dir: '/m', main: false, goVersion: '1.21' };
  const graph: PackageGraph = {
    modules: { 'example.org/m': module },
    packages: { [pkg.importPath]: pkg },
    programs: [],
    errors: [],
  };
  const target: Target = {
    goos: 'linux',
    goarch: 'amd64',
    goVersion: 'go1.26.8',
    tags: [],
    cgo: true,
    buildmode: 'exe',
    race: false,
    libc: musl.libc,
    toolchain: musl,
    cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: [] },
    kernelHeadersDir: null,
    shims: [],
    gorootPatches: [],
    sysroot: null,
    pkgConfigPath: [],
    ...change,
  };
  const disk = memoryFiles({
    ...libcText,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/m/${name}`, text])),
  });
  const reader = await openGoReader();
  const go = pkg.cgoFiles.map((name) => reader.read(new TextEncoder().encode(files[name]), name));
  const facts = { package: pkg.importPath, go, dynamicImports: [], imports: {}, files: 1, bytes: 1, limits: [] };
  return compileView(pkg, graph, facts, target, disk, openLibc(target.libc));
}

const go = (preamble: string, body: string) =>
  `package m\n\n/*\n${preamble}\n*/\nimport "C"\n\nfunc f() {\n${body}\n}\n`;
const names = (view: CompileView) => view.units.flatMap((unit) => unit.names.map((use) => `${use.form} ${use.name}`));

describe('C.name', () => {
  it('is known when the preamble, its headers or cgo declare it', async () => {
    const preamble = [
      '#include <stdio.h>',
      'typedef struct point { int x; } point;',
      'enum { RED = 1 };',
      '#define LIMIT (RED + 2)',
      'static int twice(int x) { return 2 * x; }',
    ].join('\n');
    const uses = 'C.printf C.EOF C.point C.RED C.LIMIT C.twice C.struct_point C.sizeof_point C.uint C.malloc C.CString';
    expect(names(await view({ 'a.go': go(preamble, uses.replace(/(\S+)/g, '\t_ = $1')) }))).toEqual([]);
  });

  it('is not when nothing does, or when its macro needs what is missing', async () => {
    const preamble = '#define WHERE NOWHERE\n#define EMPTY\n#define CALL(x) x\n#if 0\nint hidden;\n#endif';
    const found = await view({
      'a.go': go(preamble, '_ = C.WHERE\n_ = C.EMPTY\n_ = C.CALL\n_ = C.hidden\n_ = C.gone'),
    });
    expect(found.units[0]?.names).toMatchObject([
      { name: 'WHERE', form: 'cgo', certain: true, expandsTo: 'NOWHERE', place: { file: 'a.go', line: 14 } },
      { name: 'CALL', certain: true },
      { name: 'hidden', certain: true },
      { name: 'gone', certain: true, place: { line: 18, column: 5 } },
      { name: 'EMPTY', certain: true },
    ]);
  });

  it('is told behind a header that is not there only when glibc alone has it, and as uncertain', async () => {
    const found = await view({
      'a.go': go('#include <other.h>\n#include <more.h>', '_ = C.thing\n_ = C.RTLD_DEEPBIND'),
    });
    expect(found.units[0]?.includes.filter((use) => use.found === 'nowhere')).toMatchObject([
      { header: 'other.h', reached: 'true', place: { file: 'a.go', line: 4, column: 1 } },
      { header: 'more.h', reached: 'unknown' },
    ]);
    expect(found.units[0]?.names).toMatchObject([{ name: 'RTLD_DEEPBIND', certain: false }]);
  });
});

describe('C files', () => {
  const source = [
    '#include <unistd.h>',
    '#if defined(HAVE_PREAD64)',
    '# define USE_PREAD64 1',
    '#endif',
    '#if defined(USE_PREAD64)',
    'static void *table[] = { (void *)pread64 };',
    'void *first(void) { return table[0]; }',
    '#endif',
  ].join('\n');
  const cgo = { 'a.go': go('#cgo CFLAGS: -DHAVE_PREAD64=1', ''), 'x.c': source };

  it('name the flag without which an undeclared name would not be used', async () => {
    const found = await view(cgo, {}, ['-DHAVE_PREAD64=1']);
    expect(found.units[1]?.names).toMatchObject([
      {
        name: 'pread64',
        form: 'name',
        certain: true,
        enabledBy: ['HAVE_PREAD64'],
        place: { file: 'x.c', line: 6, column: 34 },
      },
    ]);
    expect(found.flags[0]).toMatchObject({ flag: '-DHAVE_PREAD64=1', place: { line: 4 }, refused: false });
  });

  it('give the same answer from the tables, where no header text is at hand', async () => {
    const from = async (version: string) =>
      (await view(cgo, { toolchain: null, libc: { ...musl.libc, version } }, ['-DHAVE_PREAD64=1', '-D_GNU_SOURCE']))
        .units[1];
    expect((await from('1.2.5'))?.names).toMatchObject([{ name: 'pread64', enabledBy: ['HAVE_PREAD64'] }]);
    expect((await from('1.2.3'))?.names).toEqual([]);
    const large = await view(cgo, { toolchain: null }, ['-DHAVE_PREAD64=1', '-D_LARGEFILE64_SOURCE']);
    expect(large.units[1]?.names).toEqual([]);
  });

  it('tell defined and outside symbols, leaving out what unused static functions name', async () => {
    const text = [
      'int printf(const char *, ...); int puts(const char *); int used(void); extern int shared; int own;',
      'static void quiet(void) { puts("no"); }',
      'static int helper(void) { return used(); }',
      'int entry(void) { char buffer[4096]; return helper() + shared + printf("%d", (int)sizeof buffer); }',
    ].join('\n');
    const found = await view({ 'a.go': go('', ''), 'x.c': text });
    expect(found.units[1]).toMatchObject({
      defines: ['entry', 'own'],
      references: ['printf', 'shared', 'used'],
      largestFrame: 4096,
      names: [],
    });
  });

  it('may stay undefined when weak or an alias, and is inlined when inline', async () => {
    const source = [
      'extern int trace(void) __attribute__((weak));',
      '__attribute__((__weak__)) extern int hook(void);',
      'int real(void) { return 1; }',
      'extern int other(void) __attribute__((alias("real")));',
      'int strong(void);',
      'inline int move(void) { return strong(); }',
      'int entry(void) { return (trace ? trace() : 0) + (hook ? hook() : 0) + other() + move(); }',
    ].join('\n');
    const found = await view({ 'a.go': go('int entry(void);', '\tC.entry()'), 'a.c': source });
    expect(found.units.at(-1)).toMatchObject({ references: ['strong'] });
  });

  it('see what Go exports', async () => {
    const exported = `${go('typedef int number;', '')}\n//export Callback\nfunc Callback() {}\n`;
    const text = '#include "_cgo_export.h"\nnumber n; GoString s;\nvoid f(void) { Callback(); }\n';
    expect(names(await view({ 'a.go': exported, 'x.c': text }))).toEqual([]);
  });
});

it('says what cmd/go refuses, and lets CGO_CFLAGS_ALLOW have its way', async () => {
  const file = go('#cgo CFLAGS: -fplugin=x.so -O3\n#cgo LDFLAGS: -lm', '');
  const refused = (view: CompileView) => view.flags.filter((use) => use.refused).map((use) => use.flag);
  expect(refused(await view({ 'a.go': file }))).toEqual(['-fplugin=x.so']);
  expect(refused(await view({ 'a.go': file }, { cgoFilter: { CGO_CFLAGS_ALLOW: '-fplugin.*' } }))).toEqual([]);
});
