import { type ExitCode, exitCode, Failure } from '../model/failure.ts';
import { escapeText } from '../report/escape.ts';

/** What the machine refuses, and what a person can do about it. */
const refusals: Record<string, [what: string, action: string]> = {
  ENOSPC: ['the disk is full', 'make room'],
  EDQUOT: ['the disk quota is used up', 'make room'],
  EROFS: ['the file system cannot be written to', 'name another folder'],
  EACCES: ['a file may not be opened', 'change who may read or write it'],
  EPERM: ['a file may not be changed', 'change who may write it'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n)'],
  ENFILE: ['too many files are open on this machine', 'try again later'],
};

/** The line for an error of the operating system that is no fault of ours; null for any other. */
function systemLine(error: unknown): string | null {
  const { code = '', path, dest, syscall } = error as NodeJS.ErrnoException & { dest?: string };
  // Node answers ENOENT where a file system that cannot be written lacks the folder above.
  if (error instanceof Error && syscall === 'mkdir' && /^(ENOENT|ENOTDIR|EEXIST)$/.test(code)) {
    return `the folder cannot be made: ${path}; make it possible, or name another by XDG_CACHE_HOME`;
  }
  const refusal = error instanceof Error && Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  if (!refusal) return null;
  const where = dest ?? path;
  return `${refusal[0]}${where === undefined ? '' : `: ${where}`}; ${refusal[1]}`;
}

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
  const line = systemLine(error);
  if (line !== null) {
    write(`gomusl: ${escapeText(line)}\n`);
    return exitCode.unfinished;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(`gomusl: this is a fault of gomusl itself; please report it with the lines below\n${stack}\n`);
  return exitCode.unfinished;
}
