import type { ObjectFacts } from '../model/object.ts';

/** e_machine of COFF objects that compilers write: amd64, 386, arm64, ARM Thumb-2. Source: the PE format's specification. */
const coffMachines = [0x8664, 0x014c, 0xaa64, 0x01c4];

/** What the first bytes of a file that is no ELF file say. */
export function foreignFormat(head: Uint8Array): Exclude<ObjectFacts['format'], 'elf'> {
  if (head.length === 0) return 'empty';
  if (head.length < 4) return 'other';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const big = view.getUint32(0);
  // `BC` 0xC0DE, and the wrapper that Apple puts before it.
  if (big === 0x4243c0de || big === 0xdec0170b) return 'bitcode';
  if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(big)) return 'macho';
  const machine = view.getUint16(0, true);
  if (coffMachines.includes(machine)) return 'coff';
  // Import objects and objects of many sections begin with 0x0000 0xffff.
  return machine === 0 && view.getUint16(2, true) === 0xffff ? 'coff' : 'other';
}
