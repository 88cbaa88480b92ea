import { readTable } from '../io/data.ts';

let known: Set<string> | undefined;

/** Headers of glibc that `gomusl build` can bring its own of. data/own-headers.yaml. */
export function ownHeaders(): ReadonlySet<string> {
  known ??= new Set(readTable('own-headers.yaml') as string[]);
  return known;
}
