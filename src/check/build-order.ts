import type { Program } from '../model/package-graph.ts';
import type { CompileView } from '../model/view.ts';
import type { RuledFinding } from './finish.ts';
import type { Views } from './views.ts';

const isError = (finding: RuledFinding) => finding.severity === 'error';

/**
 * What the build would get to see. It ends at the first thing that stops it, so errors behind that are told as
 * warnings: they come next. As cmd/go 1.26 proceeds (internal/work/exec.go):
 * - a package is built after all that it imports, and not at all when one of those failed;
 * - in a package, pkg-config is asked first, then flags are refused, then cgo compiles the preambles, then the C and
 *   C++ files follow one by one;
 * - a header that is missing ends its unit; of several preambles any may be first, since cgo reads them side by side;
 * - the linker starts when every package is built.
 */
export function orderStages(findings: RuledFinding[], program: Program, views: Views): RuledFinding[] {
  const seen = new Set<RuledFinding>();
  const others = new Map<RuledFinding, string[]>();
  const failed = new Set<string>();
  for (const path of program.packages) {
    const imports = views.graph.packages[path]?.imports ?? [];
    const own = findings.filter((one) => one.package === path && one.stage === 'compile' && isError(one));
    if (imports.some((one) => failed.has(one))) {
      failed.add(path);
    } else if (own.length > 0) {
      failed.add(path);
      const first = firstOf(own, views.compiled[path]);
      for (const finding of first.seen) seen.add(finding);
      if (first.others.length > 0 && first.seen[0]) others.set(first.seen[0], first.others);
    }
  }
  return findings.map((finding) => {
    const behind = finding.stage === 'compile' ? !seen.has(finding) : finding.stage === 'link' && failed.size > 0;
    if (isError(finding) && behind) {
      return { ...finding, severity: 'warning', evidence: { ...finding.evidence, after: 'compile' } };
    }
    const names = others.get(finding);
    return names ? { ...finding, evidence: { ...finding.evidence, orFirst: names } } : finding;
  });
}

/** What of a package's errors is met first, and names that may be met in its stead. */
interface First {
  seen: RuledFinding[];
  others: string[];
}

/** Ids of the rules on headers that are not there: each ends its unit. */
const missingHeader = new Set(['GM101', 'GM102', 'GM103']);

function firstOf(errors: RuledFinding[], view: CompileView | undefined): First {
  for (const id of ['GM108', 'GM107']) {
    const seen = errors.filter((finding) => finding.ruleId === id);
    if (seen.length > 0) return { seen, others: [] };
  }
  if (view === undefined) return { seen: errors, others: [] };
  const unitOf = (finding: RuledFinding) => unitIndex(finding, view);
  const isPreamble = (finding: RuledFinding) => view.units[unitOf(finding)]?.kind === 'preamble';
  const preambles = errors.filter(isPreamble);
  if (preambles.length === 0) {
    const first = Math.min(...errors.map(unitOf));
    return { seen: untilMissingHeader(errors.filter((finding) => unitOf(finding) === first)), others: [] };
  }
  const units = [...new Set(preambles.map(unitOf))].sort((a, b) => a - b);
  const heads = units.map((unit) => untilMissingHeader(preambles.filter((finding) => unitOf(finding) === unit)));
  const headers = heads.flatMap((head) => head.filter(({ ruleId }) => missingHeader.has(ruleId)));
  const [first, ...rest] = headers;
  if (first === undefined) return { seen: heads.flat(), others: [] };
  const alike = headers.filter(({ evidence }) => evidence.name === first.evidence.name);
  const names = rest.flatMap(({ evidence }) => evidence.name ?? []).filter((name) => name !== first.evidence.name);
  return { seen: alike, others: [...new Set(names)] };
}

/** The first missing header of a unit, and nothing else where there is one. */
function untilMissingHeader(ofUnit: RuledFinding[]): RuledFinding[] {
  const headers = ofUnit.filter(({ ruleId }) => missingHeader.has(ruleId));
  const [first] = headers.sort((a, b) => before(a, b));
  return first === undefined ? ofUnit : [first];
}

/** Headers of one unit keep the order in which rules met them, but for those of one file: there lines decide. */
function before(a: RuledFinding, b: RuledFinding): number {
  if (a.location === null || b.location === null || a.location.file !== b.location.file) return 0;
  return a.location.line - b.location.line;
}

/** Index of the first unit that has what the finding is about; the number of units when none has. */
function unitIndex(finding: RuledFinding, view: CompileView): number {
  const { name } = finding.evidence;
  const here = (place: { file: string; line: number; column: number }) =>
    place.file === finding.location?.file &&
    place.line === finding.location.line &&
    place.column === finding.location.column;
  const at = view.units.findIndex(
    (unit) =>
      unit.includes.some((use) => use.header === name && here(use.place)) ||
      unit.names.some((use) => use.name === name && here(use.place)) ||
      unit.errors.some((error) => error.message === name && here(error.place)),
  );
  return at < 0 ? view.units.length : at;
}
