import type { PackageGraph, Program } from '../model/package-graph.ts';

/**
 * Whether a package outside std brings cgo, C or objects of its own: a program of the graph without any may be `pure`,
 * so that the load with CGO_ENABLED=0, which the verdict asks for, is worth starting early.
 */
export function bringsC(graph: PackageGraph): boolean {
  return Object.values(graph.packages).some(
    (pkg) => !pkg.standard && (pkg.cgoFiles.length > 0 || pkg.sysoFiles.length > 0),
  );
}

/** Whether the program stands, with the same roots and without an error on the way, in a graph of another load. */
export function loadsIn(graph: PackageGraph, program: Program): boolean {
  const same = graph.programs.find(({ id, kind }) => id === program.id && kind === program.kind);
  if (same === undefined || program.roots.some((root) => !same.roots.includes(root))) return false;
  const broken = new Set(graph.errors.map((error) => error.package));
  return same.packages.every(
    (path) => !broken.has(path) && !graph.packages[path]?.imports.some((imported) => broken.has(imported)),
  );
}
