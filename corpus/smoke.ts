import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Row } from './row.ts';

const folder = new URL('smoke/', import.meta.url);

/** A file that calls a library, and ends the program with status 1 when an answer is wrong. */
export interface Smoke {
  file: string;
  text: string;
}

/** The first lines of a file that say whom it calls: `//smoke PACKAGE` or `//smoke PACKAGE VERSION…`. */
const marks = /^(?:\/\/smoke .+\n)+/;

/**
 * The smoke calls of a library row: of the file that names its package in its first lines. One that names several
 * imports the first of them, for which the row's own is put in. Null when there are none.
 */
export function smokeOf(row: Row): Smoke | null {
  if (row.kind !== 'library' || !existsSync(folder)) return null;
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const called = (marks.exec(text)?.[0] ?? '').split('\n').map((line) => line.split(' ').slice(1));
    const fits = ([name, ...versions]: string[]) =>
      name === row.package && (versions.length === 0 || versions.includes(row.version));
    if (called.some(fits)) return { file, text: text.replaceAll(`"${called[0]?.[0]}"`, `"${row.package}"`) };
  }
  return null;
}
