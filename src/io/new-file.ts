import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { atEnd } from './ending.ts';

/** A file that is written piece by piece and seen only when it is whole. */
export interface NewFile {
  write(bytes: Uint8Array): void;
  /** Puts it in place of what is there. */
  keep(): void;
  /** Forgets it. Nothing happens when it was kept. */
  drop(): void;
}

/** Begins a file beside the path that it will have. */
export function newFile(path: string): NewFile {
  const half = `${path}.${process.pid}.part`;
  const descriptor = openSync(half, 'w');
  let isOpen = true;
  const drop = () => {
    if (!isOpen) return;
    isOpen = false;
    closeSync(descriptor);
    rmSync(half, { force: true });
    forget();
  };
  const forget = atEnd(drop);
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    },
    keep() {
      fsyncSync(descriptor);
      closeSync(descriptor);
      isOpen = false;
      forget();
      renameSync(half, path);
    },
    drop,
  };
}
