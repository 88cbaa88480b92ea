import { buildTags } from '../go/build-tags.ts';
import { compareGoVersions, parseGoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import { experimentTags } from './experiments.ts';
import { readGoSettings } from './go-environment.ts';
import type { ListedPackage } from './go-list.ts';
import { matchedPackages } from './go-loader.ts';
import { impliedImports, type LinkMode } from './implied-imports.ts';
import { findInstalledGo, type InstalledGo } from './installed-go.ts';
import { graphOfListing } from './listed-graph.ts';
import type { LoadRequest } from './load-request.ts';
import { matchPattern } from './match-patterns.ts';
import { type ModuleSet, readModules } from './module-set.ts';
import { type BuildContext, readPackageFolder } from './package-folder.ts';

/** Whether an import path can only be one of std: no dot in its first element. */
function looksStandard(importPath: string): boolean {
  return !(importPath.split('/', 1)[0] ?? '').includes('.');
}

/** Lists packages as `go list -deps` does: each after all that it imports. */
class Lister {
  readonly listed: ListedPackage[] = [];
  readonly #seen = new Set<string>();
  readonly #modules: ModuleSet;
  readonly #installed: InstalledGo;
  readonly #context: BuildContext;
  readonly #mode: LinkMode;
  readonly #files: Files;

  constructor(modules: ModuleSet, installed: InstalledGo, context: BuildContext, mode: LinkMode, files: Files) {
    this.#modules = modules;
    this.#installed = installed;
    this.#context = context;
    this.#mode = mode;
    this.#files = files;
  }

  /** Adds a package that a pattern names, and all it imports. `wild`: one without files for the target is left out. */
  addRoot(importPath: string, wild: boolean): void {
    const at = this.listed.findIndex((pkg) => pkg.ImportPath === importPath);
    const known = this.listed[at];
    if (known !== undefined) delete known.DepOnly;
    else this.#add(importPath, [], '', wild);
  }

  /** Absolute folder of a package of std; null when there is none, or no installation. */
  #standardFolder(importPath: string): string | null {
    const { goroot } = this.#installed;
    if (goroot === null || !looksStandard(importPath)) return null;
    const dir = `${goroot}/src/${importPath}`;
    return this.#files.list(dir)?.some((name) => name.endsWith('.go')) ? dir : null;
  }

  /** Import path that an import in std stands for: std brings what it needs of other modules in its vendor folder. */
  #mapped(importPath: string, fromStandard: boolean): string {
    if (!fromStandard || looksStandard(importPath)) return importPath;
    return `vendor/${importPath}`;
  }

  #notFound(importPath: string): string {
    const absent = this.#modules.absentFor(importPath);
    return absent === null
      ? `no required module provides package ${importPath}; to add it:\n\tgo get ${importPath}`
      : `module ${absent} is not in the module cache; to download it:\n\tgo mod download ${absent}`;
  }

  #add(importPath: string, chain: string[], position: string, wild: boolean): void {
    if (this.#seen.has(importPath)) return;
    this.#seen.add(importPath);
    const stack = [...chain, importPath];
    const pkg: ListedPackage = { ImportPath: importPath };
    if (chain.length > 0) pkg.DepOnly = true;
    const fail = (Err: string, Pos = position) => {
      pkg.Error ??= { ImportStack: stack, Pos, Err };
    };
    const standard = this.#standardFolder(importPath);
    const found = standard === null ? this.#modules.find(importPath) : null;
    const dir = standard ?? found?.dir;
    if (standard !== null || (found === null && looksStandard(importPath))) pkg.Standard = true;
    if (dir === undefined) {
      // Without an installation std's packages are known by name alone.
      if (pkg.Standard && this.#installed.goroot === null) {
        pkg.Name = importPath.slice(importPath.lastIndexOf('/') + 1);
        pkg.Dir = '';
      } else if (pkg.Standard) fail(`package ${importPath} is not in std`);
      else fail(this.#notFound(importPath));
      this.listed.push(pkg);
      return;
    }
    if (found !== null) pkg.Module = found.module;
    pkg.Dir = dir;
    const folder = readPackageFolder(dir, this.#context, this.#files);
    const { GoFiles, CgoFiles, IgnoredGoFiles, TestGoFiles, XTestGoFiles, Imports } = folder?.lists ?? {};
    const none = [GoFiles, CgoFiles, TestGoFiles, XTestGoFiles].every((names) => names === undefined);
    if (folder === null || none) {
      if (wild) return;
      fail(IgnoredGoFiles === undefined ? `no Go files in ${dir}` : `build constraints exclude all Go files in ${dir}`);
    }
    if (folder !== null) {
      Object.assign(pkg, folder.lists);
      if (folder.name !== '') pkg.Name = folder.name;
      if (folder.problem !== null) fail(folder.problem.message, folder.problem.position);
    }
    pkg.Imports = (Imports ?? []).map((path) => this.#mapped(path, standard !== null));
    const own = { importPath, name: pkg.Name ?? '', cgoFiles: CgoFiles ?? [], standard: standard !== null };
    for (const path of new Set([...pkg.Imports, ...impliedImports(own, this.#mode)])) {
      const written = path.replace(/^vendor\//, '');
      if (path !== 'C') this.#add(path, stack, folder?.importedAt.get(written) ?? '', false);
    }
    this.listed.push(pkg);
  }
}

/** A Failure when a main module asks for a newer Go than the one that is installed. */
function checkGoVersion(modules: ModuleSet, goVersion: string): void {
  const installed = parseGoVersion(goVersion);
  for (const { mod, dir } of modules.mains) {
    const wanted = mod.go === null ? null : parseGoVersion(mod.go);
    if (wanted === null || installed === null || compareGoVersions(wanted, installed) <= 0) continue;
    throw new Failure(
      exitCode.unfinished,
      `Go ${mod.go} is asked for, and Go ${goVersion.replace(/^go/, '')} is installed`,
      `${dir}/go.mod`,
      `install Go ${mod.go} or newer`,
    );
  }
}

/**
 * Loads the packages without the go command: from the main modules' folders, the vendor folder, replacement folders and
 * the module cache. Std is read from GOROOT when one is found, else it is known by name. Starts nothing, writes nothing.
 * What cannot be loaded stands in `errors`; when nothing can be, and for patterns that only Go can resolve, that is a Failure.
 */
export function loadFromFiles(request: LoadRequest, files: Files): PackageGraph {
  const { flags } = readGoSettings(request.environment, files);
  const race = request.race || flags.race;
  const tags = request.tags.length > 0 ? request.tags : flags.tags;
  const installed = findInstalledGo(request.environment, request.goarch, files);
  const modules = readModules(
    {
      dir: request.dir,
      mod: request.mod ?? flags.mod,
      modfile: request.modfile ?? flags.modfile,
      environment: request.environment,
      modCache: installed.modCache,
    },
    files,
  );
  // Without an installation the module's own go line is the best known answer.
  const goVersion = installed.goVersion ?? `go${modules.mains[0]?.mod.go ?? '1'}`;
  checkGoVersion(modules, goVersion);
  const { goarch } = installed;
  const { cgo } = request;
  const experiments = experimentTags(installed.goroot, goarch, request.environment.GOEXPERIMENT ?? '', files);
  const context: BuildContext = {
    goos: 'linux',
    goarch,
    cgo,
    tags: buildTags({ goos: 'linux', goarch, goVersion, tags: [...tags, ...experiments], cgo, race }),
  };
  const mode = { goarch, race, cgo };
  const lister = new Lister(modules, installed, context, mode, files);
  const patterns = request.patterns.length > 0 ? request.patterns : ['./...'];
  for (const pattern of patterns) {
    const { wild, importPaths } = matchPattern(pattern, request.dir, modules.mains, files);
    for (const importPath of importPaths) lister.addRoot(importPath, wild);
  }
  for (const { Error: error } of lister.listed) {
    if (error?.Pos?.startsWith(`${request.dir}/`)) error.Pos = error.Pos.slice(request.dir.length + 1);
  }
  return graphOfListing(lister.listed, matchedPackages(lister.listed, request.dir, patterns), mode);
}
