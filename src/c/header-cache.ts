import type { Files } from '../io/files.ts';
import { flag, lex, type TokenTable } from './lexer.ts';
import { Source } from './source.ts';
import { idOf, kind, Spellings } from './spelling.ts';

/** A file as read and split into tokens once. */
export interface CFile {
  path: string;
  source: Source;
  tokens: TokenTable;
  /** The macro whose `#ifndef` encloses the whole file; 0 when there is none. */
  guard: number;
}

/** Files read and split once a session, for all units that include them. */
export interface HeaderCache {
  spellings: Spellings;
  /** Null when there is no such file, or it is no plain file. */
  open(path: string, cxx: boolean): CFile | null;
  /** A file made of bytes that are no header: not kept. */
  parse(path: string, bytes: Uint8Array, cxx: boolean): CFile;
}

/** Bytes above which a header is not kept for the next unit. */
const keptUpTo = 4 << 20;

export function openHeaderCache(files: Files): HeaderCache {
  const spellings = new Spellings();
  const known = [new Map<string, CFile | null>(), new Map<string, CFile | null>()] as const;
  const parse = (path: string, bytes: Uint8Array, cxx: boolean): CFile => {
    const source = new Source(bytes);
    const tokens = lex(source.bytes, spellings, cxx);
    return { path, source, tokens, guard: guardOf(tokens) };
  };
  return {
    spellings,
    parse,
    open(path, cxx) {
      const map = known[cxx ? 1 : 0];
      const seen = map.get(path);
      if (seen !== undefined) return seen;
      const bytes = files.size(path) === null ? null : files.read(path);
      const file = bytes === null ? null : parse(path, bytes, cxx);
      if (file === null || file.source.bytes.length <= keptUpTo) map.set(path, file);
      return file;
    },
  };
}

const hash = idOf('#');
const words = {
  ifndef: idOf('ifndef'),
  if: idOf('if'),
  ifdef: idOf('ifdef'),
  endif: idOf('endif'),
  not: idOf('!'),
  defined: idOf('defined'),
  open: idOf('('),
};

/** Finds `#ifndef X` (or `#if !defined X`) as the first thing of a file whose `#endif` is the last. */
function guardOf(tokens: TokenTable): number {
  const { id, kind: kinds, flags, directives, count } = tokens;
  if (directives[0] !== 0 || count < 3) return 0;
  let name = 0;
  let at = 1;
  if (id[1] === words.ifndef) at = 2;
  else if (id[1] === words.if && id[2] === words.not && id[3] === words.defined) at = id[4] === words.open ? 5 : 4;
  else return 0;
  if (kinds[at] === kind.identifier) name = id[at] as number;
  const behind = at + (id[4] === words.open && at === 5 ? 2 : 1);
  if (behind < count && ((flags[behind] as number) & flag.first) === 0) return 0;
  let depth = 0;
  for (const index of directives) {
    const word = id[index + 1];
    if (word === words.if || word === words.ifdef || word === words.ifndef) depth++;
    else if (word === words.endif && --depth === 0) {
      let end = index + 1;
      while (end < count && ((flags[end] as number) & flag.first) === 0) end++;
      return end === count ? name : 0;
    } else if (depth === 1 && id[index] === hash && isElse(id[index + 1] as number)) return 0;
  }
  return 0;
}

const elses = new Set([idOf('else'), idOf('elif'), idOf('elifdef'), idOf('elifndef')]);

function isElse(word: number): boolean {
  return elses.has(word);
}
