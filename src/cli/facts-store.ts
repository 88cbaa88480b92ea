import type { Files } from '../io/files.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import { type FactsCache, factsKey } from '../scan/facts-cache.ts';

/** Of a package without anything to tell, which most are, only the sums. */
type Kept = [changed: number, files: number, bytes: number] | [changed: number, facts: PackageFacts];

/** Packages that are kept for one folder: beyond that, only those of the latest run. */
const mostPackages = 20_000;
/** Folders of which facts are kept, and days for which they are that nobody asks for. */
const mostFolders = 64;
const folderDays = 60;
const longestText = 64_000_000;

/**
 * Facts of packages in the module cache, in one text for the folder that a check works in: such packages do not change
 * in place, as Go takes it too. Each is known by the name of its folder, which has the version, by when that folder
 * last changed, and by the files that were chosen. `stamp` is of the gomusl that read them.
 */
export function openFactsStore(store: Store, stamp: string, modCache: string, dir: string, files: Files): FactsCache {
  const name = `facts-${digestOf([stamp, modCache, dir])}`;
  let loaded: Map<string, Kept> | null = null;
  const known = () => {
    loaded ??= parsed(store.get(name));
    return loaded;
  };
  const used = new Map<string, Kept>();
  let isNew = false;
  const keyOf = (pkg: GraphPackage) => `${pkg.dir.slice(modCache.length + 1)}\n${factsKey(pkg)}`;
  const isFixed = (pkg: GraphPackage) => !pkg.standard && modCache !== '' && pkg.dir.startsWith(`${modCache}/`);
  return {
    get(pkg) {
      if (!isFixed(pkg)) return null;
      const key = keyOf(pkg);
      const kept = known().get(key);
      if (kept === undefined || kept[0] !== files.modified(pkg.dir)) return null;
      used.set(key, kept);
      return kept.length === 2 ? kept[1] : plainFacts(pkg, kept[1], kept[2]);
    },
    put(pkg, facts) {
      const changed = isFixed(pkg) ? files.modified(pkg.dir) : null;
      // Of a file that is not there, a later look may say something else.
      if (changed === null || facts.limits.length > 0) return;
      used.set(keyOf(pkg), isPlain(facts) ? [changed, facts.files, facts.bytes] : [changed, facts]);
      isNew = true;
    },
    settle() {
      if (!isNew) return;
      isNew = false;
      const all = new Map([...known(), ...used]);
      loaded = all.size > mostPackages ? used : all;
      const text = JSON.stringify([...loaded]);
      if (text.length > longestText) return;
      store.put(name, text);
      store.prune('facts-', mostFolders, folderDays);
    },
  };
}

function isPlain({ go, dynamicImports, imports }: PackageFacts): boolean {
  return go.length === 0 && dynamicImports.length === 0 && Object.keys(imports).length === 0;
}

function plainFacts({ importPath }: GraphPackage, files: number, bytes: number): PackageFacts {
  return { package: importPath, go: [], dynamicImports: [], imports: {}, files, bytes, limits: [] };
}

function parsed(text: string | null): Map<string, Kept> {
  if (text === null) return new Map();
  try {
    const kept = new Map(JSON.parse(text) as [string, Kept][]);
    return [...kept].every(([, one]) => isKept(one)) ? kept : new Map();
  } catch {
    return new Map(); // cut short by a full disk: the files are read again
  }
}

function isKept(one: unknown): boolean {
  if (!Array.isArray(one) || typeof one[0] !== 'number') return false;
  if (one.length === 3) return typeof one[1] === 'number' && typeof one[2] === 'number';
  return one.length === 2 && Array.isArray((one[1] as PackageFacts | null)?.go);
}
