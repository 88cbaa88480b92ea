import { openHeaderCache } from '../c/header-cache.ts';
import { compileView } from '../compile/compile-view.ts';
import type { Files } from '../io/files.ts';
import type { Libc } from '../libc/libc.ts';
import { linkView } from '../link/link-view.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { LibcRef, Target } from '../model/target.ts';
import type { CompileView, LinkView } from '../model/view.ts';
import { scanPackages } from '../scan/scan-package.ts';
import type { Session, Views } from './views.ts';

/** What a session needs of the world. */
export interface SessionMeans {
  files: Files;
  /** Asks the loader for the target's packages. */
  loadGraph(target: Target): Promise<PackageGraph>;
  openLibc(ref: LibcRef): Libc;
  /** Absolute path. */
  goroot: string;
}

/** All that decides which files Go selects: remedies that change flags alone need no second load. */
function graphKey(target: Target): string {
  return JSON.stringify([target.goarch, target.goVersion, target.tags, target.cgo, target.race, target.buildmode]);
}

/** All that decides what the compiler sees: shims and patches of std come in later, at the link. */
function compileKey(target: Target): string {
  return JSON.stringify({ ...target, shims: [], gorootPatches: [] });
}

function loadLimits(graph: PackageGraph): Limit[] {
  return graph.errors.map((error) => ({
    reason: error.message.replace(/\s*\n\s*/g, ' '),
    package: error.package,
    file: error.position === '' ? null : error.position,
  }));
}

/** A session on real or in-memory files. Graphs and facts are kept: a file is read once, whatever the target. */
export function openSession(means: SessionMeans): Session {
  const graphs = new Map<string, Promise<PackageGraph>>();
  const scanned = new Map<string, Promise<Record<string, PackageFacts>>>();
  const translated = new Map<string, Record<string, CompileView>>();
  const headers = openHeaderCache(means.files);

  function graphOf(target: Target): Promise<PackageGraph> {
    const key = graphKey(target);
    const graph = graphs.get(key) ?? means.loadGraph(target);
    graphs.set(key, graph);
    return graph;
  }

  function factsOf(target: Target, graph: PackageGraph): Promise<Record<string, PackageFacts>> {
    const key = graphKey(target);
    const own = Object.values(graph.packages).filter((pkg) => !pkg.standard);
    const facts = scanned.get(key) ?? scanPackages(graph, own, means.goroot, means.files);
    scanned.set(key, facts);
    return facts;
  }

  function compiledFor(
    target: Target,
    graph: PackageGraph,
    facts: Record<string, PackageFacts>,
  ): Record<string, CompileView> {
    const key = compileKey(target);
    const known = translated.get(key);
    if (known) {
      return Object.fromEntries(Object.entries(known).map(([path, view]) => [path, { ...view, target }]));
    }
    const libc = means.openLibc(target.libc);
    const compiled: Record<string, CompileView> = {};
    for (const [path, own] of Object.entries(facts)) {
      const pkg = graph.packages[path];
      if (!pkg || !needsView(own, pkg.cFiles.length + pkg.cxxFiles.length + pkg.sysoFiles.length)) continue;
      compiled[path] = compileView(pkg, graph, own, target, means.files, libc, headers);
    }
    translated.set(key, compiled);
    return compiled;
  }

  return {
    graph: graphOf,
    async load(target: Target): Promise<Views> {
      const graph = await graphOf(target);
      const facts = await factsOf(target, graph);
      const libc = means.openLibc(target.libc);
      const compiled = compiledFor(target, graph, facts);
      const links: Record<string, LinkView> = {};
      for (const program of graph.programs) {
        links[program.id] = linkView(program, graph, compiled, target, means.files, libc);
      }
      return { target, graph, compiled, links, limits: loadLimits(graph) };
    },
  };
}

/** Packages without C, objects or anything that a rule asks about need no view. */
function needsView(facts: PackageFacts, foreignFiles: number): boolean {
  if (Object.keys(facts.imports).length > 0) return true;
  return facts.go.length > 0 || facts.dynamicImports.length > 0 || foreignFiles > 0 || facts.limits.length > 0;
}
