import { createHash } from 'node:crypto';
import type { Finding, RawFinding, Stage } from '../model/finding.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Place } from '../model/place.ts';

/** A finding of one rule, before it knows its module, chain and runs. */
export interface RuledFinding extends RawFinding {
  ruleId: string;
  stage: Stage;
}

/** What a finding is about, whatever target it was found for. */
export function subjectOf(finding: RuledFinding): string {
  return [finding.ruleId, finding.package, finding.evidence.name ?? finding.what].join('\0');
}

/** Places after the first that a merged finding keeps. */
const relatedKept = 4;

/**
 * Survives moved lines: made of the rule, the module's path, the package, the file and the name that evidence gives,
 * not of positions or of the module's version.
 */
export function fingerprint(finding: RuledFinding, module: string): string {
  const parts = [finding.ruleId, module, finding.package, finding.location?.file ?? '', finding.evidence.name ?? ''];
  if (finding.evidence.name === undefined) parts.push(finding.what);
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

function isTold(place: Place, finding: RuledFinding): boolean {
  const told = [finding.location, ...finding.related.map(({ location }) => location)];
  return told.some((one) => one?.file === place.file && one.line === place.line && one.column === place.column);
}

/** Uses of one name in one package that one rule found are one finding: the first place, the others as related. */
function mergeUses(findings: RuledFinding[]): RuledFinding[] {
  const merged = new Map<string, RuledFinding>();
  for (const finding of findings) {
    const subject = finding.evidence.name ?? `${finding.what}\0${finding.location?.file}\0${finding.location?.line}`;
    const key = [finding.ruleId, finding.package, finding.severity, subject].join('\0');
    const first = merged.get(key);
    if (!first) {
      merged.set(key, { ...finding, related: [...finding.related] });
    } else if (finding.location && !isTold(finding.location, first) && first.related.length < relatedKept) {
      first.related.push({ message: 'also used here', module: null, location: finding.location });
    }
  }
  return [...merged.values()];
}

/** Adds module, chain, run and fingerprint to the findings of one run. */
export function finishFindings(
  findings: RuledFinding[],
  run: string,
  graph: PackageGraph,
  chains: Map<string, string[]>,
): Finding[] {
  return mergeUses(findings).map((finding) => {
    const key = graph.packages[finding.package]?.module ?? null;
    const module = key === null ? null : (graph.modules[key] ?? null);
    return {
      ...finding,
      message: `${finding.what} ${finding.why} ${finding.action}`,
      module: module && { path: module.path, version: module.version },
      chain: chains.get(finding.package) ?? [],
      runs: [run],
      fingerprint: fingerprint(finding, module?.path ?? 'std'),
    };
  });
}

/** One finding that several runs have is told once, with the ids of all of them. */
export function joinRuns(findings: Finding[]): Finding[] {
  const joined = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.fingerprint}\0${finding.severity}`;
    const first = joined.get(key);
    if (first) first.runs = [...new Set([...first.runs, ...finding.runs])];
    else joined.set(key, { ...finding });
  }
  return [...joined.values()];
}
