import {
  closeSync,
  constants,
  copyFile,
  copyFileSync,
  fchmodSync,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sha256 } from './sha256.ts';
import type { TreeEntry } from './trees.ts';

/** Files that Node's pool of threads copies beside the main thread: on two processors more only wait. */
const inPool = 2;
/** Files between two looks at what the pool has done. */
const perTurn = 4;
/** Files up to this size are read at once into one buffer. */
const bufferSize = 1 << 20;

/**
 * Copies the files among the entries, with modes and times of change, into folders that exist and lack them; gives the
 * SHA-256 (hex) of each. Clones where the file system can. Most files are small, so the calls to the system are what
 * takes time: the main thread reads, hashes and writes each file in one go, and the pool works through the list from
 * its end. Rejects with the first error, when the pool has ended.
 */
export async function copyFiles(
  entries: TreeEntry[],
  from: string,
  to: string,
  progress: (done: number) => void,
): Promise<Map<string, string>> {
  const paths = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const hashes = new Map<string, string>();
  const copyOne = paths[0] !== undefined && clones(`${from}/${paths[0]}`, `${to}/${paths[0]}`) ? clone : rewrite;
  const buffer = Buffer.allocUnsafe(bufferSize);
  let front = 0;
  let back = paths.length;
  const keep = (path: string, hash: string) => {
    hashes.set(path, hash);
    progress(hashes.size);
  };
  let failure: unknown = null;
  const pool = Array.from({ length: inPool }, async () => {
    try {
      while (front < back && failure === null) {
        const path = paths[--back] as string;
        await copyInPool(`${from}/${path}`, `${to}/${path}`);
        keep(path, sha256(readFileSync(`${to}/${path}`)));
      }
    } catch (error) {
      failure ??= error;
    }
  });
  try {
    for (let done = 1; front < back && failure === null; done++) {
      const path = paths[front++] as string;
      keep(path, copyOne(`${from}/${path}`, `${to}/${path}`, buffer));
      if (done % perTurn === 0) await nextTurn();
    }
  } catch (error) {
    failure ??= error;
  }
  // Nothing may be under way any more when the caller clears up.
  await Promise.all(pool);
  if (failure !== null) throw failure;
  return hashes;
}

/** Whether the file system makes clones: tried on one file. */
function clones(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(to, { force: true });
  }
}

function clone(from: string, to: string): string {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  const { atime, mtime } = statSync(from);
  utimesSync(to, atime, mtime);
  return sha256(readFileSync(to));
}

function rewrite(from: string, to: string, buffer: Buffer): string {
  const source = openSync(from, 'r');
  try {
    const { mode, size, atime, mtime } = fstatSync(source);
    const content = size <= buffer.length ? readSmall(source, size, buffer) : readFileSync(source);
    const target = openSync(to, 'wx', mode & 0o7777);
    try {
      for (let written = 0; written < content.length; ) written += writeSync(target, content, written);
      if ((mode & 0o7777 & process.umask()) !== 0) fchmodSync(target, mode & 0o7777);
      futimesSync(target, atime, mtime);
    } finally {
      closeSync(target);
    }
    return sha256(content);
  } finally {
    closeSync(source);
  }
}

function readSmall(file: number, size: number, buffer: Buffer): Buffer {
  let length = 0;
  while (length < size) {
    const read = readSync(file, buffer, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

function copyInPool(from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    copyFile(from, to, constants.COPYFILE_FICLONE, (error) => {
      if (error !== null) return reject(error);
      try {
        const { atime, mtime } = statSync(from);
        utimesSync(to, atime, mtime);
        resolve();
      } catch (problem) {
        reject(problem);
      }
    });
  });
}
