import type { HeaderCache } from '../c/header-cache.ts';
import { compileView } from '../compile/compile-view.ts';
import type { Question } from '../io/asked.ts';
import type { Files } from '../io/files.ts';
import { watchedFiles } from '../io/watched-files.ts';
import type { Libc } from '../libc/libc.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import type { CompileView } from '../model/view.ts';

/** Keeps what the compiler sees of packages from run to run. */
export interface ViewCache {
  /** The view under a key, if all that was asked for it has the same answers; its target is to be set. */
  get(key: unknown): Omit<CompileView, 'target'> | null;
  /** Keeps a view with what was asked of the files for it. */
  put(key: unknown, view: Omit<CompileView, 'target'>, asked: Question[]): void;
}

/** Where a view is made. */
export interface ViewRoom {
  files: Files;
  headers: HeaderCache;
  libc: Libc;
  /** Null where nothing is kept. */
  cache: ViewCache | null;
}

/**
 * The compile view of a package; of one with C it is taken from the cache where it holds. `compileKey` is all of the
 * target that decides what the compiler sees.
 */
export function keptView(
  pkg: GraphPackage,
  graph: PackageGraph,
  facts: PackageFacts,
  target: Target,
  compileKey: string,
  { files, headers, libc, cache }: ViewRoom,
): CompileView {
  // Without C there is little to do.
  if (cache === null || pkg.cgoFiles.length === 0) {
    return compileView(pkg, graph, facts, target, files, libc, headers);
  }
  const key = [compileKey, pkg, facts, modulesOf(graph)];
  const kept = cache.get(key);
  if (kept !== null) return { ...kept, target };
  const asked = new Map<string, Question>();
  const note = (question: Question) => void asked.set(`${question.kind} ${question.path}`, question);
  const open: HeaderCache['open'] = (path, cxx) => {
    note({ kind: 'file', path });
    return headers.open(path, cxx);
  };
  const view = compileView(pkg, graph, facts, target, watchedFiles(files, note), libc, { ...headers, open });
  const { target: _, ...rest } = view;
  cache.put(key, rest, [...asked.values()]);
  return view;
}

const known = new WeakMap<PackageGraph, string>();

/** The modules of a graph as text: they say whose a header is. */
function modulesOf(graph: PackageGraph): string {
  const text = known.get(graph) ?? JSON.stringify(Object.values(graph.modules));
  known.set(graph, text);
  return text;
}
