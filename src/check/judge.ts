import type { Libc } from '../libc/libc.ts';
import type { Finding, Remedy } from '../model/finding.ts';
import type { Program } from '../model/package-graph.ts';
import type { Limit, Result, Run } from '../model/result.ts';
import { verdicts } from '../model/result.ts';
import type { LibcRef, Target } from '../model/target.ts';
import type { Rule } from '../rules/rule.ts';
import { applyRules } from './apply-rules.ts';
import { orderStages } from './build-order.ts';
import { importChains } from './chain.ts';
import { finishFindings, joinRuns, type RuledFinding } from './finish.ts';
import { isPure } from './pure.ts';
import { plainOutcome, verdictOf } from './verdict.ts';
import type { Session, Views } from './views.ts';

/** Looks for a target under which the program's errors are gone; null when remedies are not wanted. */
export type SeekRemedies = (
  target: Target,
  plain: RuledFinding[],
  judge: (target: Target) => Promise<RuledFinding[]>,
) => Promise<{ target: Target; applied: Remedy[]; remaining: RuledFinding[] }>;

/** The result, and for each run the target with the remedies in place that `gomusl build` has to meet. */
export interface Judged {
  result: Result;
  targets: Record<string, Target>;
}

export interface JudgeRequest {
  target: Target;
  session: Session;
  rules: readonly Rule[];
  openLibc: (ref: LibcRef) => Libc;
  seekRemedies: SeekRemedies | null;
  /** Whether the program loads with CGO_ENABLED=0; asked only when nothing else speaks against `pure`. */
  loadsWithoutCgo: (program: Program) => Promise<boolean>;
  /** What was taken for granted, told in every run. */
  assumptions: string[];
  toolVersion: string;
}

function limitsOf(program: Program, views: Views): Limit[] {
  const link = views.links[program.id];
  const compiled = program.packages.flatMap((path) => views.compiled[path]?.limits ?? []);
  return [...views.limits, ...compiled, ...(link?.limits ?? [])];
}

function counted(program: Program, views: Views, findings: RuledFinding[]): Run['counts'] {
  const packages = program.packages.map((path) => views.graph.packages[path]).filter((pkg) => pkg !== undefined);
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    packages: packages.length,
    cgoPackages: packages.filter((pkg) => pkg.cgoFiles.length > 0 && !pkg.standard).length,
    files: packages.reduce(
      (sum, pkg) => sum + pkg.goFiles.length + pkg.cgoFiles.length + pkg.cFiles.length + pkg.cxxFiles.length,
      0,
    ),
    errors: of('error'),
    warnings: of('warning'),
    notes: of('note'),
  };
}

/** Errors that showed only under remedies and are not among the plain ones. */
function hiddenErrors(remaining: RuledFinding[], plain: RuledFinding[]): RuledFinding[] {
  const key = (finding: RuledFinding) =>
    [finding.ruleId, finding.package, finding.evidence.name ?? finding.what].join('\0');
  const known = new Set(plain.map(key));
  return remaining
    .filter((finding) => !known.has(key(finding)))
    .map((finding) => ({ ...finding, evidence: { ...finding.evidence, after: 'remedies' } }));
}

/** What is to say of a program that is built with CGO_ENABLED=0: whatever the C part of std does is no matter. */
function withoutCgo(program: Program, views: Views, libc: Libc, rules: readonly Rule[]): RuledFinding[] {
  const target = { ...views.target, cgo: false };
  const retarget = <V extends { target: Target }>(all: Record<string, V>) =>
    Object.fromEntries(Object.entries(all).map(([key, view]) => [key, { ...view, target }]));
  return applyRules(
    program,
    { ...views, target, compiled: retarget(views.compiled), links: retarget(views.links) },
    libc,
    rules,
  );
}

/** Judges every program of the target: the plain build first, then with the remedies that `gomusl build` would take. */
export async function judge(request: JudgeRequest): Promise<Judged> {
  const { target, session, rules } = request;
  const views = await session.load(target);
  const libc = request.openLibc(target.libc);
  const runs: Run[] = [];
  const targets: Record<string, Target> = {};
  const findings: Finding[] = [];
  for (const program of views.graph.programs) {
    const plain = orderStages(applyRules(program, views, libc, rules), program, views);
    const errors = plain.filter((finding) => finding.severity === 'error');
    let limits = limitsOf(program, views);
    let remaining = errors;
    let applied: Remedy[] = [];
    targets[program.id] = target;
    const pure =
      errors.length === 0 && limits.length === 0 && isPure(program, views) && (await request.loadsWithoutCgo(program));
    // Built without C, the program meets nothing of what the findings say.
    if (!pure && request.seekRemedies) {
      const sought = await request.seekRemedies(target, plain, async (remedied) => {
        const again = await session.load(remedied);
        limits = limitsOf(program, again);
        return orderStages(applyRules(program, again, request.openLibc(remedied.libc), rules), program, again);
      });
      ({ applied, remaining } = sought);
      targets[program.id] = sought.target;
    }
    const told = pure ? withoutCgo(program, views, libc, rules) : [...plain, ...hiddenErrors(remaining, plain)];
    runs.push({
      id: program.id,
      program: { id: program.id, kind: program.kind, roots: program.roots },
      target,
      verdict: verdictOf(errors, remaining, limits, pure),
      plain: plainOutcome(plain, limitsOf(program, views)),
      counts: counted(program, views, told),
      limits,
      assumptions: request.assumptions,
      remedies: applied,
    });
    findings.push(...finishFindings(told, program.id, views.graph, importChains(program.roots, views.graph.packages)));
  }
  const worst = Math.max(...runs.map((run) => verdicts.indexOf(run.verdict)));
  const result: Result = {
    schemaVersion: 1,
    kind: 'check',
    tool: { name: 'gomusl', version: request.toolVersion },
    verdict: verdicts[worst] ?? 'unknown',
    runs,
    findings: joinRuns(findings),
  };
  return { result, targets };
}
