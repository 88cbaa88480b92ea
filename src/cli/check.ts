import { readGoSettings } from '../graph/go-environment.ts';
import { refuseOverlay } from '../graph/go-flags.ts';
import { disk } from '../io/disk.ts';
import type { Finding } from '../model/finding.ts';
import type { Limit } from '../model/result.ts';
import { escapeText } from '../report/escape.ts';
import { checkHelp, readCheckOptions } from './check-options.ts';
import { emit } from './emit.ts';
import { resultCode } from './result-code.ts';
import { runCheck } from './run-check.ts';

/** The line that says why a verdict is unknown, whatever the format and wherever the result went. */
function unfinishedLine({ reason, package: importPath, file }: Limit): string {
  const where = [importPath, file].filter((part) => part !== null).join(': ');
  const what = reason.replace(/\.$/, '');
  return escapeText(`gomusl: not all could be looked at: ${where}: ${what}; the verdict is unknown, a build decides`);
}

/** The line that names a file which is cut short or empty: a person wants to know before reading the report. */
function damagedLine({ what, location, package: importPath, action }: Finding): string {
  const where = location ? `${location.file}:${location.line}` : importPath;
  return escapeText(`gomusl: ${what.replace(/\.$/, '')}: ${where}; ${action.replace(/\.$/, '')}`);
}

/** `gomusl check`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const options = readCheckOptions(words, process.cwd(), process.env);
  if (options === null) {
    process.stdout.write(checkHelp);
    return 0;
  }
  refuseOverlay(readGoSettings(process.env, disk).flags);
  const { result } = await runCheck(options, process.env);
  emit(result, options);
  const limit = result.runs.find((run) => run.verdict === 'unknown')?.limits[0];
  const damaged = result.findings.find((finding) => finding.evidence.damaged === true);
  if (limit) process.stderr.write(`${unfinishedLine(limit)}\n`);
  else if (damaged) process.stderr.write(`${damagedLine(damaged)}\n`);
  return resultCode(result, options.failOn, options.remedies);
}
