import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Candidate, ToolchainRequest } from './request.ts';
import { compilerTarget, compilerTargets, zigTarget } from './targets.ts';
import { splitWords } from './words.ts';

/** Absolute path of a command by PATH; null when no folder of PATH has it. A relative folder in PATH is passed over. */
export function commandPath(
  name: string,
  environment: Record<string, string | undefined>,
  files: Files,
): string | null {
  const folders = (environment.PATH ?? '').split(':').filter(isAbsolute);
  const paths = folders.map((folder) => join(folder, name));
  return paths.find((path) => files.size(path) !== null) ?? null;
}

/** Where a program of a command stands: its own absolute path, or the one in PATH; its name where it is nowhere. */
export function programPath(name: string, environment: Record<string, string | undefined>, files: Files): string {
  return name.startsWith('/') ? name : (commandPath(name, environment, files) ?? name);
}

/** The C++ compiler that comes with a C compiler of this name; null when the name does not say. */
export function cxxBeside(cc: string[]): string[] | null {
  const [program = '', ...rest] = cc;
  if (rest[0] === 'cc' && /^zig/.test(basename(program))) return [program, 'c++', ...rest.slice(1)];
  if (/^musl-(gcc|clang)$/.test(basename(program))) return null;
  const match = /^(.*)\b(gcc|clang|cc)(-[\d.]+)?$/.exec(program);
  if (!match) return null;
  const cxx = { gcc: 'g++', clang: 'clang++', cc: 'c++' }[match[2] as 'gcc' | 'clang' | 'cc'];
  return [`${match[1]}${cxx}${match[3] ?? ''}`, ...rest];
}

function zigCandidate(program: string, origin: string, { goarch, environment }: ToolchainRequest): Candidate {
  const target = zigTarget(goarch, environment);
  return { name: 'zig', origin, cc: [program, 'cc', ...target], cxx: [program, 'c++', ...target] };
}

/** A compiler that a person names: its kind is read off its name, all else is probed. */
function namedCandidate(words: string[], origin: string, request: ToolchainRequest, cxx: string[] | null): Candidate {
  const name = basename(words[0] ?? '');
  if (/^zig(-[\w.]+)?$/.test(name) && words.length === 1) return zigCandidate(words[0] ?? '', origin, request);
  let kind: Candidate['name'] = 'given';
  if (/^zig/.test(name)) kind = 'zig';
  else if (name === 'musl-gcc') kind = 'musl-gcc';
  else if (/-linux-musl\w*-(gcc|cc)$/.test(name)) kind = 'musl-cross';
  return { name: kind, origin, cc: words, cxx: cxx ?? cxxBeside(words) };
}

function wordsOf(variable: string, text: string): string[] {
  const words = splitWords(text);
  if (words && words.length > 0) return words;
  throw new Failure(exitCode.usage, 'a compiler command cannot be split into words', variable, 'close its quotes');
}

function fromEnvironment(request: ToolchainRequest): Candidate[] {
  const { CC, CXX } = request.environment;
  if (!CC?.trim()) return [];
  const cxx = CXX?.trim() ? wordsOf('CXX', CXX) : null;
  return [namedCandidate(wordsOf('CC', CC), 'CC', request, cxx)];
}

function inPath(names: string[], request: ToolchainRequest, files: Files): string[] {
  return names.map((name) => commandPath(name, request.environment, files)).filter((path) => path !== null);
}

/** Where `gomusl toolchain install` puts what it installs. */
export function installedFolder(cacheFolder: string): string {
  return join(cacheFolder, 'toolchains');
}

function installed(prefix: string, tail: string, request: ToolchainRequest, files: Files): string[] {
  if (request.cacheFolder === null) return [];
  const folder = installedFolder(request.cacheFolder);
  const versions = (files.list(folder) ?? []).filter((name) => name.startsWith(prefix)).reverse();
  return versions.map((name) => join(folder, name, tail)).filter((path) => files.size(path) !== null);
}

