import { type Image, sectionFields, sectionType } from './image.ts';

/** R_…_IRELATIVE by ELF machine. Source: the psABI documents, as binutils' include/elf has them. */
const irelative: Record<number, number> = {
  3: 42,
  20: 248,
  21: 248,
  22: 61,
  40: 160,
  62: 37,
  183: 1032,
  243: 58,
  258: 12,
};

/** Whether the loaded relocations call resolvers of IFUNC symbols. A file without section headers shows none. */
export function hasIrelative(image: Image): boolean {
  const wanted = irelative[image.machine];
  if (wanted === undefined) return false;
  return image.sections.some((section) => {
    if ((section.type !== sectionType.rela && section.type !== sectionType.rel) || (section.flags & 2) === 0)
      return false;
    const table = sectionFields(image, section);
    const entry = (image.wide ? 16 : 8) + (section.type === sectionType.rela ? (image.wide ? 8 : 4) : 0);
    for (let offset = 0; offset + entry <= table.bytes.length; offset += entry) {
      const type = image.wide ? table.word(offset + 8) % 0x1_0000_0000 : table.u32(offset + 4) & 0xff;
      if (type === wanted) return true;
    }
    return false;
  });
}
