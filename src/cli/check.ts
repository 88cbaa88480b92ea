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

/** `gomusl check`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const options = readCheckOptions(words, process.cwd());
  if (options === null) {
    process.stdout.write(checkHelp);
    return 0;
  }
  const { result } = await runCheck(options, process.env);
  emit(result, options);
  const limit = result.runs.find((run) => run.verdict === 'unknown')?.limits[0];
  if (limit) process.stderr.write(`${unfinishedLine(limit)}\n`);
  return resultCode(result, options.failOn, options.remedies);
}
