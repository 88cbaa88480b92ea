import type { Finding, Remedy } from '../model/finding.ts';
import type { Limit, PlainOutcome, Verdict } from '../model/result.ts';

/** Whether the finding alone makes the plain build fail or yield something else. */
function breaksBuild(finding: Pick<Finding, 'stage' | 'severity'>): boolean {
  return finding.severity === 'error' && finding.stage !== 'run';
}

/** What the article's three settings alone do, from the findings of the plain target. */
export function plainOutcome(
  findings: Pick<Finding, 'stage' | 'severity' | 'evidence'>[],
  limits: Limit[],
): PlainOutcome {
  const breaking = findings.filter((finding) => breaksBuild(finding) && finding.evidence.after === undefined);
  const failing = breaking.filter((finding) => finding.evidence.plain !== 'wrong');
  if (failing.some((finding) => finding.stage === 'compile')) return { outcome: 'fails', stage: 'compile' };
  if (failing.length > 0) return { outcome: 'fails', stage: 'link' };
  if (limits.length > 0) return { outcome: 'unknown', stage: null };
  return { outcome: breaking.length > 0 ? 'wrong' : 'builds', stage: null };
}

/** The remedy that `gomusl build` takes for the finding by itself; null when a person must act. */
export function automaticRemedy(finding: Pick<Finding, 'remedies'>): Remedy | null {
  return finding.remedies.find((remedy) => remedy.automatic) ?? null;
}

/**
 * The verdict of one program. `remaining` are the errors left once every automatic remedy is in place and was judged
 * again; `pure` says that no C is needed at all.
 */
export function verdictOf(
  plainErrors: readonly unknown[],
  remaining: readonly unknown[],
  limits: Limit[],
  pure: boolean,
): Verdict {
  if (remaining.length > 0) return 'blocked';
  if (limits.length > 0) return 'unknown';
  if (pure) return 'pure';
  return plainErrors.length > 0 ? 'static-with-remedies' : 'static';
}
