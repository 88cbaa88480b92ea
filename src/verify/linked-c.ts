import { dirname, resolve } from 'node:path';
import { buildTags } from '../go/build-tags.ts';
import { escapeModule } from '../gomod/escape.ts';
import { parseGoMod } from '../gomod/go-mod.ts';
import type { ListedPackage } from '../graph/go-list.ts';
import { readPackageFolder } from '../graph/package-folder.ts';
import type { Files } from '../io/files.ts';
import type { ExecutableView, GoBuildInfo } from '../model/executable.ts';
import { Failure } from '../model/failure.ts';

/** A module that build info names, with the folder of its files. */
export interface ModuleFiles {
  path: string;
  version: string;
  /** Absolute path; null when its files are not here. */
  dir: string | null;
}

/** C code that one package brings into a program, as the files of its module show it. */
export interface LinkedC {
  package: string;
  module: ModuleFiles;
  /** Absolute path. */
  dir: string;
  /** Names in `dir`: Go files with a preamble, and files that a C or C++ compiler or an assembler reads. */
  preambles: string[];
  c: string[];
  cxx: string[];
  assembly: string[];
  /** Absolute paths of objects and archives of the package's own. */
  objects: string[];
  /** Words of the `#cgo` LDFLAGS. */
  ldflags: string[];
  pkgConfig: string[];
}

/** Where modules are looked for. */
export interface ModulePlaces {
  /** Absolute path of the module cache; null when nothing says where. */
  modCache: string | null;
  /** Folder that the main module may lie in or above. */
  dir: string;
}

/** The modules of a program, the main one first. The main module's files are those of the folder only where its path is the same. */
export function modulesOf(go: GoBuildInfo, places: ModulePlaces, files: Files): ModuleFiles[] {
  const modules: ModuleFiles[] = go.main === null ? [] : [mainModule(go.main, places, files)];
  const main = modules[0]?.dir ?? null;
  for (const { path, version, replacedBy } of go.deps) {
    const [otherPath = path, otherVersion] = replacedBy?.split(' ') ?? [path, version];
    if (/^\.{0,2}\//.test(otherPath)) {
      modules.push({ path, version, dir: replacementFolder(path, otherPath, main, files) });
      continue;
    }
    const cached = otherVersion !== undefined && places.modCache !== null;
    const dir = cached ? `${places.modCache}/${escapeModule(otherPath)}@${escapeModule(otherVersion)}` : null;
    modules.push({ path, version, dir: dir !== null && files.isDirectory(dir) ? dir : null });
  }
  return modules;
}

/** A folder in a module's place, as a replace directive names it; null unless it is here and that module's. */
function replacementFolder(path: string, named: string, main: string | null, files: Files): string | null {
  const dir = named.startsWith('/') ? named : main && resolve(main, named);
  const bytes = dir === null ? null : files.read(`${dir}/go.mod`);
  return bytes !== null && moduleNamed(bytes, dir ?? '') === path ? dir : null;
}

function mainModule(main: { path: string; version: string }, places: ModulePlaces, files: Files): ModuleFiles {
  for (let dir = places.dir; ; dir = dirname(dir)) {
    const bytes = files.read(`${dir}/go.mod`);
    if (bytes !== null && moduleNamed(bytes, dir) === main.path) return { ...main, dir };
    if (dir === dirname(dir)) break;
  }
  const dir = `${places.modCache}/${escapeModule(main.path)}@${escapeModule(main.version)}`;
  return { ...main, dir: files.isDirectory(dir) ? dir : null };
}

/** The path that a go.mod gives; null for one that does not parse, which is none of verify's business. */
function moduleNamed(bytes: Uint8Array, dir: string): string | null {
  try {
    return parseGoMod(new TextDecoder().decode(bytes), `${dir}/go.mod`, true).module;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The module with the longest path that the package is in; null for std, and for what build info does not name. */
export function moduleOfPackage<M extends { path: string }>(path: string, modules: readonly M[]): M | null {
  const inside = modules.filter((module) => path === module.path || path.startsWith(`${module.path}/`));
  return inside.sort((left, right) => right.path.length - left.path.length)[0] ?? null;
}

/**
 * The C code of a program's packages outside std, in their order. `packages` are the import paths that the file shows;
 * files are chosen for the target that build info tells. Packages whose module is not here are left out.
 */
export function linkedC(view: ExecutableView, packages: string[], modules: ModuleFiles[], files: Files): LinkedC[] {
  const { go } = view;
  if (go === null || go.settings.CGO_ENABLED === '0') return [];
  const target = {
    goos: 'linux',
    goarch: view.machine,
    goVersion: go.goVersion,
    tags: (go.settings['-tags'] ?? '').split(',').filter((tag) => tag !== ''),
    cgo: true,
    race: go.settings['-race'] === 'true',
  };
  const context = { goos: 'linux', goarch: view.machine, cgo: true, tags: buildTags(target) };
  const called = view.cgo.map((entry) => entry.package);
  const all = [...new Set([...packages.map((path) => (path === 'main' ? go.path : path)), ...called])].sort();
  return all.flatMap((path) => {
    const module = moduleOfPackage(path, modules);
    if (module === null || module.dir === null) return [];
    const dir = `${module.dir}${path.slice(module.path.length)}`;
    const lists = readPackageFolder(dir, context, files)?.lists;
    if (lists === undefined || (lists.CgoFiles === undefined && lists.SysoFiles === undefined)) return [];
    return [packageC(path, module, dir, lists, files)];
  });
}

function packageC(
  path: string,
  module: ModuleFiles,
  dir: string,
  lists: Omit<ListedPackage, 'ImportPath'>,
  files: Files,
): LinkedC {
  const ldflags = lists.CgoLDFLAGS ?? [];
  const folders = ldflags.flatMap((word) => (word.startsWith(`-L${module.dir}`) ? [word.slice(2)] : []));
  const archives = ldflags.flatMap((word) => {
    const name = /^-l:?(.+)$/.exec(word)?.[1];
    if (name === undefined) return /^\/.*\.(a|o|so)$/.test(word) ? [word] : [];
    const file = word.startsWith('-l:') ? name : `lib${name}.a`;
    return folders
      .map((folder) => `${folder}/${file}`)
      .filter((archive) => files.size(archive) !== null)
      .slice(0, 1);
  });
  const objects = [...(lists.SysoFiles ?? []).map((name) => `${dir}/${name}`), ...archives];
  return {
    package: path,
    module,
    dir,
    preambles: lists.CgoFiles ?? [],
    c: lists.CFiles ?? [],
    cxx: lists.CXXFiles ?? [],
    assembly: lists.CgoFiles === undefined ? [] : (lists.SFiles ?? []),
    objects: [...new Set(objects)].filter((object) => files.size(object) !== null),
    ldflags,
    pkgConfig: lists.CgoPkgConfig ?? [],
  };
}
