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

/** Scratch folders among the machine's temporary files; those that are left when the process ends go too. */
export function diskScratch(): Scratch {
  const folders = new Set<string>();
  const remove = (folder: string) => {
    // A child that is ending may still write into it: that is tried again.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    folders.delete(folder);
  };
  atEnd(() => {
    for (const folder of [...folders]) remove(folder);
  });
  return {
    folder(prefix) {
      const folder = mkdtempSync(join(tmpdir(), prefix));
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
