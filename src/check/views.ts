import type { PackageGraph } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { Target } from '../model/target.ts';
import type { CompileView, LinkView } from '../model/view.ts';
import type { ModulePatch } from './module-patch.ts';

/** All that the rules look at, for one target. */
export interface Views {
  target: Target;
  graph: PackageGraph;
  /** Compile views of the packages that have any C or that rules ask about, by import path. */
  compiled: Record<string, CompileView>;
  /** By program id. */
  links: Record<string, LinkView>;
  /** Patches of modules that could be put in place, and what the rules would then see; null without any. */
  patched: { patches: ModulePatch[]; views: Views } | null;
  /** What could not be loaded, for every program of the run. */
  limits: Limit[];
  /** Files that a compiler should have decided and could not, one sentence each. */
  unanswered: string[];
}

/** Gives the views for a target. The only impure part of the check: it may start the go command and read files. */
export interface Session {
  load(target: Target): Promise<Views>;
  /** The packages alone. */
  graph(target: Target): Promise<PackageGraph>;
}
