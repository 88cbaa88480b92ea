import type { GraphPackage, Program } from '../model/package-graph.ts';

/**
 * Says which programs the matched packages are: each main package is one; all the others of a module are the roots of
 * one library. A package of a main module that a program of the run already contains is judged there, and an internal
 * package that the library's other roots contain can't be used from outside: neither is a root of the library.
 *
 * `packages` has dependencies before dependents, and so have the programs. `always` are import paths that every program
 * links; those that are not in `packages` are passed over.
 */
export function programsOf(packages: Record<string, GraphPackage>, matched: string[], always: string[]): Program[] {
  const order = Object.keys(packages);
  const programs: Program[] = [];
  const contained = new Set<string>();
  const add = (id: string, kind: Program['kind'], roots: string[]) => {
    const closure = closureOf(packages, [...roots, ...always]);
    for (const path of closure) contained.add(path);
    programs.push({ id, kind, roots, packages: order.filter((path) => closure.has(path)) });
  };

  const libraries = new Map<string, string[]>();
  for (const path of matched) {
    const pkg = packages[path];
    if (pkg === undefined) continue;
    if (pkg.name === 'main') add(path, 'program', [path]);
    else libraries.set(pkg.module ?? 'std', [...(libraries.get(pkg.module ?? 'std') ?? []), path]);
  }
  for (const [module, paths] of libraries) {
    const open = paths.filter((path) => !contained.has(path));
    const exported = open.filter((path) => !path.split('/').includes('internal'));
    const reached = closureOf(packages, exported);
    const roots = open.filter((path) => exported.includes(path) || !reached.has(path));
    if (roots.length > 0) add(libraryId(module, roots), 'library', roots);
  }
  return programs;
}

/** A module's own path may be that of a program of it; std has none. */
function libraryId(module: string, roots: string[]): string {
  const [only, ...others] = roots;
  if (only !== undefined && others.length === 0) return only;
  return module === 'std' ? module : `${module}/...`;
}

function closureOf(packages: Record<string, GraphPackage>, roots: string[]): Set<string> {
  const closure = new Set<string>();
  const queue = roots.filter((path) => packages[path] !== undefined);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (closure.has(path)) continue;
    closure.add(path);
    for (const next of packages[path]?.imports ?? []) {
      if (packages[next] !== undefined && !closure.has(next)) queue.push(next);
    }
  }
  return closure;
}
