import { readGoSettings } from '../graph/go-environment.ts';
import { refuseOverlay } from '../graph/go-flags.ts';
import { disk } from '../io/disk.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Limit, Result } from '../model/result.ts';
import { escapeText } from '../report/escape.ts';
import type { OutputOptions } from './check-options.ts';
import { emit } from './emit.ts';
import { openMemory } from './memory.ts';
import { resultCode } from './result-code.ts';

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

/** What a check said, and how it is told. */
interface Said {
  result: Result;
  output: OutputOptions;
  remedies: boolean;
}

/** Words of checks that are not remembered: other files come into them than the questions to the disk would show. */
const passedOver = /^--?(overlay|mod=mod|modfile|confirm|stats|help|loader|toolexec)\b|@/;

/** `gomusl check`. Returns the exit code. Of what nothing changed, the result of before is told again. */
export async function run(words: string[]): Promise<number> {
  const environment = process.env;
  const store = diskStore(userCacheFolder(environment));
  const isSaid = ({ result, output }: Said) => result.kind === 'check' && typeof output.failOn === 'string';
  const known = { kind: 'check', words, dir: process.cwd(), environment, store, passedOver, isSaid } as const;
  const memory = openMemory<Said>(known);
  const before = await memory.recall();
  if (before !== null) return tell(before.said);
  memory.record();
  const { checkHelp, readCheckOptions } = await import('./check-options.ts');
  const options = readCheckOptions(words, process.cwd(), environment);
  if (options === null) {
    process.stdout.write(checkHelp);
    return exitCode.clean;
  }
  refuseOverlay(readGoSettings(environment, disk).flags);
  const { runCheck } = await import('./run-check.ts');
  const { result, go } = await runCheck(options, environment);
  const { format, output, failOn, remedies, dir } = options;
  const said: Said = { result, output: { format, output, failOn }, remedies };
  // What could not be looked at now may be there the next time.
  if (result.runs.every(({ limits }) => limits.length === 0)) {
    await memory.note(said, { ...go, dir, present: [] });
    memory.keep((same) => same);
  }
  return tell(said);
}

function tell({ result, output, remedies }: Said): number {
  emit(result, output);
  const limit = result.runs.find((run) => run.verdict === 'unknown')?.limits[0];
  const damaged = result.findings.find((finding) => finding.evidence.damaged === true);
  if (limit) process.stderr.write(`${unfinishedLine(limit)}\n`);
  else if (damaged) process.stderr.write(`${damagedLine(damaged)}\n`);
  return resultCode(result, output.failOn, remedies);
}
