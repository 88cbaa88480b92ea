import type { ExecutableView, LibcEvidence } from '../model/executable.ts';
import type { DynamicFacts } from './dynamic.ts';
import type { Image } from './image.ts';
import { hasIrelative } from './irelative.ts';
import type { LibcSign } from './libc-sign.ts';
import { libcSigns } from './libc-signs.generated.ts';
import type { Note } from './notes.ts';
import { dataRanges, search } from './search.ts';

/** What the signs are looked for in. */
export interface Traces {
  image: Image;
  notes: Note[];
  /** Names of the symbol table that are names of signs. */
  symbols: ReadonlySet<string>;
  interpreter: string | null;
  dynamic: DynamicFacts | null;
}

/** The signs of a libc that an executable shows, in the order of data/libc-signs.yaml. */
export function findSigns(traces: Traces): LibcSign[] {
  const texts = foundTexts(traces.image);
  return libcSigns.filter((sign) => isShown(sign, traces, texts));
}

function isShown(sign: LibcSign, traces: Traces, texts: ReadonlySet<string>): boolean {
  switch (sign.kind) {
    case 'symbol':
      return traces.symbols.has(sign.symbol);
    case 'note':
      return traces.notes.some(({ owner, type }) => owner === sign.owner && type === sign.type);
    case 'relocation':
      return hasIrelative(traces.image);
    case 'version':
      return traces.dynamic?.versions.some((version) => version.startsWith(sign.prefix)) ?? false;
    case 'interpreter':
      return traces.interpreter !== null && new RegExp(sign.pattern).test(traces.interpreter);
    case 'needed':
      return traces.dynamic?.needed.some((name) => new RegExp(sign.pattern).test(name)) ?? false;
    case 'text':
      return texts.has(sign.text);
  }
}

function foundTexts(image: Image): Set<string> {
  const texts = libcSigns.flatMap((sign) => (sign.kind === 'text' ? [sign.text] : []));
  const patterns = texts.map((text) => Buffer.from(text.replaceAll('\\0', '\0'), 'latin1'));
  const found = new Set<string>();
  for (const range of dataRanges(image)) {
    search(image.source, range, patterns, (pattern) => {
      found.add(texts[pattern] ?? '');
      return true;
    });
  }
  return found;
}

/**
 * The libc that the signs speak for. `none` needs proof of its own, `without`: the program is Go's alone. Signs for
 * both, or none at all, give `unknown`.
 */
export function judgeSigns(signs: LibcSign[], without: boolean): Pick<ExecutableView, 'libc' | 'evidence'> {
  const strong = signs.filter(({ proof }) => proof === 'strong');
  if (strong.length === 0 && without) return { libc: 'none', evidence: [] };
  const speaking = strong.length > 0 ? strong : signs;
  const evidence: LibcEvidence[] = speaking.map(({ libc, name, says }) => ({ libc, sign: name, says }));
  const libcs = new Set(speaking.map(({ libc }) => libc));
  const [only] = libcs;
  return { libc: libcs.size === 1 && only !== undefined ? only : 'unknown', evidence };
}
