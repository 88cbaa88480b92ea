import { readLibcTable } from '../io/data.ts';

/**
 * The generated tables beside this file (`generated/*.json`, made from data/libc by scripts/generate-libc.ts).
 * Names that share one fact stand together: `[fact, names between commas]`. Each table is read when first asked.
 */
export type Column = [fact: string, names: string][];

/** Builds of musl whose libc.a and headers were recorded, in the order of the letters in a fact's `states`. */
export const recordedBuilds = ['1.2.3', '1.2.3-debian', '1.2.5', '1.2.5-debian', '1.2.6', '1.2.6-debian'] as const;

/**
 * Tables of `generated/`, by kind of query. A fact's fields are joined by semicolons:
 * - functions, macros, types: kind letter (`f v m c t`); glibc headers by `|`; glibc visibility; musl headers by `|`;
 *   musl visibility, that of 1.2.3 after `|` where it differs; since; removed; a letter a build (`d` declared, `u` undeclared, `x` unexported, `a` absent);
 *   flags (`6` LFS64, `!` type, layout or value differs from glibc's); library of glibc;
 * - headers: owner letter (`l k c`); `1` when glibc has it; since; removed; `+` or `-` when Debian adds or drops it;
 * - libraries: `empty`, `empty-not-debian` or `absent`;
 * - symbols: category; library of glibc; since; removed; `1` when the compiler provides it;
 * - exports: a letter a build (`*` every architecture, `a` amd64 only, `r` arm64 only, `-` none);
 * - musl-macros: header; a letter a build (`*` or `-`).
 */
export type TableName =
  | 'functions'
  | 'macros'
  | 'types'
  | 'headers'
  | 'libraries'
  | 'symbols'
  | 'exports'
  | 'musl-macros';

/** Facts of a table by name. */
export interface Table {
  /** Facts of a name, in file order; empty when the table has none. */
  get(name: string): string[];
  names(): Iterable<string>;
}

/** Questions after which an index pays: it takes some milliseconds, a search through the text some hundredths. */
const searches = 100;

const separator = /[,"\n]/;

/** Searches the text of a table: each line reads `["FACT",",NAME,NAME,"],`. */
function search(text: string, name: string): string[] {
  const facts: string[] = [];
  const needle = `,${name},`;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const start = text.lastIndexOf('\n', at) + '\n["'.length;
    facts.push(text.slice(start, text.indexOf('"', start)));
  }
  return facts;
}

function index(text: string): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  for (const [fact, names] of JSON.parse(text) as Column) {
    for (const name of names.slice(1, -1).split(',')) {
      const list = facts.get(name);
      if (list) list.push(fact);
      else facts.set(name, [fact]);
    }
  }
  return facts;
}

/** A table over the text of its file. */
export function openTable(text: string): Table {
  let asked = 0;
  let indexed: Map<string, string[]> | null = null;
  const all = () => {
    indexed ??= index(text);
    return indexed;
  };
  return {
    get(name) {
      if (separator.test(name)) return [];
      asked++;
      return indexed || asked > searches ? (all().get(name) ?? []) : search(text, name);
    },
    names: () => all().keys(),
  };
}

const opened = new Map<TableName, Table>();

/** A table; its file is read when it is first asked for. */
export function table(name: TableName): Table {
  const known = opened.get(name);
  if (known) return known;
  const fresh = openTable(readLibcTable(name));
  opened.set(name, fresh);
  return fresh;
}
