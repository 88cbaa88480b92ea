import type { ProcessResult } from '../io/processes.ts';
import type { TrialRun } from '../model/executable.ts';

const mostLines = 8;
const longestTail = 2000;
const mostMissing = 10;
/** Exit codes by which `chroot` says that it could not start the program, as POSIX has them for `env`. */
const couldNot = { run: 126, find: 127 };

/** What a start of the program `/app` under chroot showed. */
export function trialRun(root: TrialRun['root'], result: ProcessResult, milliseconds: number): TrialRun {
  const tail = result.stderr.slice(-longestTail).split('\n').slice(-mostLines).join('\n').trim();
  const refused =
    (result.code === couldNot.run || result.code === couldNot.find) &&
    /^\S*chroot: (failed to run command|[‘'"]?\/app[’'"]?:)/m.test(result.stderr);
  return {
    root,
    outcome: refused ? 'not-started' : result.timedOut ? 'still-running' : result.signal === null ? 'exited' : 'killed',
    code: refused || result.timedOut ? null : result.code,
    signal: result.timedOut ? null : result.signal,
    milliseconds,
    // What chroot says behind the last colon: `Exec format error`.
    stderr: refused ? (tail.split(': ').at(-1) ?? '') : tail,
    missing: refused ? [] : missingFiles(`${result.stderr}\n${result.stdout}`),
  };
}

/** Files that the program says it did not find, as Go and C word it; sorted, each once. */
export function missingFiles(output: string): string[] {
  const text = output.slice(0, 1_000_000);
  const found = [...text.matchAll(/(\/[\w@%+=.,~/-]*[\w/-])["'’]?: [Nn]o such file or directory/g)].map(
    ([, path]) => path ?? '',
  );
  return [...new Set(found)].sort().slice(0, mostMissing);
}
