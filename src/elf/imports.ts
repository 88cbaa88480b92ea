import type { Files } from '../io/files.ts';
import { type Image, openImage, sectionFields, sectionType } from './image.ts';
import { fileSource, Malformed } from './source.ts';
import { place, readSymbols } from './symbols.ts';

/** A symbol that a dynamic executable takes from a shared library. */
export interface ImportedSymbol {
  name: string;
  /** Such as `libc.so.6`; null where no version of the symbol ties it to a library. */
  library: string | null;
  /** Such as `GLIBC_2.34`. */
  version: string | null;
}

const versymType = 0x6fffffff;

/** The symbols that an executable takes from shared libraries; empty for a static one. */
export function readImports(path: string, files: Files): ImportedSymbol[] {
  const source = fileSource(path, files);
  if (source === null) return [];
  try {
    return importsOf(openImage(source));
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

function importsOf(image: Image): ImportedSymbol[] {
  const table = image.sections.find(({ type }) => type === sectionType.dynsym);
  if (table === undefined) return [];
  const needs = versionNeeds(image);
  const versym = image.sections.find(({ type }) => type === versymType);
  const versions = versym === undefined ? null : sectionFields(image, versym);
  const imports: ImportedSymbol[] = [];
  let index = 0;
  for (const symbol of readSymbols(image, table)) {
    const need = versions === null ? undefined : needs.get(versions.u16(2 * index) & 0x7fff);
    index += 1;
    if (symbol.section !== place.undefined || symbol.name === '') continue;
    imports.push({ name: symbol.name, library: need?.library ?? null, version: need?.version ?? null });
  }
  return imports;
}

/** What each index of the version table stands for. */
function versionNeeds(image: Image): Map<number, { library: string; version: string }> {
  const needs = new Map<number, { library: string; version: string }>();
  const section = image.sections.find(({ type }) => type === sectionType.verneed);
  const strings = section && image.sections[section.link];
  if (section === undefined || strings === undefined) return needs;
  const table = sectionFields(image, section);
  const text = sectionFields(image, strings);
  for (let offset = 0; ; ) {
    const library = text.text(table.u32(offset + 4));
    let auxiliary = offset + table.u32(offset + 8);
    for (let left = table.u16(offset + 2); left > 0; left--) {
      needs.set(table.u16(auxiliary + 6), { library, version: text.text(table.u32(auxiliary + 8)) });
      const next = table.u32(auxiliary + 12);
      if (next === 0) break;
      auxiliary += next;
    }
    const next = table.u32(offset + 12);
    if (next === 0) return needs;
    offset += next;
  }
}
