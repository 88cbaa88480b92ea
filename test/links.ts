import { memoryFiles } from '../src/io/memory.ts';
import type { Libc } from '../src/libc/libc.ts';
import { linkView } from '../src/link/link-view.ts';
import type { GraphPackage, PackageGraph } from '../src/model/package-graph.ts';
import type { Target, Toolchain } from '../src/model/target.ts';
import type { CompileView, LinkView, Unit } from '../src/model/view.ts';
import { writeArchive } from './archives.ts';
import { type ObjectText, writeObject } from './objects.ts';

const libc: Libc = {
  ref: { name: 'musl', version: '1.2.5', flavor: 'upstream' },
  header: () => undefined,
  names: () => [],
  library: (name) => (name === 'pthread' || name === 'm' ? 'empty' : undefined),
  exports: (symbol) => ['printf', 'malloc', 'free', 'abort'].includes(symbol),
  symbol: () => undefined,
  macroKnown: () => false,
};

interface PackageText {
  path?: string;
  ldflags?: string[];
  references?: string[] | null;
  defines?: string[];
  words?: Unit['words'];
  cxxFiles?: string[];
  sysoFiles?: string[];
  sFiles?: string[];
  imports?: string[];
  goText?: string;
  /** Flags for C, and whether a unit has `#pragma omp parallel`. */
  cflags?: string[];
  parallel?: boolean;
  /** Why a unit was not read to its end. */
  unread?: string;
}

interface LinkText {
  linker?: 'ld' | 'lld' | null;
  family?: 'gcc' | 'clang';
  name?: Toolchain['name'];
  cxx?: boolean;
  driverInputs?: string[];
  libraryDirs?: string[];
  ldflags?: string[];
  shims?: string[];
  /** No toolchain was found: answers come from the tables. */
  withoutToolchain?: boolean;
  files?: Record<string, Uint8Array | string>;
  packages?: PackageText[];
}

function toolchain(text: LinkText): Toolchain | null {
  if (text.linker === null) return null;
  const environment = { macros: '', includeDirs: [] };
  return {
    name: text.name ?? (text.linker === 'lld' ? 'zig' : 'musl-gcc'),
    cc: ['cc'],
    cxx: text.cxx ? ['c++'] : null,
    compiler: { family: text.family ?? 'gcc', version: '12.2.0' },
    linker: { name: text.linker ?? 'ld', dropsUnusedSections: text.linker === 'lld' },
    libc: libc.ref,
    c: environment,
    cxxEnvironment: text.cxx ? environment : null,
    kernelHeaders: true,
    libraryDirs: text.libraryDirs ?? [],
    driverInputs: text.driverInputs ?? [],
    threadStackSize: null,
  };
}

/** Links a program of packages; the first is the main package, and imports the others when it names none. */
export function link(text: LinkText): LinkView {
  const packages = (text.packages ?? [{}]).map((own, at) => ({ path: at === 0 ? 'p' : `p/${at}`, ...own }));
  const target: Target = {
    goos: 'linux',
    goarch: 'amd64',
    goVersion: 'go1.26.8',
    tags: [],
    cgo: true,
    buildmode: 'exe',
    race: false,
    libc: libc.ref,
    toolchain: text.withoutToolchain ? null : toolchain(text),
    cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: text.ldflags ?? [] },
    kernelHeadersDir: null,
    shims: text.shims ?? [],
    gorootPatches: [],
    sysroot: null,
    pkgConfigPath: [],
  };
  const graph: PackageGraph = { modules: {}, packages: {}, programs: [], errors: [] };
  const compiled: Record<string, CompileView> = {};
  const files: Record<string, Uint8Array | string> = { ...text.files };
  for (const [at, own] of packages.entries()) {
    const pkg: GraphPackage = {
      importPath: own.path,
      name: 'p',
      dir: `/${own.path}`,
      standard: false,
      module: 'm',
      imports: own.imports ?? (at === 0 ? packages.slice(1).map(({ path }) => path) : []),
      goFiles: [],
      cgoFiles: ['a.go'],
      ignoredGoFiles: [],
      cFiles: [],
      cxxFiles: own.cxxFiles ?? [],
      hFiles: [],
      sFiles: own.sFiles ?? [],
      otherFiles: [],
      sysoFiles: own.sysoFiles ?? [],
      cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: own.ldflags ?? [] },
      pkgConfig: [],
    };
    graph.packages[own.path] = pkg;
    files[`/${own.path}/a.go`] = own.goText ?? 'package p\n';
    const unit = {
      file: 'a.go',
      defines: own.defines ?? [],
      references: own.references === undefined ? [] : own.references,
      implicitCalls: [],
      kind: 'c',
      parallel: own.parallel ?? false,
      words: own.words ?? null,
      unread: own.unread ?? null,
    };
    compiled[own.path] = {
      package: pkg,
      target,
      units: [unit as unknown as Unit],
      flags: (own.cflags ?? []).map((flag) => ({ variable: 'CFLAGS', flag, place: null, refused: false })),
      imports: {},
      limits: [],
    } as unknown as CompileView;
  }
  const program = { id: 'p', kind: 'program' as const, roots: ['p'], packages: Object.keys(graph.packages).reverse() };
  return linkView(program, graph, compiled, target, memoryFiles(files), libc);
}

/** An archive of these members. */
export const archive = (...members: ObjectText[]) =>
  writeArchive(members.map((text, at) => ({ name: `m${at}.o`, bytes: writeObject(text) })));
/** What nothing defines. */
export const symbols = (view: LinkView) => view.undefined.map(({ symbol }) => symbol);
/** What the linker refuses: kind and word. */
export const kinds = (view: LinkView) => view.problems.map(({ kind, word }) => `${kind} ${word}`);
