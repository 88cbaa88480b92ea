import { Writer } from './writer.ts';

/** What a test executable contains: little-endian ELF64 for amd64 unless told otherwise. */
export interface ExecutableText {
  type?: 'executable' | 'shared' | 'relocatable';
  interpreter?: string;
  needed?: string[];
  soname?: string;
  runpath?: string;
  /** Sets DF_1_PIE. */
  pie?: boolean;
  notes?: { owner: string; type: number; description: Uint8Array | ((address: number) => Uint8Array) }[];
  /** Symbol names, each with the address of its value; null leaves the table out, as strip does. */
  symbols?: Record<string, number> | null;
  /** Bytes of the data segment, which begins at `dataAddress`. */
  data?: Uint8Array;
  stackFlags?: number;
  tls?: boolean;
  /** Flags of the data segment; 6 is read and write. */
  dataFlags?: number;
  unwindIndex?: boolean;
  big?: boolean;
  narrow?: boolean;
}

/** Address at which `data` is loaded. */
export const dataAddress = 0x400000;

const encoder = new TextEncoder();

/** The bytes of an ELF executable with just these parts. */
export function writeExecutable(text: ExecutableText): Uint8Array {
  const little = !text.big;
  const wide = !text.narrow;
  const writer = () => new Writer(little, wide);
  const headerSize = wide ? 64 : 52;
  const segmentSize = wide ? 56 : 32;
  const parts = writer();
  const segments: { type: number; flags: number; offset: number; size: number; address: number }[] = [];
  const count = 8;
  const start = Math.ceil((headerSize + count * segmentSize) / 16) * 16;
  const place = (bytes: ArrayLike<number>) => {
    parts.align(16);
    const offset = start + parts.bytes.length;
    parts.add(bytes);
    return { offset, size: bytes.length, address: dataAddress + offset };
  };
  // All is loaded by one segment, so that addresses are offsets plus a constant, `data` first.
  const data = place(text.data ?? new Uint8Array(16));
  const shift = dataAddress - data.offset;
  const moved = (part: { offset: number; size: number }) => ({ ...part, address: part.offset + shift });
  if (text.interpreter !== undefined) {
    segments.push({ type: 3, flags: 4, ...moved(place(encoder.encode(`${text.interpreter}\0`))) });
  }
  if (text.needed || text.soname !== undefined || text.runpath !== undefined || text.pie) {
    segments.push({ type: 2, flags: 6, ...moved(place(dynamicBytes(text, writer, shift, place))) });
  }
  if (text.notes) {
    const notes = writer();
    const base = Math.ceil((start + parts.bytes.length) / 16) * 16 + shift;
    for (const note of text.notes) {
      const owner = encoder.encode(`${note.owner}\0`);
      const at = base + notes.bytes.length + 12 + Math.ceil(owner.length / 4) * 4;
      const description = typeof note.description === 'function' ? note.description(at) : note.description;
      notes.number(owner.length, 4).number(description.length, 4).number(note.type, 4).add(owner);
      notes.align(4);
      notes.add(description).align(4);
    }
    segments.push({ type: 4, flags: 4, ...moved(place(notes.bytes)) });
  }
  if (text.stackFlags !== undefined)
    segments.push({ type: 0x6474e551, flags: text.stackFlags, offset: 0, size: 0, address: 0 });
  if (text.tls) segments.push({ type: 7, flags: 4, offset: data.offset, size: 8, address: dataAddress });
  if (text.unwindIndex)
    segments.push({ type: 0x6474e550, flags: 4, offset: data.offset, size: 4, address: dataAddress });
  segments.unshift({
    type: 1,
    flags: text.dataFlags ?? 6,
    offset: data.offset,
    size: start + parts.bytes.length - data.offset,
    address: dataAddress,
  });
  const sections = sectionBytes(text, writer, place);
  const table = place(sections.bytes);
  const file = writer();
  file.add([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  file
    .number({ relocatable: 1, executable: 2, shared: 3 }[text.type ?? 'executable'], 2)
    .number(62, 2)
    .number(1, 4);
  file.word(0).word(headerSize).word(table.offset).number(0, 4);
  file.number(headerSize, 2).number(segmentSize, 2).number(segments.length, 2);
  file
    .number(wide ? 64 : 40, 2)
    .number(sections.count, 2)
    .number(sections.names, 2);
  for (const segment of segments) {
    file.number(segment.type, 4);
    if (wide) file.number(segment.flags, 4);
    file.word(segment.offset).word(segment.address).word(segment.address).word(segment.size).word(segment.size);
    if (!wide) file.number(segment.flags, 4);
    file.word(1);
  }
  while (file.bytes.length < start) file.bytes.push(0);
  return Uint8Array.from([...file.bytes, ...parts.bytes]);
}

type Place = (bytes: ArrayLike<number>) => { offset: number; size: number };

function dynamicBytes(text: ExecutableText, writer: () => Writer, shift: number, place: Place): number[] {
  const strings: number[] = [0];
  const string = (value: string) => {
    const at = strings.length;
    strings.push(...encoder.encode(value), 0);
    return at;
  };
  const entries: [number, number][] = (text.needed ?? []).map((name) => [1, string(name)]);
  if (text.soname !== undefined) entries.push([14, string(text.soname)]);
  if (text.runpath !== undefined) entries.push([29, string(text.runpath)]);
  if (text.pie) entries.push([0x6ffffffb, 0x08000000]);
  const placed = place(strings);
  entries.push([5, placed.offset + shift], [10, strings.length], [0, 0]);
  const table = writer();
  for (const [tag, value] of entries) table.word(tag).word(value);
  return table.bytes;
}

function sectionBytes(
  text: ExecutableText,
  writer: () => Writer,
  place: Place,
): { bytes: number[]; count: number; names: number } {
  const wide = !text.narrow;
  const names = [0];
  const name = (value: string) => {
    const at = names.length;
    names.push(...encoder.encode(value), 0);
    return at;
  };
  const headers: { name: number; type: number; link: number; offset: number; size: number; entry: number }[] = [];
  headers.push({ name: 0, type: 0, link: 0, offset: 0, size: 0, entry: 0 });
  if (text.symbols) {
    const strings: number[] = [0];
    const entry = wide ? 24 : 16;
    const table = writer().add(new Array(entry).fill(0));
    for (const [symbol, value] of Object.entries(text.symbols)) {
      const at = strings.length;
      strings.push(...encoder.encode(symbol), 0);
      table.number(at, 4);
      if (wide) table.number(0x12, 1).number(0, 1).number(1, 2).word(value).word(0);
      else table.word(value).word(0).number(0x12, 1).number(0, 1).number(1, 2);
    }
    headers.push({ name: name('.symtab'), type: 2, link: 2, ...place(table.bytes), entry });
    headers.push({ name: name('.strtab'), type: 3, link: 0, ...place(strings), entry: 0 });
  }
  const own = name('.shstrtab');
  headers.push({ name: own, type: 3, link: 0, ...place(names), entry: 0 });
  const table = writer();
  for (const header of headers) {
    table.number(header.name, 4).number(header.type, 4).word(0).word(0).word(header.offset).word(header.size);
    table.number(header.link, 4).number(0, 4).word(1).word(header.entry);
  }
  return { bytes: table.bytes, count: headers.length, names: headers.length - 1 };
}

/** A Go build info of Go 1.18 and newer, to stand at an address divisible by 16. */
export function writeBuildInfo(goVersion: string, lines: string[]): Uint8Array {
  const inline = (bytes: Uint8Array) => {
    const length: number[] = [];
    let left = bytes.length;
    for (; left >= 128; left = Math.floor(left / 128)) length.push((left % 128) + 128);
    return [...length, left, ...bytes];
  };
  const marked = new Uint8Array([
    ...new Array(16).fill(0xf9),
    ...encoder.encode(`${lines.join('\n')}\n`),
    ...new Array(16).fill(0xd8),
  ]);
  const magic = [0xff, ...encoder.encode(' Go buildinf:'), 8, 2, ...new Array(16).fill(0)];
  return Uint8Array.from([...magic, ...inline(encoder.encode(goVersion)), ...inline(marked)]);
}
