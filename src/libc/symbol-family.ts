import { readLibcTable } from '../io/data.ts';

/** What is known of a group of symbols that objects built for glibc leave undefined. data/symbol-families.yaml. */
export interface SymbolFamily {
  id: string;
  /** One sentence. */
  meaning: string;
  /** Name of the shim that defines the symbol; null when there is none. */
  shim: string | null;
  /** Name of the library, built for musl, that brings it; null when there is none. */
  recipe: string | null;
  /** Part of the compiler that brings it; null when none does. */
  provider: 'unwinder' | 'c++' | null;
  /** musl's libc.a has these symbols, with the meaning that such objects expect. */
  present: boolean;
  /** Why there is neither, one sentence; null when there is. */
  refused: string | null;
  /** Architectures on which the shim is right; null when on all. */
  goarch: string[] | null;
  /** What the shim does not do, one sentence; null when nothing is known. */
  limit: string | null;
  /** Headers of glibc that come with the library. */
  headers: string[];
  /** Symbols listed one by one; empty for a pattern. */
  symbols: string[];
  /** For a shim that only forwards: symbol to the musl function that does the same. */
  forwards: Record<string, string>;
}

interface Entry extends Partial<Omit<SymbolFamily, 'id' | 'meaning'>> {
  id: string;
  meaning: string;
  pattern?: string;
}

interface Loaded {
  families: SymbolFamily[];
  byName: Map<string, SymbolFamily>;
  patterns: { expression: RegExp; family: SymbolFamily; order: number }[];
  order: Map<SymbolFamily, number>;
}

let loaded: Loaded | undefined;

function load(): Loaded {
  if (loaded) return loaded;
  const families = JSON.parse(readLibcTable('symbol-families')) as Entry[];
  const fresh: Loaded = { families: [], byName: new Map(), patterns: [], order: new Map() };
  for (const [order, entry] of families.entries()) {
    const forwards = entry.forwards ?? {};
    const family: SymbolFamily = {
      id: entry.id,
      meaning: entry.meaning,
      shim: entry.shim ?? null,
      recipe: entry.recipe ?? null,
      provider: entry.provider ?? null,
      present: entry.present ?? false,
      refused: entry.refused ?? null,
      goarch: entry.goarch ?? null,
      limit: entry.limit ?? null,
      headers: entry.headers ?? [],
      symbols: [...(entry.symbols ?? []), ...Object.keys(forwards)],
      forwards,
    };
    fresh.families.push(family);
    fresh.order.set(family, order);
    for (const name of family.symbols) if (!fresh.byName.has(name)) fresh.byName.set(name, family);
    if (entry.pattern !== undefined) {
      fresh.patterns.push({ expression: new RegExp(`^(?:${entry.pattern})$`), family, order });
    }
  }
  loaded = fresh;
  return fresh;
}

/** Symbols longer than this are matched by name alone: patterns would cost too much on hostile input. */
const longestMatched = 4096;

/** The family of an undefined symbol; null when it is none of glibc's or of a compiler's that is known. */
export function symbolFamily(symbol: string): SymbolFamily | null {
  const { byName, patterns, order } = load();
  const named = byName.get(symbol);
  if (symbol.length > longestMatched) return named ?? null;
  const limit = named ? (order.get(named) ?? 0) : Number.POSITIVE_INFINITY;
  const matched = patterns.find((one) => one.order < limit && one.expression.test(symbol));
  return matched?.family ?? named ?? null;
}

/** All families, in file order. */
export function symbolFamilies(): SymbolFamily[] {
  return load().families;
}

/** Symbols that shims define on an architecture: symbol to the shim's name. */
export function shimSymbols(goarch: string): Map<string, string> {
  const symbols = new Map<string, string>();
  for (const { shim, goarch: only, symbols: listed } of load().families) {
    if (shim === null || (only !== null && !only.includes(goarch))) continue;
    for (const name of listed) symbols.set(name, shim);
  }
  return symbols;
}

/** Name of the library, built for musl, that brings a header of glibc's; null when none does. */
export function libraryOfHeader(header: string): string | null {
  return load().families.find(({ headers }) => headers.includes(header))?.recipe ?? null;
}
