import { Writer } from './writer.ts';

/** A symbol that a section defines: a function unless told otherwise. */
export type DefinedSymbol =
  | string
  | {
      name: string;
      binding?: 'global' | 'weak' | 'unique' | 'local';
      kind?: 'function' | 'object' | 'tls' | 'ifunc';
      hidden?: boolean;
    };

/** A section of a test object, with one relocation for each thing it needs. */
export interface SectionText {
  /** `.text` when left out. */
  name?: string;
  defines?: DefinedSymbol[];
  /** Symbols that it refers to; those that no section of the object defines are undefined ones. */
  needs?: string[];
  /** The same, but undefined weak. */
  weak?: string[];
  /** Indexes, in `sections`, of sections that it refers to by their section symbol. */
  refersTo?: number[];
  /** Signature of its COMDAT group. */
  group?: string;
  /** SHT_… and SHF_…; default: SHT_PROGBITS, SHF_ALLOC and SHF_EXECINSTR. */
  type?: number;
  flags?: number;
  /** Its content; default: 16 bytes of no matter. */
  bytes?: number[];
}

/** What a test object contains: ELF64 little-endian for amd64 unless told otherwise. */
export interface ObjectText {
  /** e_machine; 62 is amd64, 183 arm64. */
  machine?: number;
  /** Short for one section `.text` that defines and needs all of these. */
  defines?: DefinedSymbol[];
  needs?: string[];
  weak?: string[];
  common?: string[];
  sections?: SectionText[];
  /** Text of `.comment`. */
  comment?: string;
  big?: boolean;
  narrow?: boolean;
}

const encoder = new TextEncoder();
const bindings = { local: 0, global: 1, weak: 2, unique: 10 };
const kinds = { function: 2, object: 1, tls: 6, ifunc: 10 };

interface Entry {
  name: string;
  info: number;
  hidden: boolean;
  section: number;
}

interface Header {
  name: string;
  type: number;
  flags: number;
  bytes: number[];
  link?: number;
  info?: number;
  entry?: number;
}

/** The bytes of a relocatable ELF object with just these parts. */
export function writeObject(text: ObjectText): Uint8Array {
  const sections = [...(text.sections ?? [])];
  if (text.defines || text.needs || text.weak) {
    sections.unshift({ defines: text.defines ?? [], needs: text.needs ?? [], weak: text.weak ?? [] });
  }
  const little = !text.big;
  const wide = !text.narrow;
  const writer = () => new Writer(little, wide);
  // Content sections come first, from index 1 on, so that symbols can name them.
  const headers: Header[] = sections.map((section) => ({
    name: section.name ?? '.text',
    type: section.type ?? 1,
    flags: (section.flags ?? 6) | (section.group === undefined ? 0 : 0x200),
    bytes: section.bytes ?? new Array(16).fill(0x90),
  }));
  const entries = symbolEntries(text, sections);
  const indexOf = (name: string) => entries.findIndex((entry) => entry.name === name && entry.info !== 3) + 1;
  const tables = headers.length + sections.length + 1;
  for (const [at, section] of sections.entries()) {
    const relocations = writer();
    const add = (symbol: number) => {
      relocations.word(0);
      if (!wide) relocations.number(symbol * 256 + 1, 4);
      else relocations.word(symbol * 0x1_0000_0000 + 1);
      relocations.word(0);
    };
    for (const name of [...(section.needs ?? []), ...(section.weak ?? [])]) add(indexOf(name));
    for (const other of section.refersTo ?? []) {
      add(entries.findIndex((entry) => entry.info === 3 && entry.section === other + 1) + 1);
    }
    headers.push({
      name: `.rela${section.name ?? '.text'}`,
      type: 4,
      flags: 0x40,
      bytes: relocations.bytes,
      link: tables,
      info: at + 1,
      entry: wide ? 24 : 12,
    });
  }
  const strings = [0];
  const symbols = writer().add(new Array(wide ? 24 : 16).fill(0));
  for (const { name, info, hidden, section } of entries) {
    const at = name === '' ? 0 : strings.length;
    if (name !== '') strings.push(...encoder.encode(name), 0);
    symbols.number(at, 4);
    if (wide)
      symbols
        .number(info, 1)
        .number(hidden ? 2 : 0, 1)
        .number(section, 2)
        .word(0)
        .word(0);
    else
      symbols
        .word(0)
        .word(0)
        .number(info, 1)
        .number(hidden ? 2 : 0, 1)
        .number(section, 2);
  }
  const locals = entries.filter(({ info }) => info >> 4 === 0).length + 1;
  headers.push({
    name: '.symtab',
    type: 2,
    flags: 0,
    bytes: symbols.bytes,
    link: tables + 1,
    info: locals,
    entry: wide ? 24 : 16,
  });
  headers.push({ name: '.strtab', type: 3, flags: 0, bytes: strings });
  for (const signature of new Set(sections.flatMap(({ group }) => (group === undefined ? [] : [group])))) {
    const members = sections.flatMap(({ group }, at) => (group === signature ? [at + 1] : []));
    const bytes = writer().number(1, 4);
    for (const member of members) bytes.number(member, 4);
    headers.push({
      name: '.group',
      type: 17,
      flags: 0,
      bytes: bytes.bytes,
      link: tables,
      info: indexOf(signature),
      entry: 4,
    });
  }
  if (text.comment !== undefined) {
    headers.push({ name: '.comment', type: 1, flags: 0x30, bytes: [0, ...encoder.encode(text.comment), 0] });
  }
  return assemble(text, headers, writer);
}

