import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atEnd } from './ending.ts';

/** Folders that one run makes for itself and removes again. */
export interface Scratch {
  /** Makes an empty folder of its own; the name begins with the prefix. */
  folder(prefix: string): string;
  /** Writes a file in such a folder, and the folders on the way to it. */
  write(path: string, content: string | Uint8Array, mode?: number): void;
  /** Removes a folder and what is in it; one that is gone is no error. */
  remove(folder: string): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Scratch folders among the machine's temporary files; those that are left when a signal ends the process go too. */
export function diskScratch(): Scratch {
  const folders = new Set<string>();
  const onSignal = (signal: NodeJS.Signals) => {
    for (const folder of [...folders]) remove(folder);
    listen(false);
    process.kill(process.pid, signal);
  };
  const listen = (on: boolean) => {
    for (const signal of signals) process[on ? 'on' : 'off'](signal, onSignal);
  };
  atEnd(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const remove = (folder: string) => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    if (folders.delete(folder) && folders.size === 0) listen(false);
  };
  return {
    folder(prefix) {
      const folder = mkdtempSync(join(tmpdir(), prefix));
      if (folders.size === 0) listen(true);
      folders.add(folder);
      return folder;
    },
    write(path, content, mode) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      if (mode !== undefined) chmodSync(path, mode);
    },
    remove,
  };
}
