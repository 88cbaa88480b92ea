import { resolve } from 'node:path';
import { disk } from '../io/disk.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Result } from '../model/result.ts';
import { outputShapes, readOutputOptions } from './check-options.ts';
import { emit } from './emit.ts';
import { parseFlags } from './flags.ts';
import { resultCode } from './result-code.ts';
import { validateResult } from './validate-result.ts';

const help = `Usage: gomusl report RESULT.json [--format text|json] [--output FILE] [--fail-on LEVEL]

Tells a saved result of check, build or verify again, in another format, with
the exit code that it had.
`;

/** `gomusl report RESULT.json`: a saved result again. */
export async function run(words: string[]): Promise<number> {
  const parsed = parseFlags('report', words, { ...outputShapes, help: 'boolean' });
  if (parsed.values.get('help') === 'true') {
    process.stdout.write(help);
    return exitCode.clean;
  }
  const [file, ...more] = parsed.rest;
  if (file === undefined || more.length > 0) {
    throw new Failure(
      exitCode.usage,
      'report takes one file',
      parsed.rest.join(' ') || 'nothing given',
      'name a saved JSON result',
    );
  }
  const bytes = disk.read(resolve(file));
  if (!bytes)
    throw new Failure(exitCode.usage, 'no such file', file, 'make one with gomusl check --format json --output FILE');
  const result: Result = validateResult(new TextDecoder().decode(bytes), file);
  const options = readOutputOptions(parsed, process.cwd());
  emit(result, options);
  return resultCode(result, options.failOn, true);
}
