import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { atEnd } from './ending.ts';
import type { Processes } from './processes.ts';

/** Bytes of a stream that are kept; what comes after is read and dropped. A large `go list` prints 30 MB. */
const largestOutput = 1024 * 1024 * 1024;

/** Ends a child and all that it started: it leads a process group of its own. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Whether a process has ended; a zombie has. Null where the machine has no /proc. */
function hasEnded(pid: number): boolean | null {
  if (!existsSync('/proc/self/stat')) return null;
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** Milliseconds for a child to end in good order when we end: it may have temporary files of its own. */
const orderlyEnd = 1000;

/** Ends a child for good, now: nothing of it runs when this returns, so that its folders can be removed. */
function endNow(child: ChildProcess): void {
  if (child.pid === undefined) return;
  endGroup(child, 'SIGTERM');
  const until = Date.now() + orderlyEnd;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (Date.now() < until && hasEnded(child.pid) === false) Atomics.wait(cell, 0, 0, 5);
  endGroup(child, 'SIGKILL');
}

function collect(stream: NodeJS.ReadableStream | null, echo: NodeJS.WriteStream | null, most: number): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    echo?.write(chunk);
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Real child processes. */
export const children: Processes = {
  run(command, options) {
    return new Promise((resolve, reject) => {
      const [file = '', ...args] = command;
      const child = spawn(file, args, {
        cwd: options.cwd,
        env: options.env as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', options.stderr === 'inherit' ? 'inherit' : 'pipe'],
        detached: true,
      });
      const forget = atEnd(() => endNow(child));
      const abort = () => endGroup(child, 'SIGTERM');
      options.signal?.addEventListener('abort', abort, { once: true });
      let timedOut = false;
      const timer =
        options.timeout === undefined
          ? undefined
          : setTimeout(() => {
              timedOut = true;
              endGroup(child, 'SIGKILL');
            }, options.timeout);
      const most = options.longestOutput ?? largestOutput;
      const stdout = collect(child.stdout, null, most);
      const stderr = collect(child.stderr, options.stderr === 'both' ? process.stderr : null, most);
      const ended = () => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', abort);
        forget();
      };
      child.on('error', (error) => {
        ended();
        reject(error);
      });
      child.on('close', (code, signal) => {
        ended();
        resolve({ code, signal, stdout: stdout(), stderr: stderr(), timedOut });
      });
    });
  },
};
