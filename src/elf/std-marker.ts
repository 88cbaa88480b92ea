import { stdMarkerPrefix } from '../model/executable.ts';
import { latin1 } from './fields.ts';
import type { Image } from './image.ts';
import { dataRanges, search } from './search.ts';

/** Bytes that one marker may have: a package of std that more than forty patches change would have more. */
const longest = 4096;
/** Markers that are read; an executable has one for each patched package of std. */
const most = 200;

/** The patches of std that a program was built with, `NAME@HASH`, sorted, each once: see src/patch/marker.ts. */
export function readStdMarkers(image: Image): string[] {
  const words = new Set<string>();
  let read = 0;
  const prefix = Buffer.from(stdMarkerPrefix, 'latin1');
  for (const range of dataRanges(image)) {
    search(image.source, range, [prefix], (_, offset) => {
      const start = offset + prefix.length;
      const text = latin1(image.source.read(start, Math.min(longest, image.source.size - start)));
      for (const word of text.split(' ')) {
        if (!/^[a-z0-9-]{1,60}@[0-9a-f]{12}$/.test(word)) break;
        words.add(word);
      }
      return ++read >= most;
    });
  }
  return [...words].sort();
}
