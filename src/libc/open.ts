import type { LibcRef } from '../model/target.ts';
import { table } from './columns.ts';
import { exportsSymbol } from './exports.ts';
import { headerFact } from './header-fact.ts';
import type { Libc } from './libc.ts';
import { recordedIndex } from './libc-ref.ts';
import { macroDefined, nameFacts } from './name-facts.ts';
import { symbolFact } from './symbol-fact.ts';

export { knownLibcs, libcNames, parseLibcRef } from './libc-ref.ts';

/**
 * Queries on one musl against glibc 2.31 to 2.43. Nothing is read before the first question. A version that was not
 * recorded is answered from the next newer one and the ranges of data/libc.
 */
export function openLibc(ref: LibcRef): Libc {
  const build = { ref, index: recordedIndex(ref) };
  return {
    ref,
    header: (name) => headerFact(name, build),
    names: (name) => nameFacts(name, build),
    library(name) {
      const fact = table('libraries').get(name)[0];
      if (fact === undefined) return undefined;
      if (fact === 'empty-not-debian') return ref.flavor === 'debian' ? 'absent' : 'empty';
      return fact === 'empty' ? 'empty' : 'absent';
    },
    exports: (symbol, goarch) => exportsSymbol(symbol, build, goarch),
    symbol: symbolFact,
    macroKnown: (name) => macroDefined(name, build),
  };
}
