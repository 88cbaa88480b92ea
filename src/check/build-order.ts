import type { Program } from '../model/package-graph.ts';
import type { Place } from '../model/place.ts';
import type { CompileView, Unit } from '../model/view.ts';
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
  const subject = ({ package: path, evidence }: RuledFinding) => `${path}\0${evidence.name}`;
  const compiled = new Set(findings.filter((finding) => finding.stage === 'compile').map(subject));
  const told = findings.map((finding): RuledFinding => {
    const behind = finding.stage === 'compile' ? !seen.has(finding) : finding.stage === 'link' && failed.size > 0;
    if (isError(finding) && behind) {
      return { ...finding, severity: 'warning', evidence: { ...finding.evidence, after: 'compile' } };
    }
    const names = others.get(finding);
    return names ? { ...finding, evidence: { ...finding.evidence, orFirst: names } } : finding;
  });
  const linked = new Set(told.filter(({ stage, evidence }) => stage === 'link' && !evidence.after).map(subject));
  return told.filter((finding) => {
    // What the compiler complains of already need not be told again as what the linker would miss later.
    if (finding.stage === 'link') return !(finding.evidence.after && compiled.has(subject(finding)));
    // What the compiler only warns of, and the linker misses, is told as the linker does.
    return isError(finding) || finding.stage !== 'compile' || !linked.has(subject(finding));
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
  const ofUnit = view.units.map((unit) => untilMissingHeader(errors, unit));
  const preambles = ofUnit.filter((_, at) => view.units[at]?.kind === 'preamble' && ofUnit[at]?.length);
  if (preambles.length === 0) return { seen: ofUnit.find((own) => own.length > 0) ?? errors, others: [] };
  const headers = preambles.flatMap((own) => own.filter(({ ruleId }) => missingHeader.has(ruleId)));
  const [first, ...rest] = headers;
  if (first === undefined) return { seen: preambles.flat(), others: [] };
  const isFirst = ({ evidence }: RuledFinding) => evidence.name === first.evidence.name;
  const names = rest.filter((one) => !isFirst(one)).flatMap(({ evidence }) => evidence.name ?? []);
  return { seen: headers.filter(isFirst), others: [...new Set(names)] };
}

/** The errors that lie in a unit; its first missing header alone where there is one. A header may lie in several units. */
function untilMissingHeader(errors: RuledFinding[], unit: Unit): RuledFinding[] {
  const own = errors.filter((finding) => positionIn(finding, unit) !== null);
  const headers = own.filter(({ ruleId }) => missingHeader.has(ruleId));
  const least = Math.min(...headers.map((finding) => positionIn(finding, unit) ?? Number.POSITIVE_INFINITY));
  return headers.length === 0 ? own : headers.filter((finding) => positionIn(finding, unit) === least);
}

/** Where in the order of a unit's includes a finding stands, 0 for what is no include; null when it lies elsewhere. */
function positionIn(finding: RuledFinding, unit: Unit): number | null {
  const { name } = finding.evidence;
  const here = (place: Place) =>
    place.file === finding.location?.file &&
    place.line === finding.location.line &&
    place.column === finding.location.column;
  const include = unit.includes.findIndex((use) => use.header === name && here(use.place));
  if (include >= 0) return include;
  const inText =
    unit.names.some((use) => use.name === name && here(use.place)) ||
    unit.errors.some((error) => error.message === name && here(error.place)) ||
    (unit.refusal !== null && here(unit.refusal.place));
  return inText ? 0 : null;
}
