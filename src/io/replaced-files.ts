import type { Files } from './files.ts';

/** The files of a disk with other bytes in place of some, by absolute path; files that are only there are added. */
export function replacedFiles(files: Files, contents: ReadonlyMap<string, Uint8Array>): Files {
  return {
    ...files,
    read: (path) => contents.get(path) ?? files.read(path),
    size: (path) => contents.get(path)?.length ?? files.size(path),
    readRange: (path, offset, length) =>
      contents.get(path)?.subarray(offset, offset + length) ?? files.readRange(path, offset, length),
    readInto(path, buffer) {
      const content = contents.get(path);
      if (content === undefined) return files.readInto(path, buffer);
      const part = content.subarray(0, buffer.length);
      buffer.set(part);
      return part.length;
    },
    exists: (path) => contents.has(path) || files.exists(path),
  };
}
