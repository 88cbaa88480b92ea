import { type Image, type Segment, sectionFlag, segmentType } from './image.ts';
import { Malformed, type Source } from './source.ts';

const chunk = 4 * 1024 * 1024;
/** How often the bytes of a file are searched at most, all pieces together. */
const mostReadings = 4;

/** Loaded pieces of the file that hold data: sections that are not code, else segments that are not code. */
export function dataRanges(image: Image): { offset: number; size: number; address: number }[] {
  const loads = image.segments.filter(({ type }) => type === segmentType.load);
  const isCode = ({ flags }: Segment) => (flags & 1) !== 0;
  // An executable without a read-only segment has its constants among the code.
  const chosen = loads.some((segment) => !isCode(segment) && segment.fileSize > 0)
    ? loads.filter((s) => !isCode(s))
    : loads;
  const ranges = chosen.map(({ offset, fileSize, address }) => ({ offset, size: fileSize, address }));
  // Small C programs keep .rodata in the segment of the code; its section says where.
  for (const section of image.sections) {
    const loaded = (section.flags & sectionFlag.alloc) !== 0 && (section.flags & sectionFlag.exec) === 0;
    if (!loaded || !section.name.startsWith('.rodata')) continue;
    const covered = ranges.some(({ offset, size }) => section.offset >= offset && section.offset < offset + size);
    if (!covered) ranges.push({ offset: section.offset, size: section.size, address: section.address });
  }
  const inside = ({ offset, size }: { offset: number; size: number }) =>
    Math.max(0, Math.min(size, image.source.size - offset));
  const bytes = ranges.reduce((sum, range) => sum + inside(range), 0);
  if (bytes > mostReadings * image.source.size) throw new Malformed('has segments that overlap');
  return ranges;
}

/**
 * Searches a piece of a file for byte strings, a chunk at a time. Calls `found` with the index of the pattern
 * and the offset in the source; stops looking for a pattern when `found` returns true.
 */
export function search(
  source: Source,
  range: { offset: number; size: number },
  patterns: Uint8Array[],
  found: (pattern: number, offset: number) => boolean,
): void {
  const overlap = Math.max(...patterns.map(({ length }) => length)) - 1;
  const open = new Set(patterns.keys());
  const end = Math.min(range.offset + range.size, source.size);
  for (let start = range.offset; start < end && open.size > 0; start += chunk) {
    const bytes = source.read(start, Math.min(chunk + overlap, end - start));
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const pattern of [...open]) {
      const wanted = patterns[pattern] ?? new Uint8Array(0);
      for (let at = buffer.indexOf(wanted); at >= 0 && at < chunk; at = buffer.indexOf(wanted, at + 1)) {
        if (!found(pattern, start + at)) continue;
        open.delete(pattern);
        break;
      }
    }
  }
}