function muslGcc(request: ToolchainRequest, files: Files): Candidate[] {
  // `make install` of musl puts it there unless told otherwise.
  const prefix = ['/usr/local/musl/bin/musl-gcc'].filter((path) => files.size(path) !== null);
  const candidate = (path: string, origin: string): Candidate => ({ name: 'musl-gcc', origin, cc: [path], cxx: null });
  return [
    ...inPath(['musl-gcc'], request, files).map((path) => candidate(path, 'PATH')),
    ...installed('musl-', 'bin/musl-gcc', request, files).map((path) => candidate(path, 'installed by gomusl')),
    ...prefix.map((path) => candidate(path, "musl's default prefix")),
  ];
}

function ofCompiler(name: 'musl-cross' | 'native', paths: string[]): Candidate[] {
  return paths.map((path) => ({ name, origin: 'PATH', cc: [path], cxx: cxxBeside([path]) }));
}

/**
 * The zig that `python3 -m ziglang` starts: it stands in the package's folder. Looked for where Python looks by default,
 * and in PYTHONPATH, since Python itself is slow to ask.
 */
function pythonZig(request: ToolchainRequest, files: Files): string[] {
  const { PYTHONPATH, VIRTUAL_ENV, HOME } = request.environment;
  const [python] = inPath(['python3', 'python'], request, files);
  if (python === undefined) return [];
  const prefixes = [VIRTUAL_ENV, dirname(dirname(python)), HOME && join(HOME, '.local'), '/usr/local', '/usr'];
  const libraries = prefixes.flatMap((prefix) => (prefix?.startsWith('/') ? [join(prefix, 'lib')] : []));
  const packages = libraries.flatMap((library) => {
    const versions = (files.list(library) ?? []).filter((name) => /^python3(\.\d+)?$/.test(name));
    return versions.flatMap((name) => [join(library, name, 'site-packages'), join(library, name, 'dist-packages')]);
  });
  const folders = [...(PYTHONPATH ?? '').split(':').filter(isAbsolute), ...packages];
  return [...new Set(folders)].map((folder) => join(folder, 'ziglang/zig')).filter((path) => files.size(path) !== null);
}

function zig(request: ToolchainRequest, files: Files): Candidate[] {
  return [
    ...inPath(['zig'], request, files).map((path) => zigCandidate(path, 'PATH', request)),
    ...pythonZig(request, files).map((path) => zigCandidate(path, 'python3 -m ziglang', request)),
    ...installed('zig-', 'zig', request, files).map((path) => zigCandidate(path, 'installed by gomusl', request)),
  ];
}

/** What `auto` takes, best first. */
export const autoOrder = ['CC', 'musl-gcc', 'musl-cross', 'native', 'zig'];

/**
 * Compilers to look at for a choice, best first. `auto` takes CC, musl-gcc, musl-cross, native, zig in this order: a
 * person's own word first, then what links fastest. With C++ wanted, those without a C++ compiler are left out.
 */
export function listCandidates(choice: string, request: ToolchainRequest, files: Files): Candidate[] {
  const byName: Record<string, () => Candidate[]> = {
    'musl-gcc': () => muslGcc(request, files),
    'musl-cross': () => {
      const names = compilerTarget(request.goarch).gnu.map((prefix) => `${prefix}-gcc`);
      return ofCompiler('musl-cross', inPath(names, request, files));
    },
    native: () => ofCompiler('native', inPath(['gcc', 'clang'], request, files)),
    zig: () => zig(request, files),
  };
  if (choice === 'auto') {
    // A program that needs no C is built for any architecture of Go.
    if (!compilerTargets()[request.goarch]) return [];
    const all = autoOrder.flatMap((name) => (name === 'CC' ? fromEnvironment(request) : (byName[name]?.() ?? [])));
    return request.needsCxx ? all.filter((candidate) => candidate.cxx !== null) : all;
  }
  const list = byName[choice];
  if (list) return list();
  // A path may hold spaces; what is no file is a command with its words.
  const [program = '', ...rest] =
    files.size(resolve(choice)) === null ? wordsOf('--toolchain', choice) : [resolve(choice)];
  const path = program.includes('/') ? resolve(program) : commandPath(program, request.environment, files);
  return path === null ? [] : [namedCandidate([path, ...rest], '--toolchain', request, null)];
}
