import { createHash } from 'node:crypto';
import { watchedCalls } from './calls.generated.ts';
import { readHeader } from './header.ts';

/** What makes a Go file matter by more than its header: directives of the linker, functions that C calls. */
const weighty = ['cgo_import_dynamic', 'go:linkname', '//export '].map((word) => Buffer.from(word));

/**
 * A digest of all that a check can read off a Go file: files with equal digests are judged alike. Null for a file of
 * which more than its constraint, package and imports matters: of two such files only the bytes say that they are alike.
 */
export function plainGoDigest(path: string, bytes: Uint8Array): string | null {
  // Tests are no part of a build.
  if (path.endsWith('_test.go')) return 'test';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (weighty.some((word) => buffer.includes(word))) return null;
  const { packageName, imports, constraint, problem } = readHeader(bytes);
  if (problem !== null || imports.some((one) => one.path === 'C')) return null;
  const watched = imports.flatMap((one) => watchedCalls[one.path] ?? []);
  if (watched.some((name) => buffer.includes(name))) return null;
  const told = [packageName, constraint, imports.map((one) => one.path)];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}
