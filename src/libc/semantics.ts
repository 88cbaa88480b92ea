import { readLibcTable } from '../io/data.ts';
import type { Severity } from '../model/finding.ts';
import type { LibcRef } from '../model/target.ts';
import { compareVersions } from './libc-ref.ts';

/** Something that works otherwise on musl though it compiles and links. data/semantics.yaml. */
export interface Semantics {
  id: string;
  severity: Severity;
  /** First musl version that has it; null when all have. */
  since: string | null;
  /** First musl version that has it no more; null when the newest has. */
  until: string | null;
  /** C functions and variables whose use shows it. */
  names: string[];
  /** Symbols that show it in an object compiled for glibc, and nowhere else. */
  symbols: string[];
  /** Calls that show it by a text they are given. */
  literals: LiteralSign[];
  /** Go packages that show it where they work through C. */
  imports: string[];
  /** Another difference whose use in the same package makes this one not worth telling; null when none. */
  impliedBy: string | null;
  /** Shim that takes it away; null when none does. */
  shim: string | null;
  /** Whether a program whose objects show it counts as blocked, though it links. */
  blocks: boolean;
  /** Shown by the probe program in fixtures/stubs.c. */
  probe: boolean;
  /** One sentence each. */
  what: string;
  why: string;
  action: string;
}

/** A text in a call that shows a difference. */
export interface LiteralSign {
  names: string[];
  /** Which argument holds the text, from 0. */
  argument: number;
  /** Regular expression over the text, from which `%%` is taken out. */
  pattern: string;
  /** Whether letters count in either case. */
  anyCase?: boolean;
}

/** What a name is: a C function or variable in source, an undefined symbol of an object compiled for glibc, a Go package. */
export type SemanticsUse = 'name' | 'symbol' | 'import';

type Entry = Pick<Semantics, 'id' | 'severity' | 'what' | 'why' | 'action'> & Partial<Semantics>;

let memo: { all: Semantics[]; byUse: Record<SemanticsUse, Map<string, Semantics[]>> } | undefined;

function load() {
  if (memo) return memo;
  const byUse = { name: new Map(), symbol: new Map(), import: new Map() } as Record<
    SemanticsUse,
    Map<string, Semantics[]>
  >;
  const all = (JSON.parse(readLibcTable('semantics')) as Entry[]).map((entry): Semantics => {
    const { since = null, until = null, names = [], symbols = [], imports = [], probe = false, blocks = false } = entry;
    const { impliedBy = null, shim = null, literals = [] } = entry;
    return { ...entry, since, until, names, symbols, literals, imports, impliedBy, shim, probe, blocks };
  });
  for (const one of all) {
    const add = (use: SemanticsUse, keys: string[]) => {
      for (const key of keys) byUse[use].set(key, [...(byUse[use].get(key) ?? []), one]);
    };
    add('name', one.names);
    add('symbol', one.symbols);
    add('import', one.imports);
  }
  memo = { all, byUse };
  return memo;
}

/** What is different on this musl about a use of `name`, in the order of data/semantics.yaml. */
export function semanticsFor(name: string, ref: LibcRef, use: SemanticsUse = 'name'): Semantics[] {
  return (load().byUse[use].get(name) ?? []).filter((one) => holds(one, ref));
}

function holds({ since, until }: Semantics, ref: LibcRef): boolean {
  return (
    (since === null || compareVersions(ref.version, since) >= 0) &&
    (until === null || compareVersions(ref.version, until) < 0)
  );
}

let watched: Map<string, Set<number>> | undefined;

/** Functions whose texts matter, to the arguments that hold them. */
export function literalArguments(): ReadonlyMap<string, ReadonlySet<number>> {
  if (watched) return watched;
  watched = new Map();
  for (const { names, argument } of load().all.flatMap(({ literals }) => literals)) {
    for (const name of names) watched.set(name, (watched.get(name) ?? new Set()).add(argument));
  }
  return watched;
}

/** What is different on this musl about a call with `text` as its argument, each with the piece of the text that shows it. */
export function semanticsOfLiteral(
  name: string,
  argument: number,
  text: string,
  ref: LibcRef,
): { difference: Semantics; piece: string }[] {
  const plain = text.replaceAll('%%', '');
  return load().all.flatMap((difference) => {
    if (!holds(difference, ref)) return [];
    for (const sign of difference.literals) {
      if (sign.argument !== argument || !sign.names.includes(name)) continue;
      const piece = new RegExp(sign.pattern, sign.anyCase === true ? 'i' : '').exec(plain)?.[0];
      if (piece !== undefined) return [{ difference, piece }];
    }
    return [];
  });
}

/** All differences, whatever the version. */
export function allSemantics(): Semantics[] {
  return load().all;
}
