import { createHash } from 'node:crypto';
import { readTable } from '../io/data.ts';
import type { Files } from '../io/files.ts';
import type { Licence } from '../model/executable.ts';

const fileName = /^(un)?(licen[cs]e|copying|copyright|notice)([-_.].*)?$/i;
/** A licence is short; what is longer is something else. */
const longest = 200_000;
const mostFiles = 20;

/**
 * The licence files of a folder. The SPDX id is given only where the text, without the lines that name the holder, is
 * word for word one of data/licences.yaml, or has an SPDX-License-Identifier line.
 */
export function findLicences(dir: string, files: Files): Licence[] {
  const names = (files.list(dir) ?? []).filter((name) => fileName.test(name) && !name.endsWith('.go'));
  return names.slice(0, mostFiles).flatMap((file) => {
    const size = files.size(`${dir}/${file}`);
    const bytes = size === null || size > longest ? null : files.read(`${dir}/${file}`);
    return bytes === null ? [] : [{ file, spdx: spdxOf(new TextDecoder().decode(bytes)) }];
  });
}

let table: Record<string, string> | null = null;

/** The SPDX id of a licence's text; null unless it is sure. */
export function spdxOf(text: string): string | null {
  const identifier = /^\W*SPDX-License-Identifier:\s*([A-Za-z0-9.+-]+)\s*$/m.exec(text)?.[1];
  if (identifier !== undefined) return identifier;
  table ??= readTable('licences.yaml') as Record<string, string>;
  const digest = licenceDigest(text);
  return Object.hasOwn(table, digest) ? (table[digest] ?? null) : null;
}

/** A digest of the words alone: case, line breaks, lists' marks, the title, holders and years do not change it. */
export function licenceDigest(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/^\W*(copyright\s+(\(c\)|©|\[|\{|<|\d)|\(c\)\s*\d|©|all rights reserved).*$/gm, ' ')
    .replace(/neither the name .*? nor the names/s, 'neither the name nor the names')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(
      /^(the )?(mit|isc|zlib|bsd [23] clause|new bsd|simplified bsd|apache|mozilla public)( license)?( mit)? (?=permission|redistribution|copyright|this software)/,
      '',
    );
  return createHash('sha256').update(words).digest('hex').slice(0, 24);
}
