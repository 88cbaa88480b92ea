import { demangle } from '../elf/demangle.ts';

/** How linkers write a C++ name: LLVM's `>>`, or GNU's `> >`. */
export type Spelling = 'llvm' | 'gnu';

/** A symbol as the linker prints it; C++ names that are not understood stay as they are. */
export function printedName(symbol: string, spelling: Spelling): string {
  const name = demangle(symbol);
  if (name === null) return symbol;
  return spelling === 'llvm' ? name : gnuSpelling(name);
}

/** GNU keeps closing brackets apart, and `operator<` from the template arguments behind it. */
function gnuSpelling(name: string): string {
  return name
    .replace(/operator(?:<=>|>>=|>>|->\*?|>=)|>(?=>)/g, (found) => (found === '>' ? '> ' : found))
    .replace(/operator(?:<<(?=<)|<(?=[^<=(]))/g, (found) => `${found} `)
    .replaceAll('std::nullptr_t', 'decltype(nullptr)');
}
