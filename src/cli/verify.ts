import { resolve } from 'node:path';
import { readExecutable } from '../elf/executable.ts';
import { disk } from '../io/disk.ts';
import { startsHere } from '../io/host-architecture.ts';
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
import { readSbom, withModules } from './verify-evidence.ts';
import { readTimeLimit, startAlone } from './verify-run.ts';
import { version } from './version.ts';

const shapes: Record<string, FlagShape> = {
  ...outputShapes,
  run: 'boolean',
  timeout: 'value',
  sbom: 'boolean',
  help: 'boolean',
};

const help = `Usage: gomusl verify FILE… [flags]
       gomusl verify FILE --run [--timeout SECONDS] [-- ARGUMENTS]
       gomusl verify FILE --sbom

Says of executables whether they are static, and which libc is inside, by the
signs that each file shows. What is wrong is blamed on the module that brought
it, where the module's files are here. Nothing is run without --run.

  --run                  start it in an empty root (an empty folder where there
                         is none to be had), without environment and input
  --timeout SECONDS      end it then (default 10); still running is no fault
  --sbom                 print what is in it as CycloneDX 1.6: modules, std, the
                         libc, C code by module, with the licence files found
  --format text|json     --output FILE writes there instead of stdout
  --fail-on LEVEL        error (default), warning, blocked or never

Exit codes: 0 nothing in the way, 1 findings, 2 wrong usage, 3 could not finish
or unknown
`;

/** `gomusl verify FILE…`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const end = words.includes('--run') || words.includes('-run') ? words.indexOf('--') : -1;
  const flags = parseFlags('verify', end < 0 ? words : words.slice(0, end), shapes);
  if (flags.values.get('help') === 'true') {
    process.stdout.write(help);
    return exitCode.clean;
  }
  const options = readOutputOptions(flags, process.cwd());
  const runs = flags.values.get('run') === 'true';
  const lists = flags.values.get('sbom') === 'true';
  if (flags.rest.length === 0) {
    throw new Failure(exitCode.usage, 'no file is named', '', 'run gomusl verify FILE…');
  }
  if ((runs || lists) && flags.rest.length > 1) {
    const flag = runs ? '--run' : '--sbom';
    throw new Failure(exitCode.usage, `${flag} takes one file`, flags.rest.join(' '), 'name one at a time');
  }
  const limit = readTimeLimit(flags.values.get('timeout'));
  const views = flags.rest.map((path) => withModules(readNamed(path)));
  const [only] = views;
  if (runs && only !== undefined) {
    only.run = await startAlone(only.path, end < 0 ? [] : words.slice(end + 1), limit);
    if (only.run.outcome === 'not-started' && !startsHere(only.machine)) {
      const what = `the program is for linux/${only.machine}, which this machine does not start`;
      throw new Failure(
        exitCode.unfinished,
        what,
        only.path,
        'use --run there, or start it by an emulator such as qemu',
      );
    }
  }
  const result = verifyExecutables(views, rules, version);
  if (lists && only !== undefined) emitText(`${JSON.stringify(readSbom(only), null, 2)}\n`, options.output);
  else emitText(options.format === 'json' ? toJson(result) : verifyText(result, startsHere), options.output);
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
