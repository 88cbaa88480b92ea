import type { Unit } from '../model/view.ts';
import type { LinkInput } from './link-inputs.ts';

/**
 * The names in a mangled C++ symbol, from the outermost namespace to the function, up to the first template argument:
 * `_ZN2v87Isolate3NewEv` gives v8, Isolate, New. Null for what std has, for tables of types, and for what is not mangled.
 * Itanium C++ ABI, section 5.1.
 */
export function nameParts(symbol: string): string[] | null {
  const head = /^_Z(?:N[KVrRO]*)?(?=\d)/.exec(symbol);
  if (head === null) return null;
  const nested = symbol[2] === 'N';
  const parts: string[] = [];
  const length = /\d+/y;
  for (let at = head[0].length; parts.length < 32; ) {
    length.lastIndex = at;
    const digits = length.exec(symbol)?.[0];
    if (digits === undefined) break;
    const begin = at + digits.length;
    at = begin + Number(digits);
    const part = symbol.slice(begin, at);
    // An anonymous namespace is seen nowhere else.
    if (part.startsWith('_GLOBAL__N')) return null;
    parts.push(part);
    if (!nested) break;
  }
  return parts.length > 0 ? parts : null;
}

/**
 * Symbols of archives on the line that a package's C++ may call: C++ code is not parsed, so a symbol counts as called when
 * each of its names stands in the text of the C++ files or of the project's headers that they enter; a C function, when
 * its name stands in such a file itself.
 */
export function cxxReferences(units: readonly Unit[], inputs: readonly LinkInput[]): Set<string> {
  const found = new Set<string>();
  const inText = new Set<string>();
  const inFiles = new Set<string>();
  for (const { words } of units) {
    if (words === null) continue;
    for (const word of words.own) inFiles.add(word);
    for (const word of [...words.own, ...words.headers]) inText.add(word);
  }
  if (inText.size === 0) return found;
  for (const input of inputs) {
    if (input.kind !== 'archive' || input.package === '') continue;
    for (const symbol of input.archive.index.keys()) {
      const isCalled = symbol.startsWith('_Z')
        ? nameParts(symbol)?.every((part) => inText.has(part))
        : inFiles.has(symbol);
      if (isCalled) found.add(symbol);
    }
  }
  return found;
}
