import type { RuledFinding } from '../check/finish.ts';
import { automaticRemedy } from '../check/verdict.ts';
import type { Remedy } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import { applyRemedy, type RemedyMeans } from './apply.ts';

/** What the findings of one target are; asked again after every round of remedies. */
export type Judge = (target: Target) => Promise<RuledFinding[]>;

/** The end of the search: the target with all that helped, and what no remedy took away. */
export interface Remedied {
  target: Target;
  applied: Remedy[];
  /** Errors that are left, the hidden ones that only showed under remedies included. */
  remaining: RuledFinding[];
}

const isError = (finding: RuledFinding) => finding.severity === 'error';

/** What a remedy is taken for: errors, and what may go wrong at run time in a program that builds. */
const asksForRemedy = (finding: RuledFinding) =>
  isError(finding) || (finding.severity === 'warning' && finding.stage === 'run');

/**
 * Puts automatic remedies in place and judges again, until nothing is left that one helps: one failure hides the next.
 * Ends, since every round adds a remedy that the target did not have.
 */
export async function remedy(
  target: Target,
  plain: RuledFinding[],
  means: RemedyMeans,
  judge: Judge,
): Promise<Remedied> {
  let current = target;
  let findings = plain;
  const applied: Remedy[] = [];
  for (;;) {
    let next = current;
    for (const finding of findings.filter(asksForRemedy)) {
      const candidate = automaticRemedy(finding);
      if (!candidate) continue;
      const changed = applyRemedy(next, candidate, means);
      if (changed !== next) applied.push(candidate);
      next = changed;
    }
    if (next === current) break;
    current = next;
    findings = await judge(current);
  }
  return { target: current, applied, remaining: findings.filter(isError) };
}
