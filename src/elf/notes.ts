import { Fields, latin1 } from './fields.ts';
import type { Image } from './image.ts';
import { sectionBytes, sectionType, segmentType } from './image.ts';
import { Malformed } from './source.ts';

/** All notes of honest files are a few hundred bytes. */
const mostBytes = 1024 * 1024;

/** An entry of a note segment or section. */
export interface Note {
  owner: string;
  type: number;
  description: Uint8Array;
  /** Address of the description when loaded; 0 when it came from a section that is not loaded. */
  address: number;
}

/** The notes that are loaded; of a file without program headers, those of its sections. A cut note ends its list. */
export function readNotes(image: Image): Note[] {
  const notes: Note[] = [];
  const segments = image.segments.filter(({ type }) => type === segmentType.note);
  let size = 0;
  for (const { offset, fileSize, address } of segments) {
    size += fileSize;
    if (size > mostBytes) throw new Malformed('has notes of more than 1 MiB');
    readInto(notes, new Fields(image.source.read(offset, fileSize), image.little, image.wide), address);
  }
  if (image.segments.length > 0) return notes;
  for (const section of image.sections) {
    if (section.type !== sectionType.note) continue;
    size += section.size;
    if (size > mostBytes) throw new Malformed('has notes of more than 1 MiB');
    readInto(notes, new Fields(sectionBytes(image, section), image.little, image.wide), section.address);
  }
  return notes;
}

function readInto(notes: Note[], fields: Fields, address: number): void {
  const align = (value: number) => Math.ceil(value / 4) * 4;
  let offset = 0;
  while (offset + 12 <= fields.bytes.length) {
    const ownerSize = fields.u32(offset);
    const size = fields.u32(offset + 4);
    const start = offset + 12 + align(ownerSize);
    if (start + size > fields.bytes.length) return;
    notes.push({
      owner: latin1(fields.bytes.subarray(offset + 12, offset + 12 + ownerSize)).split('\0')[0] ?? '',
      type: fields.u32(offset + 8),
      description: fields.bytes.subarray(start, start + size),
      address: address + start,
    });
    offset = start + align(size);
  }
}
