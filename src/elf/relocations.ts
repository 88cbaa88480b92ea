import { type Image, type SectionHeader, sectionFields, sectionType } from './image.ts';

const mips64 = 8;

/** Indexes of the symbols that a section of relocations names, once for each relocation. Throws Malformed. */
export function* readRelocations(image: Image, section: SectionHeader): Generator<number> {
  const fields = sectionFields(image, section);
  const { wide } = image;
  const addend = section.type === sectionType.rela ? (wide ? 8 : 4) : 0;
  const entry = (wide ? 16 : 8) + addend;
  // MIPS64 writes the symbol first, as 4 bytes of its own, in either byte order.
  const swapped = wide && image.machine === mips64;
  for (let offset = 0; offset + entry <= fields.bytes.length; offset += entry) {
    if (!wide) yield fields.u32(offset + 4) >>> 8;
    else if (swapped) yield fields.u32(offset + 8);
    else yield Math.floor(fields.u64(offset + 8) / 0x1_0000_0000);
  }
}
