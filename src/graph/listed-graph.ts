import type { GraphPackage, LoadError, ModuleRef, PackageGraph } from '../model/package-graph.ts';
import type { ListedPackage } from './go-list.ts';
import { impliedImports, type LinkMode, linkerImports } from './implied-imports.ts';
import { programsOf } from './programs.ts';

/** Makes the graph from what `go list` printed; `matched` are the import paths to judge. */
export function graphOfListing(listed: ListedPackage[], matched: string[], mode: LinkMode): PackageGraph {
  // Without a prototype: a module may be named `constructor`.
  const packages: Record<string, GraphPackage> = Object.create(null);
  const modules: Record<string, ModuleRef> = Object.create(null);
  for (const pkg of listed) {
    if (pkg.Dir === undefined || pkg.Name === undefined) continue;
    const graphPackage = toGraphPackage(pkg, modules);
    for (const path of impliedImports(graphPackage, mode)) {
      if (!graphPackage.imports.includes(path)) graphPackage.imports.push(path);
    }
    packages[pkg.ImportPath] = graphPackage;
  }
  const programs = programsOf(packages, matched, linkerImports(mode));
  return { modules, packages, programs, errors: listed.flatMap(loadErrors) };
}

function loadErrors(pkg: ListedPackage): LoadError[] {
  if (pkg.Error === undefined) return [];
  return [
    {
      package: pkg.ImportPath,
      chain: pkg.Error.ImportStack ?? [],
      message: pkg.Error.Err,
      position: pkg.Error.Pos ?? '',
    },
  ];
}

function toGraphPackage(pkg: ListedPackage, modules: Record<string, ModuleRef>): GraphPackage {
  const dir = pkg.Dir ?? '';
  return {
    importPath: pkg.ImportPath,
    name: pkg.Name ?? '',
    dir,
    standard: pkg.Standard === true,
    module: moduleOf(pkg, dir, modules),
    imports: (pkg.Imports ?? []).filter((path) => path !== 'C' && path !== 'unsafe'),
    goFiles: pkg.GoFiles ?? [],
    cgoFiles: pkg.CgoFiles ?? [],
    ignoredGoFiles: pkg.IgnoredGoFiles ?? [],
    cFiles: pkg.CFiles ?? [],
    cxxFiles: pkg.CXXFiles ?? [],
    hFiles: pkg.HFiles ?? [],
    sFiles: pkg.SFiles ?? [],
    otherFiles: [pkg.MFiles, pkg.FFiles, pkg.SwigFiles, pkg.SwigCXXFiles].flatMap((names) => names ?? []),
    sysoFiles: pkg.SysoFiles ?? [],
    cgoFlags: {
      cppflags: pkg.CgoCPPFLAGS ?? [],
      cflags: pkg.CgoCFLAGS ?? [],
      cxxflags: pkg.CgoCXXFLAGS ?? [],
      ldflags: pkg.CgoLDFLAGS ?? [],
    },
    pkgConfig: pkg.CgoPkgConfig ?? [],
  };
}

/** Registers the package's module; its key is the path, of which a build has one version only. */
function moduleOf(pkg: ListedPackage, dir: string, modules: Record<string, ModuleRef>): string | null {
  const module = pkg.Module;
  if (pkg.Standard === true || module === undefined) return null;
  modules[module.Path] ??= {
    path: module.Path,
    version: module.Version ?? '',
    // With vendoring Go names no folder; the import path continues the module's path as the folders do.
    dir: module.Dir ?? dir.slice(0, dir.length - (pkg.ImportPath.length - module.Path.length)),
    main: module.Main === true,
    goVersion: module.GoVersion ?? null,
  };
  return module.Path;
}
