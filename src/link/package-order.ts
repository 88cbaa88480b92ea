import type { GraphPackage, PackageGraph, Program } from '../model/package-graph.ts';
import type { CompileView } from '../model/view.ts';

/**
 * The program's packages as cmd/link loads them, which is the order of their flags on the link line: the main package,
 * then breadth first along imports (cmd/link/internal/ld/lib.go, loadlib). Imports of one package come in file order
 * where that is known; cgo's own file comes first and imports runtime/cgo and syscall.
 */
export function packageOrder(
  program: Program,
  graph: PackageGraph,
  compiled: Record<string, CompileView>,
): GraphPackage[] {
  const order: GraphPackage[] = [];
  const seen = new Set<string>();
  const queue = [...program.roots];
  for (let at = 0; at < queue.length; at++) {
    const path = queue[at] ?? '';
    const pkg = graph.packages[path];
    if (pkg === undefined || seen.has(path)) continue;
    seen.add(path);
    order.push(pkg);
    queue.push(...importsInOrder(pkg, compiled[path]));
  }
  // What the program links without an import, such as runtime/cgo.
  for (const path of program.packages) {
    const pkg = graph.packages[path];
    if (pkg !== undefined && !seen.has(path)) order.push(pkg);
  }
  return order;
}

function importsInOrder(pkg: GraphPackage, view: CompileView | undefined): string[] {
  const cgo = pkg.cgoFiles.length > 0 ? ['runtime/cgo', 'syscall'] : [];
  const places = view?.imports ?? {};
  const key = (path: string) => {
    const place = places[path];
    return place === undefined ? '' : `${place.file}\0${String(place.line).padStart(9, '0')}`;
  };
  const compare = (left: string, right: string) => (key(left) === key(right) ? 0 : key(left) < key(right) ? -1 : 1);
  return [...cgo, ...[...pkg.imports].sort(compare)];
}
