import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { exitCode, Failure } from '../model/failure.ts';
import type { Result } from '../model/result.ts';
import { toJson } from '../report/json.ts';
import { toText } from '../report/text.ts';
import type { OutputOptions } from './check-options.ts';

/** Writes to a file whole or not at all, or to stdout. */
export function emitText(text: string, output: string | null): void {
  if (output === null) {
    process.stdout.write(text);
    return;
  }
  const temporary = `${output}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, output);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Failure(exitCode.usage, `the result cannot be written (${reason})`, output, 'name another --output');
  }
}

/** Writes a result in the format asked for. */
export function emit(result: Result, options: OutputOptions): void {
  emitText(options.format === 'json' ? toJson(result) : toText(result), options.output);
}
