import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * Reads one of the tables of data/ that are needed at run time. The folder stands at the same place beside src/ and
 * beside dist/, in the repository as in the package.
 */
export function readTable(name: `${string}.yaml`): unknown {
  return parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'));
}

/** Text of a generated table of the libc room, which stands in `libc/generated` beside this room. */
export function readLibcTable(name: string): string {
  return readFileSync(new URL(`../libc/generated/${name}.json`, import.meta.url), 'utf8');
}

/** Text of a header of ours that stands in for one of glibc's; beside src/io and dist/io, at the same place. */
export function readOwnHeader(name: string): string {
  return readFileSync(new URL(`../build/headers/${name}`, import.meta.url), 'utf8');
}

/** Text of a C file of ours that is linked into programs; beside src/io and dist/io, at the same place. */
export function readShim(name: string): string {
  return readFileSync(new URL(`../build/shims/${name}`, import.meta.url), 'utf8');
}
