import type { Libc } from '../libc/libc.ts';
import type { Finding, Remedy } from '../model/finding.ts';
import type { PackageGraph, Program } from '../model/package-graph.ts';
import type { Limit, Result, Run } from '../model/result.ts';
import { verdicts } from '../model/result.ts';
import type { LibcRef, Target } from '../model/target.ts';
import type { Rule } from '../rules/rule.ts';
import { applyRules } from './apply-rules.ts';
import { orderStages } from './build-order.ts';
import { importChains } from './chain.ts';
import { finishFindings, joinRuns, type RuledFinding, subjectOf } from './finish.ts';
import { isPure } from './pure.ts';
import { plainOutcome, verdictOf } from './verdict.ts';
import type { Session, Views } from './views.ts';

/** What was found of one program for one target. */
export interface Judgement {
  views: Views;
  findings: RuledFinding[];
  limits: Limit[];
}

/** A build tag under which errors are gone. */
export interface TagOffer {
  tag: string;
  /** All tags that the build then has, as `-tags` takes them. */
  tags: string[];
  /** What it changes, for a person: `it selects x.go`. */
  effect: string;
  /** Whether `gomusl build` takes it by itself. */
  taken: boolean;
  /** Subjects of the findings that it removes, as `subjectOf` gives them. */
  removes: Set<string>;
}

/** Looks for a target under which the program's errors are gone; null when remedies are not wanted. */
export type SeekRemedies = (
  target: Target,
  plain: Judgement,
  judge: (target: Target) => Promise<Judgement>,
) => Promise<{
  target: Target;
  applied: Remedy[];
  judgement: Judgement;
  remaining: RuledFinding[];
  offers: TagOffer[];
}>;

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
  /** Completes remedies by what the machine has, as libraries that are built. */
  completeRemedies?: (findings: RuledFinding[], target: Target) => RuledFinding[];
  /** Whether the program loads with CGO_ENABLED=0; asked only when nothing else speaks against `pure`. */
  loadsWithoutCgo: (program: Program) => Promise<boolean>;
  /** What was taken for granted, told in every run. */
  assumptions: string[];
  /** What a person should know of the packages, told in every run. */
  notesOn: (graph: PackageGraph) => string[];
  toolVersion: string;
}

function limitsOf(program: Program, views: Views): Limit[] {
  const link = views.links[program.id];
  const compiled = program.packages.flatMap((path) => views.compiled[path]?.limits ?? []);
  return [...views.limits, ...compiled, ...(link?.limits ?? [])];
}

