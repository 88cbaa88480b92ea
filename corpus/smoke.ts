import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Row } from './row.ts';

const folder = new URL('smoke/', import.meta.url);

/** A file that calls a library, and ends the program with status 1 when an answer is wrong. */
export interface Smoke {
  file: string;
  text: string;
}

/**
 * The smoke calls of a library row: a file whose first line is `//smoke PACKAGE` or `//smoke PACKAGE VERSION…`. Null
 * when there are none.
 */
export function smokeOf(row: Row): Smoke | null {
  if (row.kind !== 'library' || !existsSync(folder)) return null;
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const [mark, name, ...versions] = (text.split('\n')[0] ?? '').split(' ');
    if (mark !== '//smoke' || name !== row.package) continue;
    if (versions.length === 0 || versions.includes(row.version)) return { file, text };
  }
  return null;
}
