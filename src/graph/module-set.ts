import { dirname } from 'node:path';
import { type GoMod, parseGoMod } from '../gomod/go-mod.ts';
import { type GoWork, parseGoWork } from '../gomod/go-work.ts';
import { parseModulesTxt } from '../gomod/modules-txt.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { BuildList, joined, type MainModule } from './build-list.ts';
import type { ListedModule } from './go-list.ts';

/** Where a package is, and the module that has it. */
export interface FoundPackage {
  dir: string;
  module: ListedModule;
}

/** What of a request says which modules there are. */
export interface ModuleRequest {
  dir: string;
  mod: string | null;
  modfile: string | null;
  environment: Record<string, string | undefined>;
  modCache: string | null;
}

/** The main modules and all others of a build. */
export interface ModuleSet {
  mains: MainModule[];
  /** The package at an import path; null when no module of the build has a folder for it. */
  find(importPath: string): FoundPackage | null;
  /** A module of the build that could have the package and whose files are not on the disk, as `PATH@VERSION`; else null. */
  absentFor(importPath: string): string | null;
}

type Finder = Pick<ModuleSet, 'find' | 'absentFor'>;

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The first folder from `dir` upwards that has the file. */
function above(dir: string, name: string, files: Files): string | null {
  for (let at = dir; ; at = dirname(at)) {
    if (files.size(`${at}/${name}`) !== null) return at;
    if (at === dirname(at)) return null;
  }
}

function readMod(path: string, files: Files): GoMod {
  const bytes = files.read(path);
  if (bytes === null) throw new Failure(exitCode.unfinished, 'there is no go.mod', path, 'correct the path');
  return parseGoMod(decode(bytes), path);
}

function readWork(request: ModuleRequest, files: Files): { work: GoWork; dir: string } | null {
  const { GOWORK } = request.environment;
  if (GOWORK === 'off') return null;
  const found = above(request.dir, 'go.work', files);
  const path = GOWORK ? GOWORK : found === null ? null : `${found}/go.work`;
  const bytes = path === null ? null : files.read(path);
  return path === null || bytes === null ? null : { work: parseGoWork(decode(bytes), path), dir: dirname(path) };
}

/** Path of a package inside a module; null when the module's path is no prefix of it. */
function insideModule(modulePath: string, importPath: string): string | null {
  if (importPath === modulePath) return '';
  return importPath.startsWith(`${modulePath}/`) ? importPath.slice(modulePath.length) : null;
}

function hasGoFiles(dir: string, files: Files): boolean {
  return files.list(dir)?.some((name) => name.endsWith('.go')) ?? false;
}

/** Whether a folder below a module's root belongs to that module: no go.mod in between, no vendor folder. */
function belongs(root: string, inside: string, files: Files): boolean {
  for (let at = root + inside; at.length > root.length; at = dirname(at)) {
    if (at.endsWith('/vendor') || files.size(`${at}/go.mod`) !== null) return false;
  }
  return true;
}

function findInMain({ mod, dir }: MainModule, importPath: string, files: Files): FoundPackage | null {
  const inside = insideModule(mod.module, importPath);
  if (inside === null || !hasGoFiles(dir + inside, files) || !belongs(dir, inside, files)) return null;
  const module: ListedModule = { Path: mod.module, Main: true, Dir: dir };
  if (mod.go !== null) module.GoVersion = mod.go;
  return { dir: dir + inside, module };
}

/** Packages in the module cache and in replacement folders. */
function cacheFinder(list: BuildList, files: Files): Finder {
  const modules = list.modules();
  const listed = new Map<string, ListedModule>();
  const find = (importPath: string): FoundPackage | null => {
    for (const { path, version, dir, goModFile } of modules) {
      const inside = insideModule(path, importPath);
      if (inside === null || !hasGoFiles(dir + inside, files) || !belongs(dir, inside, files)) continue;
      let module = listed.get(path);
      if (module === undefined) {
        module = { Path: path, Version: version, Dir: dir };
        const text = files.read(goModFile);
        const goVersion = text === null ? null : parseGoMod(decode(text), goModFile, true).go;
        if (goVersion !== null) module.GoVersion = goVersion;
        listed.set(path, module);
      }
      return { dir: dir + inside, module };
    }
    return null;
  };
  return {
    find,
    absentFor(importPath) {
      const absent = modules.find(
        ({ path, dir }) => insideModule(path, importPath) !== null && !files.isDirectory(dir),
      );
      return absent === undefined ? null : `${absent.path}@${absent.version}`;
    },
  };
}

/** Packages in the vendor folder, by the modules that modules.txt names. */
function vendorFinder(root: string, files: Files): Finder {
  const text = files.read(`${root}/vendor/modules.txt`);
  const packages = new Map<string, ListedModule>();
  for (const { path, version, goVersion, packages: paths } of parseModulesTxt(text === null ? '' : decode(text))) {
    const module: ListedModule = { Path: path, Version: version };
    if (goVersion !== null) module.GoVersion = goVersion;
    for (const importPath of paths) packages.set(importPath, module);
  }
  return {
    find(importPath) {
      const module = packages.get(importPath);
      return module === undefined ? null : { dir: `${root}/vendor/${importPath}`, module };
    },
    absentFor: () => null,
  };
}

/** Reads go.mod, go.work and vendor/modules.txt as the go command does. Throws a Failure when there is no module. */
export function readModules(request: ModuleRequest, files: Files): ModuleSet {
  const workspace = readWork(request, files);
  const mains: MainModule[] = [];
  if (workspace !== null) {
    for (const folder of workspace.work.use) {
      const dir = folder.startsWith('/') ? folder : joined(workspace.dir, folder);
      mains.push({ mod: readMod(`${dir}/go.mod`, files), dir });
    }
  } else {
    const dir = above(request.dir, 'go.mod', files);
    if (dir === null) {
      throw new Failure(
        exitCode.unfinished,
        'no Go module found',
        request.dir,
        'go to a folder with a go.mod (-C DIR), or name a PACKAGE@VERSION',
      );
    }
    const path =
      request.modfile === null
        ? `${dir}/go.mod`
        : joined(request.modfile.startsWith('/') ? '/' : request.dir, request.modfile);
    mains.push({ mod: readMod(path, files), dir });
  }
  const root = workspace?.dir ?? mains[0]?.dir ?? request.dir;
  const minor = Number(/^1\.(\d+)/.exec(workspace?.work.go ?? mains[0]?.mod.go ?? '')?.[1] ?? 0);
  // Go takes the vendor folder by itself since 1.14, in a workspace since 1.22.
  const vendorByDefault = minor >= (workspace === null ? 14 : 22) && files.isDirectory(`${root}/vendor`);
  const vendored = request.mod === 'vendor' || (request.mod === null && vendorByDefault);
  const others = vendored
    ? vendorFinder(root, files)
    : cacheFinder(
        new BuildList(
          mains,
          workspace === null ? null : { replace: workspace.work.replace, dir: workspace.dir },
          request.modCache,
          files,
        ),
        files,
      );
  return {
    mains,
    find(importPath) {
      const longestFirst = [...mains].sort((a, b) => b.mod.module.length - a.mod.module.length);
      for (const main of longestFirst) {
        const found = findInMain(main, importPath, files);
        if (found !== null) return found;
      }
      return others.find(importPath);
    },
    absentFor: others.absentFor,
  };
}
