import { type RuledFinding, subjectOf } from '../check/finish.ts';
import type { Judgement, TagOffer } from '../check/judge.ts';
import { automaticRemedy } from '../check/verdict.ts';
import type { Files } from '../io/files.ts';
import { Failure } from '../model/failure.ts';
import type { Remedy } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import { applyRemedy, type RemedyMeans } from './apply.ts';
import { tagCandidates } from './tag-candidates.ts';

/** What the findings of one target are; asked again after every round of remedies. */
export type Judge = (target: Target) => Promise<Judgement>;

/** What the search for remedies needs and may do. */
export interface SearchMeans extends RemedyMeans {
  /** For the constraints of files that no target has selected so far. */
  files: Files;
  /** Whether a build tag that helps is put in place; else it is only offered. */
  takesTags: boolean;
}

/** A target with remedies in place, and what was found of it. */
export interface Remedied {
  target: Target;
  applied: Remedy[];
  judgement: Judgement;
  /** Errors that are left, the hidden ones that only showed under remedies included. */
  remaining: RuledFinding[];
  /** Build tags that take errors away. */
  offers: TagOffer[];
}

const isError = (finding: RuledFinding) => finding.severity === 'error';

/** What a remedy is taken for: errors, and what may go wrong at run time in a program that builds. */
const asksForRemedy = (finding: RuledFinding) =>
  isError(finding) || (finding.severity === 'warning' && finding.stage === 'run');

/**
 * Puts automatic remedies in place and judges again, until nothing is left that one helps: one failure hides the next.
 * Ends, since every round adds a remedy that the target did not have.
 */
async function settle(target: Target, plain: Judgement, means: RemedyMeans, judge: Judge): Promise<Remedied> {
  let current = target;
  let judgement = plain;
  const applied: Remedy[] = [];
  for (;;) {
    let next = current;
    for (const finding of judgement.findings.filter(asksForRemedy)) {
      const candidate = automaticRemedy(finding);
      if (!candidate) continue;
      const changed = applyRemedy(next, candidate, means);
      if (changed !== next) applied.push(candidate);
      next = changed;
    }
    if (next === current) break;
    current = next;
    judgement = await judge(current);
  }
  return { target: current, applied, judgement, remaining: judgement.findings.filter(isError), offers: [] };
}

/** The plain build and the remedied one of the same tags. */
interface Stand {
  plain: Judgement;
  settled: Remedied;
}

/** Errors of a build and those that hide behind them. */
const troubles = ({ findings }: Judgement) =>
  findings.filter((finding) => isError(finding) || finding.evidence.after !== undefined);

/** Whether less is in the way in `a`: of what no remedy helps or, where there is nothing of that, of what needs one. */
function isBetter(a: Stand, b: Stand): boolean {
  const [left, right] = [a.settled.remaining.length, b.settled.remaining.length];
  return left === 0 && right === 0 ? troubles(a.plain).length < troubles(b.plain).length : left < right;
}

/**
 * Whether something loads libraries while it runs, which a static program cannot: under such a tag a module often loads
 * the very library that the build does not find.
 */
const loadsLibraries = ({ findings }: Judgement) => findings.some(({ evidence }) => evidence.name === 'dlopen');

/**
 * Whether a remedied build under a tag has an error, or something that cannot be looked at, that is not there without, or
 * only puts off to the run what the build has not.
 */
function bringsTrouble({ settled }: Stand, stand: Stand): boolean {
  const before = [stand.plain, stand.settled.judgement];
  const known = new Set(before.flatMap(troubles).map(subjectOf));
  const limits = new Set(before.flatMap((one) => one.limits.map((limit) => JSON.stringify(limit))));
  if (loadsLibraries(settled.judgement) && !before.some(loadsLibraries)) return true;
  return (
    settled.remaining.some((finding) => !known.has(subjectOf(finding))) ||
    settled.judgement.limits.some((limit) => !limits.has(JSON.stringify(limit)))
  );
}

/** How a program under a tag stands; null when it does not even load. */
async function standOf(target: Target, means: RemedyMeans, judge: Judge): Promise<Stand | null> {
  try {
    const plain = await judge(target);
    return { plain, settled: await settle(target, plain, means, judge) };
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Judges each tag that may help, remedies on top; the one under which least is in the way, null when none helps. */
async function bestTag(
  stand: Stand,
  target: Target,
  means: SearchMeans,
  judge: Judge,
): Promise<{ offer: TagOffer; stand: Stand; target: Target } | null> {
  const errors = stand.plain.findings.filter(isError);
  // A program that can be built as it is gets no long search: `musl` alone is what a project means for this.
  const only = stand.settled.remaining.length === 0 ? 'musl' : null;
  let best: Awaited<ReturnType<typeof bestTag>> = null;
  for (const { tag, effect } of tagCandidates(
    [...errors, ...stand.settled.remaining],
    stand.plain.views,
    means.files,
    only,
  )) {
    const tags = [...target.tags, tag];
    const tagged = await standOf({ ...target, tags }, means, judge);
    if (!tagged || bringsTrouble(tagged, stand) || !isBetter(tagged, best?.stand ?? stand)) continue;
    const left = new Set(troubles(tagged.plain).map(subjectOf));
    const gone = [...stand.plain.findings, ...stand.settled.judgement.findings].map(subjectOf);
    const removes = new Set(gone.filter((subject) => !left.has(subject)));
    best = {
      offer: { tag, tags, effect, taken: means.takesTags, removes },
      stand: tagged,
      target: { ...target, tags },
    };
  }
  return best;
}

/**
 * Looks for what takes errors away: automatic remedies until none helps, and build tags of the modules that bring the
 * errors, each judged with the remedies on top. A tag is kept when less is in the way under it, and nothing new. Only
 * where they are allowed are tags in the target that is returned.
 */
export async function remedy(target: Target, plain: Judgement, means: SearchMeans, judge: Judge): Promise<Remedied> {
  const untagged = { plain, settled: await settle(target, plain, means, judge) };
  const offers: TagOffer[] = [];
  let stand: Stand = untagged;
  let current = target;
  while (stand.plain.findings.some(isError) || stand.settled.remaining.length > 0) {
    const better = await bestTag(stand, current, means, judge);
    if (!better) break;
    offers.push(better.offer);
    ({ stand, target: current } = better);
  }
  if (!means.takesTags) return { ...untagged.settled, offers };
  const taken: Remedy[] = offers.map(({ tag }) => ({ kind: 'tag', automatic: true, tags: [tag] }));
  return { ...stand.settled, applied: [...taken, ...stand.settled.applied], offers };
}