/** Local symbols first, as ELF wants it: a section symbol each, then those of the description. */
function symbolEntries(text: ObjectText, sections: SectionText[]): Entry[] {
  const locals: Entry[] = sections.map((_, at) => ({ name: '', info: 3, hidden: false, section: at + 1 }));
  const globals: Entry[] = [];
  for (const [at, section] of sections.entries()) {
    for (const symbol of section.defines ?? []) {
      const {
        name,
        binding = 'global',
        kind = 'function',
        hidden = false,
      } = typeof symbol === 'string' ? { name: symbol } : symbol;
      const entry = { name, info: bindings[binding] * 16 + kinds[kind], hidden, section: at + 1 };
      (binding === 'local' ? locals : globals).push(entry);
    }
  }
  for (const name of text.common ?? []) globals.push({ name, info: 0x11, hidden: false, section: 0xfff2 });
  const known = () => new Set([...locals, ...globals].map(({ name }) => name));
  for (const name of sections.flatMap(({ needs }) => needs ?? [])) {
    if (!known().has(name)) globals.push({ name, info: 0x10, hidden: false, section: 0 });
  }
  for (const name of sections.flatMap(({ weak }) => weak ?? [])) {
    if (!known().has(name)) globals.push({ name, info: 0x20, hidden: false, section: 0 });
  }
  for (const { group } of sections) {
    if (group !== undefined && !known().has(group))
      globals.push({ name: group, info: 0x20, hidden: false, section: 0 });
  }
  return [...locals, ...globals];
}

function assemble(text: ObjectText, headers: Header[], writer: () => Writer): Uint8Array {
  const wide = !text.narrow;
  const names = [0];
  const named = [...headers, { name: '.shstrtab', type: 3, flags: 0, bytes: names }];
  const offsets = named.map(({ name }) => {
    const at = names.length;
    names.push(...encoder.encode(name), 0);
    return at;
  });
  const start = wide ? 64 : 52;
  const parts = writer();
  const table = writer().add(new Array(wide ? 64 : 40).fill(0));
  for (const [at, header] of named.entries()) {
    const offset = start + parts.align(8);
    parts.add(header.bytes);
    table
      .number(offsets[at] ?? 0, 4)
      .number(header.type, 4)
      .word(header.flags)
      .word(0)
      .word(offset)
      .word(header.bytes.length);
    table
      .number(header.link ?? 0, 4)
      .number(header.info ?? 0, 4)
      .word(1)
      .word(header.entry ?? 0);
  }
  const tableAt = start + parts.align(8);
  const file = writer();
  file.add([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, text.big ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  file
    .number(1, 2)
    .number(text.machine ?? 62, 2)
    .number(1, 4)
    .word(0)
    .word(0)
    .word(tableAt)
    .number(0, 4);
  file
    .number(start, 2)
    .number(0, 2)
    .number(0, 2)
    .number(wide ? 64 : 40, 2)
    .number(named.length + 1, 2)
    .number(named.length, 2);
  return Uint8Array.from([...file.bytes, ...parts.bytes, ...table.bytes]);
}
