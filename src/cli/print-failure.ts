import { type ExitCode, exitCode, Failure } from '../model/failure.ts';
import { escapeText } from '../report/escape.ts';

/**
 * Writes one line for a failure that a person can act on, a stack for a fault of our own.
 * Returns the exit code.
 */
export function printFailure(error: unknown, write: (text: string) => void): ExitCode {
  if (error instanceof Failure) {
    const where = error.where === '' ? '' : `: ${escapeText(error.where)}`;
    write(`gomusl: ${escapeText(error.message)}${where}; ${escapeText(error.action)}\n`);
    return error.code;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(`gomusl: this is a fault of gomusl itself; please report it with the lines below\n${stack}\n`);
  return exitCode.unfinished;
}
