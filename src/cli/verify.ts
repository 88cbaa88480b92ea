import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readExecutable } from '../elf/executable.ts';
import { disk } from '../io/disk.ts';
import type { ExecutableView } from '../model/executable.ts';
import { type ExitCode, exitCode, Failure } from '../model/failure.ts';
import type { Result } from '../model/result.ts';
import { toJson } from '../report/json.ts';
import { verifyText } from '../report/verify-text.ts';
import { rules } from '../rules/index.generated.ts';
import { verifyExecutables } from '../verify/verify-executables.ts';
import { type FlagShape, oneOf, parseFlags } from './flags.ts';
import { version } from './version.ts';

const shapes: Record<string, FlagShape> = { format: 'value', output: 'value', 'fail-on': 'value', help: 'boolean' };
const thresholds = ['error', 'warning', 'blocked', 'never'] as const;
type Threshold = (typeof thresholds)[number];

const help = `Usage: gomusl verify FILE… [flags]

Says of executables whether they are static, and which libc is inside, by the
signs that each file shows. Nothing is run.

  --format text|json     --output FILE writes there instead of stdout
  --fail-on LEVEL        error (default), warning, blocked or never

Exit codes: 0 nothing in the way, 1 findings, 2 wrong usage, 3 could not finish
or unknown
`;

/** `gomusl verify FILE…`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const flags = parseFlags('verify', words, shapes);
  if (flags.values.get('help') === 'true') {
    process.stdout.write(help);
    return exitCode.clean;
  }
  const format = oneOf(flags, 'format', ['text', 'json'] as const, 'text');
  const failOn = oneOf(flags, 'fail-on', thresholds, 'error');
  if (flags.rest.length === 0) {
    throw new Failure(exitCode.usage, 'no file is named', '', 'run gomusl verify FILE…');
  }
  const result = verifyExecutables(flags.rest.map(readNamed), rules, version);
  const text = format === 'json' ? toJson(result) : verifyText(result);
  const output = flags.values.get('output');
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
  return codeOf(result, failOn);
}

/** The file keeps the name that it was given. */
function readNamed(path: string): ExecutableView {
  try {
    return { ...readExecutable(resolve(path), disk), path };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof Failure) throw new Failure(error.code, error.message, path, error.action);
    if (typeof code !== 'string') throw error;
    throw new Failure(exitCode.unfinished, `the file cannot be read (${code})`, path, 'make it readable');
  }
}

function codeOf(result: Result, failOn: Threshold): ExitCode {
  const severities = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : [];
  if (result.findings.some(({ severity }) => severities.includes(severity))) return exitCode.findings;
  if (failOn === 'blocked' && result.verdict === 'blocked') return exitCode.findings;
  return result.runs.some(({ verdict }) => verdict === 'unknown') ? exitCode.unfinished : exitCode.clean;
}
