import type { GraphPackage, PackageGraph, Program } from '../model/package-graph.ts';

/**
 * Whether a package outside std brings cgo, C or objects of its own: a program of the graph without any may be `pure`,
 * so that the load with CGO_ENABLED=0, which the verdict asks for, is worth starting early.
 */
export function bringsC(graph: PackageGraph): boolean {
  return Object.values(graph.packages).some(
    (pkg) => !pkg.standard && (pkg.cgoFiles.length > 0 || pkg.sysoFiles.length > 0),
  );
}

/**
 * Whether the program stands without cgo: with the same roots, without an error on the way, and with nothing of std that
 * is lost with its C, in `without`, a graph of another load. `withCgo` is the graph that the program is of.
 */
export function loadsIn(without: PackageGraph, program: Program, withCgo: PackageGraph): boolean {
  const same = without.programs.find(({ id, kind }) => id === program.id && kind === program.kind);
  if (same === undefined || program.roots.some((root) => !same.roots.includes(root))) return false;
  const broken = new Set(without.errors.map((error) => error.package));
  return same.packages.every((path) => {
    const pkg = without.packages[path];
    if (broken.has(path) || pkg?.imports.some((imported) => broken.has(imported))) return false;
    return !losesCgo(withCgo.packages[path], pkg);
  });
}

/**
 * Whether a package has nothing in the place of its cgo files when cgo is off. `go list` shows no error there; still what
 * those files declare is gone, and their C, which the other files may name: runtime/cgo is such a package, while net and
 * os/user have files for `!cgo`.
 */
function losesCgo(withCgo: GraphPackage | undefined, without: GraphPackage | undefined): boolean {
  if (withCgo === undefined || without === undefined || withCgo.cgoFiles.length === 0) return false;
  return without.goFiles.every((file) => withCgo.goFiles.includes(file));
}
