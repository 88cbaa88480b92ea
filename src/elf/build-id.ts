import type { Files } from '../io/files.ts';
import { latin1 } from './fields.ts';
import { openImage } from './image.ts';
import { type Note, readNotes } from './notes.ts';
import { fileSource, Malformed } from './source.ts';

/** Go's build id among the notes; null where there is none. Its last part is a hash of the file's content. */
export function goBuildId(notes: Note[]): string | null {
  const note = notes.find(({ owner, type }) => owner === 'Go' && type === 4);
  return note === undefined ? null : latin1(note.description);
}

/** Go's build id of a file, read from its notes alone; null when there is no such file, or no such id in it. */
export function readGoBuildId(path: string, files: Files): string | null {
  const source = fileSource(path, files);
  if (source === null) return null;
  try {
    return goBuildId(readNotes(openImage(source)));
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
