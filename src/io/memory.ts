import type { Files } from './files.ts';
import type { Scratch } from './scratch.ts';

/** The in-memory twin of the disk: a map of absolute path to text or bytes. */
export function memoryFiles(content: Record<string, string | Uint8Array>): Files {
  const encoder = new TextEncoder();
  const isDirectory = (path: string) => Object.keys(content).some((name) => name.startsWith(`${path}/`));
  const read = (path: string) => {
    const value = content[path];
    if (value === undefined) return null;
    return typeof value === 'string' ? encoder.encode(value) : value;
  };
  return {
    read,
    size: (path) => read(path)?.length ?? null,
    readRange: (path, offset, length) => read(path)?.subarray(offset, offset + length) ?? null,
    modified: (path) => (read(path) === null ? null : 0),
    readInto(path, buffer) {
      const bytes = read(path)?.subarray(0, buffer.length);
      if (bytes === undefined) return null;
      buffer.set(bytes);
      return bytes.length;
    },
    exists: (path) => content[path] !== undefined || isDirectory(path),
    isDirectory,
    list(path) {
      if (!isDirectory(path)) return null;
      const inside = Object.keys(content).filter((name) => name.startsWith(`${path}/`));
      return [...new Set(inside.map((name) => name.slice(path.length + 1).split('/')[0] ?? ''))].sort();
    },
  };
}

/** The in-memory twin of scratch folders: what is written goes into `content`, and out of it when it is removed. */
export function memoryScratch(content: Record<string, string | Uint8Array>): Scratch {
  let count = 0;
  const remove = (folder: string) => {
    for (const name of Object.keys(content)) if (name.startsWith(`${folder}/`)) delete content[name];
  };
  return {
    folder(prefix) {
      count += 1;
      return `/scratch/${prefix}${count}`;
    },
    write(path, bytes) {
      content[path] = bytes;
    },
    remove,
  };
}
