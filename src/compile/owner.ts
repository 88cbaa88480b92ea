import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';

/** The folder that places of a package's files are relative to: its module's root, or GOROOT for std. */
export function rootOf(pkg: GraphPackage, graph: PackageGraph): string {
  if (pkg.module !== null) return graph.modules[pkg.module]?.dir ?? pkg.dir;
  const tail = `/src/${pkg.importPath}`;
  return pkg.dir.endsWith(tail) ? pkg.dir.slice(0, -tail.length) : pkg.dir;
}

/** Whose file an absolute path is. */
export interface Owner {
  /** Key of another module than the package's own; null for its own, and for files of no module. */
  module: string | null;
  /** Relative to that module's root; absolute for files of no module. */
  file: string;
}

/** Finds owners of files that units of one package read. */
export function ownersFor(pkg: GraphPackage, graph: PackageGraph): (path: string) => Owner {
  const root = rootOf(pkg, graph);
  const known = new Map<string, Owner>();
  const find = (path: string): Owner => {
    let best: { key: string | null; dir: string } | null = path.startsWith(`${root}/`)
      ? { key: null, dir: root }
      : null;
    for (const [key, module] of Object.entries(graph.modules)) {
      if (key === pkg.module || !path.startsWith(`${module.dir}/`)) continue;
      if (best === null || module.dir.length > best.dir.length) best = { key, dir: module.dir };
    }
    return best === null ? { module: null, file: path } : { module: best.key, file: path.slice(best.dir.length + 1) };
  };
  return (path) => {
    let owner = known.get(path);
    if (owner === undefined) {
      owner = find(path);
      known.set(path, owner);
    }
    return owner;
  };
}
