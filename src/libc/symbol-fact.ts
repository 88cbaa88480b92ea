import { table } from './columns.ts';
import type { SymbolFact } from './libc.ts';

/** Kind of a symbol that a public header of glibc declares, or a name without leading underscore. */
const publicCategory = 'public';

/** What a symbol is in glibc; undefined when no glibc from 2.31 on has it. */
export function symbolFact(symbol: string): SymbolFact | undefined {
  const reserved = table('symbols').get(symbol)[0]?.split(';') ?? [];
  const named = table('functions').get(symbol)[0]?.split(';') ?? [];
  const library = named[9] ?? reserved[1] ?? '';
  const fromCompiler = reserved[4] === '1';
  if (library === '' && !fromCompiler) return undefined;
  const since = named[5] ?? reserved[2] ?? '';
  const removed = named[6] ?? reserved[3] ?? '';
  return {
    symbol,
    category: reserved[0] ?? publicCategory,
    glibcLibrary: library,
    muslSince: since === '' ? null : since,
    muslRemoved: removed === '' ? null : removed,
    fromCompiler,
  };
}
