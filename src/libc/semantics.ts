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
  /** Go packages that show it where they work through C. */
  imports: string[];
  /** Another difference whose use in the same package makes this one not worth telling; null when none. */
  impliedBy: string | null;
  /** Shim that takes it away; null when none does. */
  shim: string | null;
  /** Shown by the probe program in fixtures/stubs.c. */
  probe: boolean;
  /** One sentence each. */
  what: string;
  why: string;
  action: string;
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
    const { since = null, until = null, names = [], symbols = [], imports = [], probe = false } = entry;
    const { impliedBy = null, shim = null } = entry;
    return { ...entry, since, until, names, symbols, imports, impliedBy, shim, probe };
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
  return (load().byUse[use].get(name) ?? []).filter(
    ({ since, until }) =>
      (since === null || compareVersions(ref.version, since) >= 0) &&
      (until === null || compareVersions(ref.version, until) < 0),
  );
}

/** All differences, whatever the version. */
export function allSemantics(): Semantics[] {
  return load().all;
}
