import type { GraphPackage } from '../model/package-graph.ts';

/**
 * Shortest import chain from one of `roots` to every package reached: import path to the chain, both ends included.
 * Ties go to the import that comes first, so the answer is stable.
 */
export function importChains(roots: string[], packages: Record<string, GraphPackage>): Map<string, string[]> {
  const parent = new Map<string, string | null>(roots.map((root) => [root, null]));
  const queue = [...roots];
  for (let at = 0; at < queue.length; at++) {
    const path = queue[at] as string;
    for (const next of packages[path]?.imports ?? []) {
      if (parent.has(next)) continue;
      parent.set(next, path);
      queue.push(next);
    }
  }
  const chains = new Map<string, string[]>();
  for (const path of queue) {
    const before = parent.get(path);
    chains.set(path, before ? [...(chains.get(before) ?? []), path] : [path]);
  }
  return chains;
}
