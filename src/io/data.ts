import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Reads one of the tables of data/ that are needed at run time. The build puts each into dist/ as JSON, because to load
 * what reads YAML takes longer than most commands; run from its sources, it reads data/ itself.
 */
export function readTable(name: `${string}.yaml`): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`../data/${name.replace(/yaml$/, 'json')}`, import.meta.url), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
    return parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'));
  }
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
