import { resolve } from 'node:path';
import { readExecutable } from '../elf/executable.ts';
import { disk } from '../io/disk.ts';
import type { ExecutableView } from '../model/executable.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { toJson } from '../report/json.ts';
import { verifyText } from '../report/verify-text.ts';
import { rules } from '../rules/index.generated.ts';
import { verifyExecutables } from '../verify/verify-executables.ts';
import { outputShapes, readOutputOptions } from './check-options.ts';
import { emitText } from './emit.ts';
import { type FlagShape, parseFlags } from './flags.ts';
import { resultCode } from './result-code.ts';
import { version } from './version.ts';

const shapes: Record<string, FlagShape> = { ...outputShapes, help: 'boolean' };

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
  const options = readOutputOptions(flags, process.cwd());
  if (flags.rest.length === 0) {
    throw new Failure(exitCode.usage, 'no file is named', '', 'run gomusl verify FILE…');
  }
  const result = verifyExecutables(flags.rest.map(readNamed), rules, version);
  emitText(options.format === 'json' ? toJson(result) : verifyText(result), options.output);
  // What is wrong with a file that is built already, no build takes care of.
  return resultCode(result, options.failOn, false);
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
