import type { Remedy } from '../model/finding.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import { type RuledFinding, subjectOf } from './finish.ts';

/** A patch for a module of the graph that fits its text. */
export interface ModulePatch {
  name: string;
  module: string;
  version: string;
  /** Whether `gomusl build` takes it by itself. */
  taken: boolean;
  /** Files as the patch makes them, by absolute path. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** Looks for patches of the modules in a graph. */
export type FindModulePatches = (graph: PackageGraph, target: Target) => Promise<ModulePatch[]>;

/**
 * The findings, with a patch as remedy where it takes one of its module away that hinders the build: `patched` are the
 * findings of the same target with every patch in place. Behind the remedies that need no allowance.
 */
export function offerPatches(
  found: RuledFinding[],
  patched: RuledFinding[],
  patches: ModulePatch[],
  graph: PackageGraph,
): RuledFinding[] {
  const left = new Set(patched.map(subjectOf));
  return found.map((finding) => {
    const module = graph.packages[finding.package]?.module;
    const patch = patches.find(
      (one) => module !== null && module !== undefined && graph.modules[module]?.path === one.module,
    );
    const hinders = finding.severity !== 'note' && finding.stage !== 'run';
    if (patch === undefined || !hinders || left.has(subjectOf(finding))) return finding;
    const { name, taken, version } = patch;
    const remedy: Remedy = { kind: 'module-patch', automatic: taken, module: patch.module, version, patch: name };
    const remedies = [...finding.remedies, remedy];
    if (finding.remedies.some(({ automatic }) => automatic)) return { ...finding, remedies };
    const copy = `a copy of ${patch.module}`;
    const action = taken
      ? `gomusl build patches ${copy} with ${name}, as allowed.`
      : `Run gomusl build --allow module-patches, which patches ${copy} with ${name}.`;
    return { ...finding, remedies, action };
  });
}
