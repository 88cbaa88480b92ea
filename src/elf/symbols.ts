import type { Fields } from './fields.ts';
import { type Image, type SectionHeader, sectionFields, sectionType } from './image.ts';
import { Malformed } from './source.ts';

/** One entry of a symbol table, as it stands there. */
export interface RawSymbol {
  name: string;
  value: number;
  size: number;
  /** STB_… and STT_… of the ELF specification. */
  binding: number;
  type: number;
  visibility: number;
  /** Index of a section, or one of the `place` constants. */
  section: number;
}

export const place = { undefined: 0, absolute: 0xfff1, common: 0xfff2 } as const;

/**
 * Entries of a symbol table in order, the empty first one included; with `wanted`, those of these names and of few
 * others. Throws Malformed.
 */
export function* readSymbols(image: Image, table: SectionHeader, wanted?: ReadonlySet<string>): Generator<RawSymbol> {
  const entry = image.wide ? 24 : 16;
  if (table.entrySize !== 0 && table.entrySize !== entry) throw new Malformed('has a symbol table of an unknown kind');
  const fields = sectionFields(image, table);
  const names = image.sections[table.link];
  if (names === undefined || names.type !== sectionType.strtab) throw new Malformed('has a symbol table without names');
  const text = sectionFields(image, names);
  const extended = image.sections.find(({ type, link }) => type === sectionType.symtabShndx && link === table.index);
  const extendedFields = extended === undefined ? null : sectionFields(image, extended);
  const count = Math.floor(fields.bytes.length / entry);
  const begins = wanted && beginnings(wanted);
  for (let index = 0; index < count; index++) {
    // A large program has hundreds of thousands of names: most are told apart by two bytes.
    if (begins && !begins.has(beginning(text.bytes, fields.u32(index * entry)))) continue;
    yield readSymbol(fields, text, extendedFields, index, entry);
  }
}

function beginning(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function beginnings(names: ReadonlySet<string>): Set<number> {
  return new Set([...names].map((name) => beginning(Buffer.from(`${name}\0`, 'latin1'), 0)));
}

function readSymbol(fields: Fields, text: Fields, extended: Fields | null, index: number, entry: number): RawSymbol {
  const offset = index * entry;
  const { wide } = fields;
  const info = fields.u8(offset + (wide ? 4 : 12));
  let section = fields.u16(offset + (wide ? 6 : 14));
  if (section === 0xffff && extended !== null) section = extended.u32(index * 4);
  return {
    name: text.text(fields.u32(offset)),
    value: fields.word(offset + (wide ? 8 : 4)),
    size: fields.word(offset + (wide ? 16 : 8)),
    binding: info >> 4,
    type: info & 15,
    visibility: fields.u8(offset + (wide ? 5 : 13)) & 3,
    section,
  };
}
