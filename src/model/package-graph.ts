import type { CgoFlags } from './target.ts';

/** A module that packages of the graph come from. */
export interface ModuleRef {
  path: string;
  /** Empty for a main module. */
  version: string;
  /** Absolute path of the module's root; with vendoring, where its files are. */
  dir: string;
  main: boolean;
  /** The `go` line of its go.mod, such as `1.21`; null when it has none. */
  goVersion: string | null;
}

/** What the loader could not load, in Go's words. */
export interface LoadError {
  package: string;
  /** Import chain that led there, as Go reports it. */
  chain: string[];
  message: string;
  /** `FILE:LINE:COLUMN` as Go printed it, or empty. */
  position: string;
}

/** One package, as Go selected its files for the target. File names are relative to `dir`. */
export interface GraphPackage {
  importPath: string;
  name: string;
  dir: string;
  standard: boolean;
  /** Key into `PackageGraph.modules`; null for std. */
  module: string | null;
  /** Import paths after vendoring and import maps, with those that Go adds (`runtime/cgo` for cgo, …); without `C` and `unsafe`. */
  imports: string[];
  /** Go files without `import "C"`. */
  goFiles: string[];
  cgoFiles: string[];
  /** Go files that constraints leave out. */
  ignoredGoFiles: string[];
  cFiles: string[];
  cxxFiles: string[];
  hFiles: string[];
  /** Assembly files. */
  sFiles: string[];
  /** Objective-C, Fortran and SWIG files: named, since no rule reads them. */
  otherFiles: string[];
  sysoFiles: string[];
  /** `#cgo` flags that hold for the target, `${SRCDIR}` replaced, without the environment's. */
  cgoFlags: CgoFlags;
  pkgConfig: string[];
}

/** One main package and all that it links, or a library judged as a program that uses its whole exported API. */
export interface Program {
  /** Stable within a run: the import path, or the module path for a library of several packages. */
  id: string;
  kind: 'program' | 'library';
  /** Import paths to start from: one for a program. */
  roots: string[];
  /** Import paths of all that it contains, dependencies before dependents. */
  packages: string[];
}

/** Which packages and files each program contains, for one target. Plain data. */
export interface PackageGraph {
  modules: Record<string, ModuleRef>;
  packages: Record<string, GraphPackage>;
  programs: Program[];
  errors: LoadError[];
}
