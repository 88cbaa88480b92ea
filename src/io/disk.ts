import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import type { Files } from './files.ts';

function missing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The real disk. */
export const disk: Files = {
  read(path) {
    try {
      return readFileSync(path);
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
  },
  size(path) {
    const status = statSync(path, { throwIfNoEntry: false });
    return status?.isFile() ? status.size : null;
  },
  readRange(path, offset, length) {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
    try {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, offset));
    } finally {
      closeSync(descriptor);
    }
  },
  modified(path) {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
  },
  readInto(path, buffer) {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
    try {
      let length = 0;
      // A regular file gives all it has at once; only the end of the file ends the reading.
      for (;;) {
        const read = readSync(descriptor, buffer, length, buffer.length - length, null);
        length += read;
        if (read === 0 || length === buffer.length) return length;
      }
    } finally {
      closeSync(descriptor);
    }
  },
  exists(path) {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  },
  isDirectory(path) {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  },
  list(path) {
    try {
      return readdirSync(path).sort();
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
  },
};
