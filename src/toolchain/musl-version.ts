import type { Files } from '../io/files.ts';
import type { LibcRef } from '../model/target.ts';

/** A libc.a larger than this is not read. musl's own has 2.5 MB, with debug information up to 15. */
const largestArchive = 64 * 1024 * 1024;

/** musl's version by the string `__libc_version` in its libc.a; null when the archive is not musl's or too large. */
export function muslOfArchive(path: string, files: Files): LibcRef | null {
  const size = files.size(path);
  if (size === null || size > largestArchive) return null;
  const bytes = files.read(path);
  if (!bytes) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!text.startsWith('!<arch>\n') || !text.includes('__libc_version')) return null;
  const version = /(?:^|[\0\n])(\d+\.\d+\.\d+)\0/.exec(text)?.[1];
  if (!version) return null;
  // Debian's patches add the fts functions to libc.a (debian/patches of musl 1.2.3-1); upstream has none.
  return { name: 'musl', version, flavor: text.includes('fts_open\0') ? 'debian' : 'upstream' };
}

/**
 * musl's version by the sources that zig builds it from: `lib/libc/musl/src/internal/version.h`, found beside the
 * folder `lib/libc/include/generic-musl` of its search list. Null when it is not there.
 */
export function muslOfZig(includeDirs: string[], files: Files): LibcRef | null {
  const headers = includeDirs.find((folder) => folder.endsWith('/libc/include/generic-musl'));
  if (!headers) return null;
  const bytes = files.read(`${headers.slice(0, -'/include/generic-musl'.length)}/musl/src/internal/version.h`);
  const version = bytes && /VERSION "(\d+\.\d+\.\d+)"/.exec(new TextDecoder().decode(bytes))?.[1];
  return version ? { name: 'musl', version, flavor: 'upstream' } : null;
}

/** Compares two versions of numbers and dots: negative when `left` is older. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
