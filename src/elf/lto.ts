import type { LtoFacts, ObjectSymbol } from '../model/object.ts';
import { Fields, latin1 } from './fields.ts';
import { type Image, type SectionHeader, sectionBytes } from './image.ts';
import { Malformed } from './source.ts';

/** LDPK_… of GCC's include/plugin-api.h. */
const kind = { definition: 0, weakDefinition: 1, undefined: 2, weakUndefined: 3, common: 4 };
/** After two names that end with NUL: kind, visibility, size (8 bytes) and slot (4 bytes). */
const restSize = 14;
/** LDPV_INTERNAL and LDPV_HIDDEN. */
const hidden = [2, 3];

/**
 * What gcc's code for link-time optimisation says of itself: the plugin of GNU ld reads the same two sections
 * (lto-plugin/lto-plugin.c and lto-streamer.h of GCC). Throws Malformed.
 */
export function readLto(image: Image): LtoFacts {
  const section = (prefix: string) => image.sections.find(({ name }) => name.startsWith(prefix));
  const version = section('.gnu.lto_.lto.');
  const table = section('.gnu.lto_.symtab.');
  return {
    version: version === undefined ? null : readVersion(image, version),
    symbols: table === undefined ? [] : readTable(sectionBytes(image, table)),
  };
}

/** Major version of the bytecode, which is gcc's own since gcc 11. */
function readVersion(image: Image, section: SectionHeader): number {
  return new Fields(sectionBytes(image, section), image.little, image.wide).u16(0);
}

function readTable(bytes: Uint8Array): ObjectSymbol[] {
  const symbols: ObjectSymbol[] = [];
  let at = 0;
  const text = () => {
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new Malformed('is cut short');
    const found = latin1(bytes.subarray(at, end));
    at = end + 1;
    return found;
  };
  while (at < bytes.length) {
    const name = text();
    text();
    const [written, visibility] = [bytes[at], bytes[at + 1]];
    at += restSize;
    if (written === undefined || visibility === undefined || at > bytes.length) throw new Malformed('is cut short');
    symbols.push({
      name,
      binding: written === kind.weakDefinition || written === kind.weakUndefined ? 'weak' : 'global',
      kind: written === kind.common ? 'common' : 'other',
      section: written === kind.undefined || written === kind.weakUndefined ? null : written === kind.common ? -1 : 1,
      hidden: hidden.includes(visibility),
    });
  }
  return symbols;
}
