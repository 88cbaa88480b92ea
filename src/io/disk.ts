import { closeSync, openSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { notice } from './asked.ts';
import type { Files } from './files.ts';

function missing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The status of what a path leads to; undefined when there is nothing, also where a folder on the way is a file. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (missing(error)) return undefined;
    throw error;
  }
}

/** What `use` makes of an open file; null when there is none. */
function withDescriptor<T>(path: string, use: (descriptor: number) => T): T | null {
  notice('file', path);
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (missing(error)) return null;
    throw error;
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The real disk. What is asked of it can be recorded, see asked.ts. */
export const disk: Files = {
  read(path) {
    notice('file', path);
    try {
      return readFileSync(path);
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
  },
  size(path) {
    notice('file', path);
    const status = statusOf(path);
    return status?.isFile() ? status.size : null;
  },
  readRange(path, offset, length) {
    return withDescriptor(path, (descriptor) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, offset));
    });
  },
  modified(path) {
    notice('file', path);
    return statusOf(path)?.mtimeMs ?? null;
  },
  readInto(path, buffer) {
    return withDescriptor(path, (descriptor) => {
      let length = 0;
      // A regular file gives all it has at once; only the end of the file ends the reading.
      for (;;) {
        const read = readSync(descriptor, buffer, length, buffer.length - length, null);
        length += read;
        if (read === 0 || length === buffer.length) return length;
      }
    });
  },
  exists(path) {
    notice('presence', path);
    return statusOf(path) !== undefined;
  },
  isDirectory(path) {
    notice('folder', path);
    return statusOf(path)?.isDirectory() ?? false;
  },
  list(path) {
    notice('names', path);
    try {
      return readdirSync(path).sort();
    } catch (error) {
      if (missing(error)) return null;
      throw error;
    }
  },
};