function counted(program: Program, views: Views, findings: Finding[]): Run['counts'] {
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

/**
 * The plain findings, with the errors that showed only under remedies: what was a warning before, since it came behind
 * something else, is now what is in the way.
 */
function withHidden(plain: RuledFinding[], remaining: RuledFinding[]): RuledFinding[] {
  const known = new Set(plain.filter(({ severity }) => severity === 'error').map(subjectOf));
  const hidden = remaining.filter((finding) => !known.has(subjectOf(finding)));
  const shown = new Set(hidden.map(subjectOf));
  return [
    ...plain.filter((finding) => !shown.has(subjectOf(finding))),
    ...hidden.map((finding) => ({ ...finding, evidence: { ...finding.evidence, after: 'remedies' as const } })),
  ];
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

/**
 * A finding with the tag that takes it away as remedy: before all others where `gomusl build` takes it. In a program
 * that is blocked without the tag, the tag is what to do; else the finding's own remedy stays that.
 */
function withOffer(finding: RuledFinding, offers: TagOffer[], blocked: boolean): RuledFinding {
  const offer = offers.find(({ removes }) => removes.has(subjectOf(finding)));
  if (!offer || (finding.severity !== 'error' && finding.evidence.after === undefined)) return finding;
  const { tag, tags, effect, taken } = offer;
  const remedy: Remedy = { kind: 'tag', automatic: taken, tags: [tag] };
  const remedies = taken ? [remedy, ...finding.remedies] : [...finding.remedies, remedy];
  if (taken) return { ...finding, remedies, action: `gomusl build takes the tag ${tag}, as allowed: ${effect}.` };
  if (blocked) return { ...finding, remedies, action: `Build with -tags ${tags.join(',')}: ${effect}.` };
  return { ...finding, remedies, action: `${finding.action} Or build with -tags ${tags.join(',')}: ${effect}.` };
}

/** One program: its plain build, and the end of the search for remedies; null where none was made. */
interface Look {
  program: Program;
  plain: Judgement;
  pure: boolean;
  sought: Awaited<ReturnType<SeekRemedies>> | null;
}

/** What is found of a program in the views of a target, which may select other packages for it. */
function judgementOf(program: Program, views: Views, request: JudgeRequest): Judgement {
  const same = views.graph.programs.find(({ id }) => id === program.id);
  const found = same ? applyRules(same, views, request.openLibc(views.target.libc), request.rules) : [];
  const findings = request.completeRemedies?.(found, views.target) ?? found;
  const gone: Limit = { reason: 'there is no such program under these build tags', package: program.id, file: null };
  if (!same) return { views, findings, limits: [...views.limits, gone] };
  return { views, findings: orderStages(findings, same, views), limits: limitsOf(same, views) };
}

async function lookAt(program: Program, views: Views, request: JudgeRequest): Promise<Look> {
  const { target, session, seekRemedies } = request;
  const plain = judgementOf(program, views, request);
  const clean = plain.limits.length === 0 && !plain.findings.some(({ severity }) => severity === 'error');
  const pure = clean && isPure(program, plain.views) && (await request.loadsWithoutCgo(program));
  // Built without C, the program meets nothing of what the findings say.
  if (pure || !seekRemedies) return { program, plain, pure, sought: null };
  const judgeAgain = async (remedied: Target) => judgementOf(program, await session.load(remedied), request);
  const sought = await seekRemedies(target, plain, judgeAgain);
  return { program, plain, pure, sought };
}

/** One build has one set of tags: programs that were remedied under fewer are judged again under all. */
async function joinTags(looks: Look[], request: JudgeRequest): Promise<void> {
  const { target, session, seekRemedies } = request;
  const tags = [...new Set(looks.flatMap(({ sought }) => sought?.target.tags ?? []))];
  for (const look of looks) {
    const { program, sought } = look;
    if (!seekRemedies || !sought || tags.every((tag) => sought.target.tags.includes(tag))) continue;
    const from = { ...target, tags };
    const judgeAgain = async (remedied: Target) => judgementOf(program, await session.load(remedied), request);
    const again = await seekRemedies(from, await judgeAgain(from), judgeAgain);
    const added = tags.filter((tag) => !target.tags.includes(tag));
    const taken: Remedy[] = added.map((tag) => ({ kind: 'tag', automatic: true, tags: [tag] }));
    look.sought = { ...again, applied: [...taken, ...again.applied], offers: [...sought.offers, ...again.offers] };
  }
}

/** Judges every program of the target: the plain build first, then with the remedies that `gomusl build` would take. */
export async function judge(request: JudgeRequest): Promise<Judged> {
  const { target, session, rules } = request;
  const loaded = await session.load(target);
  const { graph } = loaded;
  const notes = request.notesOn(graph);
  const looks: Look[] = [];
  for (const program of graph.programs) looks.push(await lookAt(program, loaded, request));
  await joinTags(looks, request);
  const runs: Run[] = [];
  const targets: Record<string, Target> = {};
  const findings: Finding[] = [];
  for (const { program, plain, pure, sought } of looks) {
    const { views } = plain;
    const errors = plain.findings.filter((finding) => finding.severity === 'error');
    const remaining = sought?.remaining ?? errors;
    const limits = sought?.judgement.limits ?? plain.limits;
    targets[program.id] = sought?.target ?? target;
    const told = pure
      ? withoutCgo(program, views, request.openLibc(target.libc), rules)
      : withHidden(plain.findings, remaining).map((one) => withOffer(one, sought?.offers ?? [], remaining.length > 0));
    const finished = finishFindings(told, program.id, graph, importChains(program.roots, graph.packages));
    findings.push(...finished);
    runs.push({
      id: program.id,
      program: { id: program.id, kind: program.kind, roots: program.roots },
      target,
      verdict: verdictOf(errors, remaining, limits, pure),
      plain: plainOutcome(plain.findings, plain.limits),
      counts: counted(program, views, joinRuns(finished)),
      limits,
      assumptions: [...request.assumptions, ...views.unanswered],
      ...(notes.length > 0 ? { notes } : {}),
      remedies: sought?.applied ?? [],
    });
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
