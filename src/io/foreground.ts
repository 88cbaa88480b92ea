import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { atEnd, passSignals } from './ending.ts';

/**
 * Runs a command as if it stood in our place: with our streams, terminal and process group. Gives its exit code; 128 and
 * the signal's number where a signal ended it, as a shell has it. A signal that reaches us is passed on, and we end when
 * the command does. Rejects with ENOENT or EACCES when it cannot be started.
 */
export function runInForeground(command: string[], env: Record<string, string | undefined>): Promise<number> {
  return new Promise((resolve, reject) => {
    const [file = '', ...args] = command;
    const child = spawn(file, args, { env: env as NodeJS.ProcessEnv, stdio: 'inherit' });
    const forget = atEnd(() => child.kill('SIGTERM'));
    const release = passSignals((signal) => {
      // Ctrl-C reaches all that run in a terminal by itself: a second one would mean more.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
    const ended = () => {
      forget();
      release();
    };
    child.on('error', (error) => {
      ended();
      reject(error);
    });
    child.on('close', (code, signal) => {
      ended();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
