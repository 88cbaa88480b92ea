import { watchedCalls, watchedImports } from '../go/calls.generated.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { GraphPackage } from '../model/package-graph.ts';

/** Keeps facts of packages from run to run. */
export interface FactsCache {
  /** Facts of a package that were read off the same files; null when they have to be read. */
  get(pkg: GraphPackage): PackageFacts | null;
  put(pkg: GraphPackage, facts: PackageFacts): void;
  /** To be called when all packages of a graph were asked for. */
  settle(): void;
}

const watched = new Set([...watchedImports, ...Object.keys(watchedCalls)]);

/** All that decides, beside the bytes of its files, which facts a package has: its files, and imports that are asked about. */
export function factsKey(pkg: GraphPackage): string {
  const imports = pkg.imports.filter((path) => watched.has(path));
  return [pkg.importPath, pkg.goFiles.join('/'), pkg.cgoFiles.join('/'), imports.join(' ')].join('\n');
}
