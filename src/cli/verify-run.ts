import { chmodSync, constants, copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import type { ProcessResult } from '../io/processes.ts';
import { diskScratch } from '../io/scratch.ts';
import type { TrialRun } from '../model/executable.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { commandPath } from '../toolchain/candidates.ts';
import { trialRun } from '../verify/start.ts';

/** Milliseconds for the question whether a way to an empty root is open. */
const probeTime = 5_000;

/** Words that make a folder the root of what they start, best first. */
function ways(): ((folder: string) => string[])[] {
  // `chroot` often lies where only root looks for commands.
  const environment = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` };
  const [unshare, chroot] = ['unshare', 'chroot'].map((name) => commandPath(name, environment, disk));
  if (!chroot) return [];
  const asRoot = (folder: string) => [chroot, folder];
  return unshare ? [(folder) => [unshare, '-r', chroot, folder], asRoot] : [asRoot];
}

/**
 * Starts a program with nothing around it: a root with no other file, no environment, no input. Where no such root is
 * to be had, an empty folder and no environment, which is told in the result. It is ended at the time limit.
 */
export async function startAlone(path: string, words: string[], milliseconds: number): Promise<TrialRun> {
  const scratch = diskScratch();
  const folder = scratch.folder('gomusl-run-');
  try {
    const copy = join(folder, 'app');
    copyFileSync(resolve(path), copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, 0o755);
    const way = await openWay();
    const command = way === null ? [copy, ...words] : [...way(folder), '/app', ...words];
    const started = performance.now();
    const result = await children.run(command, { cwd: folder, env: {}, timeout: milliseconds }).catch(notStarted);
    return trialRun(way === null ? 'empty-folder' : 'empty-root', result, Math.round(performance.now() - started));
  } finally {
    scratch.remove(folder);
  }
}

async function openWay(): Promise<((folder: string) => string[]) | null> {
  for (const way of ways()) {
    const probe = [...way('/'), commandPath('true', process.env, disk) ?? '/bin/true'];
    const result = await children.run(probe, { cwd: '/', env: {}, timeout: probeTime }).catch((): null => null);
    if (result?.code === 0) return way;
  }
  return null;
}

/** A program that cannot be started at all in the folder: told as chroot would tell it. */
function notStarted(error: NodeJS.ErrnoException): ProcessResult {
  const texts: Record<string, string> = { ENOENT: 'No such file or directory', ENOEXEC: 'Exec format error' };
  if (error.code === undefined) throw error;
  const stderr = `chroot: '/app': ${texts[error.code] ?? error.code}`;
  return { code: 127, signal: null, stdout: '', stderr, timedOut: false };
}

/** `--timeout` in milliseconds. */
export function readTimeLimit(text: string | undefined): number {
  const seconds = Number(text ?? '10');
  if (seconds > 0 && seconds <= 3600) return seconds * 1000;
  throw new Failure(exitCode.usage, '--timeout has an unknown value', text ?? '', 'give seconds, up to 3600');
}
