import { type HeaderCache, openHeaderCache } from '../c/header-cache.ts';
import type { Files } from '../io/files.ts';
import { replacedFiles } from '../io/replaced-files.ts';
import type { Libc } from '../libc/libc.ts';
import { linkView } from '../link/link-view.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { LibcRef, Target } from '../model/target.ts';
import type { CompileView, LinkView } from '../model/view.ts';
import type { FactsCache } from '../scan/facts-cache.ts';
import { scanPackages } from '../scan/scan-package.ts';
import { keptView, type ViewCache } from './kept-view.ts';
import type { FindModulePatches, ModulePatch } from './module-patch.ts';
import type { Session, Views } from './views.ts';

/** What a session needs of the world. */
export interface SessionMeans {
  files: Files;
  /** Asks the loader for the target's packages. */
  loadGraph(target: Target): Promise<PackageGraph>;
  openLibc(ref: LibcRef): Libc;
  /** Looks for patches of modules; absent: there are none. */
  findPatches?: FindModulePatches;
  /** Keeps facts from run to run; absent: all files are read. */
  facts?: FactsCache;
  /** Keeps compile views from run to run; absent: each is made. */
  views?: ViewCache;
  /** Absolute path. */
  goroot: string;
  /** Asks a compiler about what reading left undecided in a package (`--confirm`). */
  confirm?: (
    view: CompileView,
    facts: PackageFacts,
    graph: PackageGraph,
  ) => Promise<{ view: CompileView; unanswered: string[] }>;
}

/** What the compiler sees of each package, and what it should have been asked and could not. */
interface Compiled {
  views: Record<string, CompileView>;
  unanswered: string[];
}

/** All that decides which files Go selects: remedies that change flags alone need no second load. */
function graphKey(target: Target): string {
  return JSON.stringify([target.goarch, target.goVersion, target.tags, target.cgo, target.race, target.buildmode]);
}

/** All that decides what the compiler sees of given files: shims and patches of std come in later, at the link. */
function compileKey(target: Target): string {
  return JSON.stringify({ ...target, shims: [], gorootPatches: [], modulePatches: [] });
}

/** Files to look at, and what was read of them. */
interface Room {
  files: Files;
  headers: HeaderCache;
  /** Names of the patches in it. */
  key: string;
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
  const translated = new Map<string, Promise<Compiled>>();
  const plainRoom: Room = { files: means.files, headers: openHeaderCache(means.files), key: '' };
  const patchedRooms = new Map<string, Room>();

  function graphOf(target: Target): Promise<PackageGraph> {
    const key = graphKey(target);
    const graph = graphs.get(key) ?? means.loadGraph(target);
    graphs.set(key, graph);
    return graph;
  }

  /** The files as patches of modules make them: what was read of the others before is no answer there. */
  function roomWith(patches: ModulePatch[]): Room {
    if (patches.length === 0) return plainRoom;
    const key = patches.map(({ name }) => name).join(' ');
    const known = patchedRooms.get(key);
    if (known) return known;
    const files = replacedFiles(means.files, new Map(patches.flatMap((patch) => [...patch.files])));
    const room = { files, headers: openHeaderCache(files), key };
    patchedRooms.set(key, room);
    return room;
  }

  function factsOf(target: Target, graph: PackageGraph, room: Room): Promise<Record<string, PackageFacts>> {
    const key = graphKey(target) + room.key;
    // Of std, objects that Go brings are looked at: they were built for glibc.
    const own = Object.values(graph.packages).filter((pkg) => !pkg.standard || pkg.sysoFiles.length > 0);
    const cache = (room === plainRoom && means.facts) || null;
    const facts = scanned.get(key) ?? scanPackages(graph, own, means.goroot, room.files, cache);
    scanned.set(key, facts);
    return facts;
  }

  async function compileAll(
    target: Target,
    graph: PackageGraph,
    facts: Record<string, PackageFacts>,
    room: Room,
  ): Promise<Compiled> {
    const libc = means.openLibc(target.libc);
    const compiled: Compiled = { views: {}, unanswered: [] };
    const cache = (room === plainRoom && means.views) || null;
    const made = { ...room, libc, cache };
    const key = compileKey(target);
    for (const [path, own] of Object.entries(facts)) {
      const pkg = graph.packages[path];
      if (!pkg || !needsView(own, pkg.cFiles.length + pkg.cxxFiles.length + pkg.sysoFiles.length)) continue;
      const view = keptView(pkg, graph, own, target, key, made);
      // A compiler reads the disk, where no module is patched.
      const asked = room === plainRoom ? await means.confirm?.(view, own, graph) : undefined;
      compiled.views[path] = asked?.view ?? view;
      compiled.unanswered.push(...(asked?.unanswered ?? []));
    }
    return compiled;
  }

  async function compiledFor(
    target: Target,
    graph: PackageGraph,
    facts: Record<string, PackageFacts>,
    room: Room,
  ): Promise<Compiled> {
    const key = compileKey(target) + room.key;
    const compiled = translated.get(key) ?? compileAll(target, graph, facts, room);
    translated.set(key, compiled);
    const { views, unanswered } = await compiled;
    return {
      views: Object.fromEntries(Object.entries(views).map(([path, view]) => [path, { ...view, target }])),
      unanswered,
    };
  }

  async function viewsIn(room: Room, target: Target, graph: PackageGraph): Promise<Views> {
    const facts = await factsOf(target, graph, room);
    const libc = means.openLibc(target.libc);
    const { views: compiled, unanswered } = await compiledFor(target, graph, facts, room);
    const links: Record<string, LinkView> = {};
    for (const program of graph.programs) {
      links[program.id] = linkView(program, graph, compiled, target, room.files, libc);
    }
    return { target, graph, compiled, links, patched: null, limits: loadLimits(graph), unanswered };
  }

  return {
    graph: graphOf,
    async load(target: Target): Promise<Views> {
      const graph = await graphOf(target);
      const patches = (await means.findPatches?.(graph, target)) ?? [];
      const isIn = ({ name }: ModulePatch) => target.modulePatches?.includes(name) ?? false;
      const views = await viewsIn(roomWith(patches.filter(isIn)), target, graph);
      if (patches.every(isIn)) return views;
      return { ...views, patched: { patches, views: await viewsIn(roomWith(patches), target, graph) } };
    },
  };
}

/** Packages without C, objects or anything that a rule asks about need no view. */
function needsView(facts: PackageFacts, foreignFiles: number): boolean {
  if (Object.keys(facts.imports).length > 0) return true;
  return facts.go.length > 0 || facts.dynamicImports.length > 0 || foreignFiles > 0 || facts.limits.length > 0;
}
