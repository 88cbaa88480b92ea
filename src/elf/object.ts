import type { ObjectFacts, ObjectSection, ObjectSymbol } from '../model/object.ts';
import { readCoff } from './coff.ts';
import { readDynamic } from './dynamic.ts';
import { latin1 } from './fields.ts';
import { foreignFormat } from './foreign-format.ts';
import {
  fileType,
  type Image,
  isElf,
  machineName,
  openImage,
  type SectionHeader,
  sectionBytes,
  sectionFields,
  sectionFlag,
  sectionType,
} from './image.ts';
import { readLto } from './lto.ts';
import { readRelocations } from './relocations.ts';
import { bytesSource, Malformed, type Source } from './source.ts';
import { place, type RawSymbol, readSymbols } from './symbols.ts';

/** No compiler writes so many into one object. */
const mostSymbols = 2_000_000;

const stb = { local: 0, weak: 2, unique: 10 };
const kinds: Record<number, ObjectSymbol['kind']> = { 1: 'object', 2: 'function', 5: 'common', 6: 'tls', 10: 'ifunc' };
const stt = { section: 3, file: 4, ifunc: 10 };
const visibility = { internal: 1, hidden: 2 };

/** An object of this format with nothing in it. */
export function emptyObject(format: ObjectFacts['format']): ObjectFacts {
  return {
    format,
    type: null,
    machine: '',
    symbols: [],
    sections: [],
    versions: [],
    needed: [],
    comments: [],
    limits: [],
  };
}

/** Reads an object, a shared object, or names what else the bytes are. What is malformed is a limit, never an error. */
export function readObject(bytes: Uint8Array): ObjectFacts {
  return readObjectSource(bytesSource(bytes));
}

/** The same of a file or a member, of which only the tables are read. */
export function readObjectSource(source: Source): ObjectFacts {
  const head = source.read(0, Math.min(source.size, 64));
  const facts = emptyObject(isElf(head) ? 'elf' : foreignFormat(head));
  if (facts.format === 'coff') return { ...facts, ...readCoff(source) };
  if (facts.format !== 'elf') return facts;
  try {
    readInto(facts, openImage(source));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    facts.limits.push(`The object ${error.message}.`);
  }
  return facts;
}

function readInto(facts: ObjectFacts, image: Image): void {
  facts.machine = machineName(image);
  if (image.type === fileType.relocatable) facts.type = 'relocatable';
  else if (image.type === fileType.executable) facts.type = 'executable';
  else if (image.type === fileType.shared) facts.type = 'shared';
  const dynamic = facts.type === 'shared' ? readDynamic(image) : null;
  facts.needed = dynamic?.needed ?? [];
  facts.versions = dynamic?.versions ?? [];
  facts.comments = readComments(image);
  const wanted = facts.type === 'shared' ? sectionType.dynsym : sectionType.symtab;
  const table = image.sections.find(({ type }) => type === wanted);
  if (table === undefined) return;
  if (table.size > mostSymbols * 24) throw new Malformed(`has more than ${mostSymbols} symbols`);
  const raw = [...readSymbols(image, table)];
  facts.symbols = raw.filter(isGlobal).map(toSymbol);
  if (facts.type === 'relocatable') facts.sections = readSections(image, table, raw);
  if (raw.some(({ name }) => name === '__gnu_lto_slim')) facts.lto = readLto(image);
}

function isGlobal({ name, binding, type }: RawSymbol): boolean {
  return binding !== stb.local && type !== stt.section && type !== stt.file && name !== '';
}

function toSymbol(raw: RawSymbol): ObjectSymbol {
  const common = raw.section === place.common;
  const outside = raw.section >= 0xff00 && raw.section <= 0xffff;
  return {
    name: raw.name,
    binding: raw.binding === stb.weak ? 'weak' : raw.binding === stb.unique ? 'unique' : 'global',
    kind: common ? 'common' : (kinds[raw.type] ?? 'other'),
    section: raw.section === place.undefined ? null : outside ? -1 : raw.section,
    hidden: raw.visibility === visibility.hidden || raw.visibility === visibility.internal,
  };
}

/** Sections that are loaded, with what their relocations name. */
function readSections(image: Image, table: SectionHeader, raw: RawSymbol[]): ObjectSection[] {
  const groups = readGroups(image, table, raw);
  const sections = new Map<number, ObjectSection>();
  for (const header of image.sections) {
    if ((header.flags & sectionFlag.alloc) === 0) continue;
    sections.set(header.index, {
      index: header.index,
      name: header.name,
      group: groups.get(header.index) ?? null,
      retained: isRetained(header),
      executable: (header.flags & sectionFlag.exec) !== 0,
      refersTo: { symbols: [], sections: [] },
    });
  }
  for (const header of image.sections) {
    if (header.type !== sectionType.rela && header.type !== sectionType.rel) continue;
    const section = sections.get(header.info);
    if (section === undefined) continue;
    const symbols = new Set<string>();
    const others = new Set<number>();
    const ifuncs = new Set<string>();
    for (const index of readRelocations(image, header)) {
      const symbol = raw[index];
      if (symbol === undefined) throw new Malformed('has a relocation for a symbol that is not there');
      if (isGlobal(symbol)) symbols.add(symbol.name);
      else if (symbol.section !== place.undefined && symbol.section < 0xff00) others.add(symbol.section);
      if (symbol.type === stt.ifunc && !isGlobal(symbol)) ifuncs.add(symbol.name);
    }
    section.refersTo = { symbols: [...symbols], sections: [...others].filter((index) => index !== section.index) };
    if (ifuncs.size > 0) section.refersTo.ifuncs = [...ifuncs];
  }
  return [...sections.values()];
}

/** Sections that a linker keeps though nothing refers to them: lld's and GNU ld's lists agree on these. */
function isRetained({ name, type, flags }: SectionHeader): boolean {
  return (
    type === sectionType.initArray ||
    type === sectionType.finiArray ||
    type === sectionType.preinitArray ||
    (type === sectionType.note && (flags & sectionFlag.group) === 0) ||
    (flags & sectionFlag.retain) !== 0 ||
    /^\.(init|fini|ctors|dtors|jcr|init_array|fini_array|preinit_array)(\.|$)/.test(name)
  );
}

/** Section index to the signature of its COMDAT group. */
function readGroups(image: Image, table: SectionHeader, raw: RawSymbol[]): Map<number, string> {
  const groups = new Map<number, string>();
  for (const header of image.sections) {
    if (header.type !== sectionType.group || header.link !== table.index) continue;
    const fields = sectionFields(image, header);
    const comdat = 1;
    if (fields.bytes.length < 4 || (fields.u32(0) & comdat) === 0) continue;
    const signature = raw[header.info];
    const name = signature?.name || image.sections[signature?.section ?? 0]?.name || '';
    for (let offset = 4; offset + 4 <= fields.bytes.length; offset += 4) groups.set(fields.u32(offset), name);
  }
  return groups;
}

const mostComment = 64 * 1024;

function readComments(image: Image): string[] {
  const section = image.sections.find(({ name, type }) => name === '.comment' && type === sectionType.progbits);
  if (section === undefined || section.size > mostComment) return [];
  return latin1(sectionBytes(image, section))
    .split('\0')
    .filter((text) => text !== '');
}
