import { readTable } from '../io/data.ts';

type LibraryKind = 'libc' | 'runtime' | 'unwind' | 'c++';
type SymbolSet = 'runtime' | 'unwind' | 'c++';

interface ZigTable {
  libraries: Record<LibraryKind, string[]>;
  refused: string[];
  symbols: Record<SymbolSet, string>;
}

/** What `zig cc` does with a link line: data/link-zig.yaml. */
export interface Zig {
  /** What zig takes `-lNAME` for; null when it looks for a file. */
  library(name: string): LibraryKind | null;
  /** Whether it stops at a linker flag that it does not know. */
  refuses(flag: string): boolean;
  /** Whether the script by which `gomusl build` calls zig takes it: data/toolchain-arguments.yaml. */
  translates(flag: string): boolean;
  has(set: SymbolSet): (symbol: string) => boolean;
}

let opened: Zig | null = null;

export function zig(): Zig {
  opened ??= open(readTable('link-zig.yaml') as ZigTable);
  return opened;
}

function open(table: ZigTable): Zig {
  const kinds = new Map<string, LibraryKind>();
  for (const [kind, names] of Object.entries(table.libraries)) {
    for (const name of names) kinds.set(name, kind as LibraryKind);
  }
  const refused = table.refused.map((pattern) => new RegExp(pattern));
  const script = readTable('toolchain-arguments.yaml') as { zigLinker: { match?: string; begins?: string }[] };
  const sets = new Map<SymbolSet, Set<string>>();
  return {
    library: (name) => kinds.get(name) ?? null,
    refuses: (flag) => refused.some((pattern) => pattern.test(flag)),
    translates: (flag) =>
      script.zigLinker.some(({ match, begins }) => flag === match || (begins !== undefined && flag.startsWith(begins))),
    has(set) {
      const names = sets.get(set) ?? new Set(table.symbols[set].trim().split(/\s+/));
      sets.set(set, names);
      return (symbol) => names.has(symbol);
    },
  };
}
