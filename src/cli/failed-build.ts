import { readBuildLog } from '../buildlog/read-log.ts';
import type { Limit, Result } from '../model/result.ts';
import { version } from './version.ts';

/** Errors of a log that are told: the first say what is wrong. */
const mostErrors = 20;

/**
 * The result of a build whose `go build` failed: what the check said, if it was asked, with the errors of the log as
 * limits. No run has a product that was proven, so the verdict of each is unknown.
 */
export function failedBuild(judged: Result | null, log: string): Result {
  const errors = readBuildLog(log).diagnostics.filter(({ severity }) => severity === 'error');
  const limits: Limit[] = [
    { reason: 'go build failed, so nothing could be proven', package: null, file: null },
    ...errors
      .slice(0, mostErrors)
      .map((error) => ({ reason: `go build: ${error.text}`, package: error.package, file: null })),
  ];
  const runs = (judged?.runs ?? []).map((run) => ({
    ...run,
    verdict: 'unknown' as const,
    limits: [...run.limits, ...limits],
  }));
  const tool = { name: 'gomusl', version } as const;
  return { schemaVersion: 1, kind: 'build', tool, verdict: 'unknown', runs, findings: judged?.findings ?? [] };
}
