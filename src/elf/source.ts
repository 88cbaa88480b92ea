import type { Files } from '../io/files.ts';

/** Bytes that are read piece by piece: a file, a member of an archive, or plain memory. */
export interface Source {
  /** Bytes in all. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Throws Malformed when they do not all exist, or when `length` is beyond the limit. */
  read(offset: number, length: number): Uint8Array;
}

/** What is wrong with the bytes, in words that finish "the file …". Never leaves src/elf. */
export class Malformed extends Error {}

/** No table of an honest file comes near this; a forged one must not take the memory. */
const largestRead = 256 * 1024 * 1024;

function checked(size: number, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size)) throw new Malformed('is cut short');
  if (length > largestRead) throw new Malformed('has a table of more than 256 MiB');
}

export function bytesSource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    read(offset, length) {
      checked(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/**
 * Of files up to `windowed` bytes, such as musl's own, reads of up to `small` bytes are answered from a window: the
 * headers of archive members come in thousands. In a larger file most of a window would be read in vain.
 */
const windowed = 4 * 1024 * 1024;
const small = 4 * 1024;
const windowSize = 64 * 1024;

/** A part of a file, all of it by default. Null when there is no such file. */
export function fileSource(path: string, files: Files, start = 0, length?: number): Source | null {
  const whole = files.size(path);
  if (whole === null) return null;
  const size = Math.max(0, Math.min(length ?? whole, whole - start));
  let from = 0;
  let held: Uint8Array = new Uint8Array(0);
  const fromWindow = (offset: number, count: number): Uint8Array => {
    if (offset < from || offset + count > from + held.length) {
      held = files.readRange(path, start + offset, Math.min(windowSize, size - offset)) ?? new Uint8Array(0);
      from = offset;
    }
    return held.subarray(offset - from, offset - from + count);
  };
  return {
    size,
    read(offset, count) {
      checked(size, offset, count);
      if (count === 0) return new Uint8Array(0);
      const bytes =
        whole <= windowed && count <= small ? fromWindow(offset, count) : files.readRange(path, start + offset, count);
      if (bytes === null || bytes.length !== count) throw new Malformed('is cut short');
      return bytes;
    },
  };
}
