import { Fields, latin1 } from './fields.ts';
import { bytesAt, type Image } from './image.ts';
import type { Note } from './notes.ts';
import type { RawSymbol } from './symbols.ts';

/** Owner and type of the note that `gomusl build` links in. */
export const productNote = { owner: 'gomusl', type: 1 };

/**
 * The version that musl carries in `__libc_version`, read from the program itself: through the symbol, or, in a
 * stripped file, through the note of `gomusl build`, which begins with the distance from itself to that text (4 bytes,
 * signed). Null when neither is there.
 */
export function readLibcVersion(image: Image, notes: Note[], symbols: Map<string, RawSymbol> | null): string | null {
  const symbol = symbols?.get('__libc_version');
  const note = notes.find(isProductNote);
  const address = symbol?.value ?? pointedAt(image, note);
  if (address === null) return null;
  const bytes = bytesAt(image, address, 32);
  const version = bytes === null ? '' : latin1(bytes).split('\0')[0];
  return /^\d+\.\d+(\.\d+)?[\w.+-]*$/.test(version ?? '') ? (version ?? null) : null;
}

function pointedAt(image: Image, note: Note | undefined): number | null {
  if (note === undefined || note.description.length < 4 || note.address === 0) return null;
  return note.address + new Fields(note.description, image.little, image.wide).i32(0);
}

function isProductNote({ owner, type }: Note): boolean {
  return owner === productNote.owner && type === productNote.type;
}

/** The lines `key=value` behind the distance; null without the note. */
export function readProductNote(notes: Note[]): Record<string, string> | null {
  const note = notes.find(isProductNote);
  if (note === undefined) return null;
  const text = Buffer.from(note.description.subarray(4)).toString('utf8').split('\0')[0] ?? '';
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
