import { Fields } from './fields.ts';
import { Malformed, type Source } from './source.ts';

/** A section header. Names of constants are those of the ELF specification. */
export interface SectionHeader {
  index: number;
  name: string;
  type: number;
  flags: number;
  address: number;
  offset: number;
  size: number;
  link: number;
  info: number;
  entrySize: number;
}

/** A program header. */
export interface Segment {
  type: number;
  flags: number;
  offset: number;
  address: number;
  fileSize: number;
  memorySize: number;
}

/** The headers of an ELF file, and a way to its tables. */
export interface Image {
  source: Source;
  little: boolean;
  wide: boolean;
  type: number;
  machine: number;
  flags: number;
  sections: SectionHeader[];
  segments: Segment[];
  /** Bytes of sections that may still be read: forged sections overlap, and each would be read as a whole. */
  readable: number;
}

/** No object of a compiler comes near this, one section a function or not. */
const mostSections = 500_000;
/** How often the bytes of a file are read at most, all sections together. */
const mostReadings = 16;

export const sectionType = {
  null: 0,
  progbits: 1,
  symtab: 2,
  strtab: 3,
  rela: 4,
  note: 7,
  nobits: 8,
  rel: 9,
  dynsym: 11,
  initArray: 14,
  finiArray: 15,
  preinitArray: 16,
  group: 17,
  symtabShndx: 18,
  verneed: 0x6ffffffe,
} as const;

export const sectionFlag = { write: 1, alloc: 2, exec: 4, group: 0x200, tls: 0x400, retain: 0x200000 } as const;
export const segmentType = {
  load: 1,
  dynamic: 2,
  interp: 3,
  note: 4,
  tls: 7,
  ehFrame: 0x6474e550,
  stack: 0x6474e551,
  relro: 0x6474e552,
} as const;
export const fileType = { relocatable: 1, executable: 2, shared: 3 } as const;

export function isElf(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads the headers of an ELF file of either class and byte order. Throws Malformed. */
export function openImage(source: Source): Image {
  const ident = source.read(0, Math.min(source.size, 16));
  if (!isElf(ident)) throw new Malformed('is not an ELF file');
  if (ident.length < 16) throw new Malformed('is cut short');
  const wide = ident[4] === 2;
  const little = ident[5] === 1;
  if ((!wide && ident[4] !== 1) || (!little && ident[5] !== 2))
    throw new Malformed('has an ELF header of an unknown kind');
  const head = new Fields(source.read(0, wide ? 64 : 52), little, wide);
  const at = wide ? { phoff: 32, shoff: 40, flags: 48, counts: 54 } : { phoff: 28, shoff: 32, flags: 36, counts: 42 };
  const image: Image = {
    source,
    little,
    wide,
    type: head.u16(16),
    machine: head.u16(18),
    flags: head.u32(at.flags),
    sections: [],
    segments: [],
    readable: mostReadings * source.size + 1024 * 1024,
  };
  const sectionTable = head.word(at.shoff);
  const sectionSize = head.u16(at.counts + 4);
  let sectionCount = head.u16(at.counts + 6);
  let nameIndex = head.u16(at.counts + 8);
  if (sectionTable > 0) {
    if (sectionSize !== (wide ? 64 : 40)) throw new Malformed('has section headers of an unknown size');
    // With 0xff00 sections and more, the first header carries the counts.
    const first = readSection(new Fields(source.read(sectionTable, sectionSize), little, wide), 0, 0);
    if (sectionCount === 0) sectionCount = first.size;
    if (nameIndex === 0xffff) nameIndex = first.link;
    if (sectionCount > mostSections) throw new Malformed(`has more than ${mostSections} sections`);
    const table = new Fields(source.read(sectionTable, sectionCount * sectionSize), little, wide);
    for (let index = 0; index < sectionCount; index++)
      image.sections.push(readSection(table, index * sectionSize, index));
    const names = image.sections[nameIndex];
    if (names !== undefined && names.type === sectionType.strtab) {
      const text = new Fields(sectionBytes(image, names), little, wide);
      for (const section of image.sections) section.name = text.text(table.u32(section.index * sectionSize));
    }
  }
  const segmentTable = head.word(at.phoff);
  const segmentSize = head.u16(at.counts);
  const segmentCount = head.u16(at.counts + 2);
  if (segmentTable > 0 && segmentCount > 0) {
    if (segmentSize !== (wide ? 56 : 32)) throw new Malformed('has program headers of an unknown size');
    const table = new Fields(source.read(segmentTable, segmentCount * segmentSize), little, wide);
    for (let index = 0; index < segmentCount; index++) image.segments.push(readSegment(table, index * segmentSize));
  }
  return image;
}

function readSection(table: Fields, offset: number, index: number): SectionHeader {
  const after = table.wide ? 40 : 24;
  const word = table.wide ? 8 : 4;
  return {
    index,
    name: '',
    type: table.u32(offset + 4),
    flags: table.word(offset + 8),
    address: table.word(offset + 8 + word),
    offset: table.word(offset + 8 + 2 * word),
    size: table.word(offset + 8 + 3 * word),
    link: table.u32(offset + after),
    info: table.u32(offset + after + 4),
    entrySize: table.word(offset + after + 8 + word),
  };
}

function readSegment(table: Fields, offset: number): Segment {
  const { wide } = table;
  return {
    type: table.u32(offset),
    flags: table.u32(offset + (wide ? 4 : 24)),
    offset: table.word(offset + (wide ? 8 : 4)),
    address: table.word(offset + (wide ? 16 : 8)),
    fileSize: table.word(offset + (wide ? 32 : 16)),
    memorySize: table.word(offset + (wide ? 40 : 20)),
  };
}

/** The bytes of a section; none for one without bytes in the file. */
export function sectionBytes(image: Image, section: SectionHeader): Uint8Array {
  if (section.type === sectionType.nobits || section.type === sectionType.null) return new Uint8Array(0);
  return readCounted(image, section.offset, section.size);
}

function readCounted(image: Image, offset: number, length: number): Uint8Array {
  image.readable -= length;
  if (image.readable < 0) throw new Malformed('has sections that overlap');
  return image.source.read(offset, length);
}

/** The same as fields of the image's byte order. */
export function sectionFields(image: Image, section: SectionHeader): Fields {
  return new Fields(sectionBytes(image, section), image.little, image.wide);
}

/** Bytes at an address that a segment loads from the file, fewer at the segment's end; null when none does. */
export function bytesAt(image: Image, address: number, length: number): Uint8Array | null {
  for (const segment of image.segments) {
    if (segment.type !== segmentType.load) continue;
    const inside = address - segment.address;
    if (inside < 0 || inside >= segment.fileSize) continue;
    return readCounted(image, segment.offset + inside, Math.min(length, segment.fileSize - inside));
  }
  return null;
}

const machines: Record<number, string> = {
  3: '386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

/** The machine as GOARCH names it where there is a name, else `em-N`. */
export function machineName(image: Pick<Image, 'machine' | 'little' | 'wide' | 'flags'>): string {
  const { machine, little, wide } = image;
  if (machine === 8) {
    return `mips${wide ? '64' : ''}${little ? 'le' : ''}`;
  }
  if (machine === 21) return little ? 'ppc64le' : 'ppc64';
  if (machine === 22 && !wide) return 's390';
  if (machine === 62 && !wide) return 'x32';
  if (machine === 243 && !wide) return 'riscv32';
  return machines[machine] ?? `em-${machine}`;
}
