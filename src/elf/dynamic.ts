import { Fields } from './fields.ts';
import { bytesAt, type Image, sectionFields, sectionType, segmentType } from './image.ts';
import { Malformed } from './source.ts';

/** What the dynamic section asks of the loader. */
export interface DynamicFacts {
  needed: string[];
  soname: string | null;
  rpath: string[];
  runpath: string[];
  /** DF_1_PIE: the linker was told to make an executable, not a library. */
  pie: boolean;
  /** Symbol versions asked of other objects, such as `GLIBC_2.34`, sorted. */
  versions: string[];
}

const tag = {
  needed: 1,
  strtab: 5,
  strsz: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
  verneed: 0x6ffffffe,
  verneednum: 0x6fffffff,
};
/** A loader reads 16 bytes a library and setting. */
const mostBytes = 1024 * 1024;
/** Versions asked for, of all libraries. */
const mostVersions = 100_000;
const pieFlag = 0x08000000;

/** Reads PT_DYNAMIC; null when the file has none. Throws Malformed. */
export function readDynamic(image: Image): DynamicFacts | null {
  const segment = image.segments.find(({ type }) => type === segmentType.dynamic);
  if (segment === undefined || segment.fileSize === 0) return null;
  if (segment.fileSize > mostBytes) throw new Malformed('has a dynamic section of more than 1 MiB');
  const table = new Fields(image.source.read(segment.offset, segment.fileSize), image.little, image.wide);
  const word = image.wide ? 8 : 4;
  const entries: { tag: number; value: number }[] = [];
  for (let offset = 0; offset + 2 * word <= table.bytes.length; offset += 2 * word) {
    const entry = { tag: table.word(offset), value: table.word(offset + word) };
    if (entry.tag === 0) break;
    entries.push(entry);
  }
  const value = (wanted: number) => entries.find((entry) => entry.tag === wanted)?.value;
  const strings = bytesAt(image, value(tag.strtab) ?? 0, value(tag.strsz) ?? 0);
  const text = new Fields(strings ?? new Uint8Array(0), image.little, image.wide);
  const texts = (wanted: number) =>
    entries.filter((entry) => entry.tag === wanted).map((entry) => text.text(entry.value));
  return {
    needed: texts(tag.needed),
    soname: texts(tag.soname)[0] ?? null,
    rpath: texts(tag.rpath).flatMap((path) => path.split(':')),
    runpath: texts(tag.runpath).flatMap((path) => path.split(':')),
    pie: ((value(tag.flags1) ?? 0) & pieFlag) !== 0,
    versions: readVersionNeeds(image, text),
  };
}

/** Reads the version needs through their section. A file without section headers has none for us: they are no proof by themselves. */
function readVersionNeeds(image: Image, text: Fields): string[] {
  const section = image.sections.find(({ type }) => type === sectionType.verneed);
  if (section === undefined) return [];
  const table = sectionFields(image, section);
  const versions = new Set<string>();
  let offset = 0;
  let steps = 0;
  // Offsets only grow, and each step moves on: a forged chain ends at the table's end.
  for (;;) {
    let auxiliary = offset + table.u32(offset + 8);
    for (let left = table.u16(offset + 2); left > 0; left--) {
      if (++steps > mostVersions) throw new Malformed(`asks for more than ${mostVersions} versions`);
      versions.add(text.text(table.u32(auxiliary + 8)));
      const next = table.u32(auxiliary + 12);
      if (next === 0) break;
      auxiliary += next;
    }
    const next = table.u32(offset + 12);
    if (next === 0) break;
    if (++steps > mostVersions) throw new Malformed(`asks for more than ${mostVersions} versions`);
    offset += next;
  }
  return [...versions].sort();
}
