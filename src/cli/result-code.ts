import { automaticRemedy } from '../check/verdict.ts';
import { type ExitCode, exitCode } from '../model/failure.ts';
import type { Result } from '../model/result.ts';
import type { Threshold } from './check-options.ts';

/**
 * The exit code of a result, whatever its format. An error that `gomusl build` takes care of does not count, unless
 * remedies were not wanted. `unknown` is 3 when nothing else speaks against the program.
 */
export function resultCode(result: Result, failOn: Threshold, remedies: boolean): ExitCode {
  const cared = (verdict: string) => remedies && verdict === 'static-with-remedies';
  const verdictOf = new Map(result.runs.map((run) => [run.id, run.verdict]));
  const counts = result.findings.some((finding) => {
    if (failOn === 'never' || failOn === 'blocked') return false;
    if (finding.severity === 'note') return false;
    if (finding.severity === 'warning') return failOn === 'warning';
    const handled = automaticRemedy(finding) !== null && finding.runs.every((run) => cared(verdictOf.get(run) ?? ''));
    return !handled;
  });
  if (counts) return exitCode.findings;
  if (failOn === 'blocked' && result.verdict === 'blocked') return exitCode.findings;
  return result.runs.some((run) => run.verdict === 'unknown') ? exitCode.unfinished : exitCode.clean;
}
