import { readOwnHeader } from '../io/data.ts';
import type { Store } from '../io/store.ts';
import { ownHeaders } from '../libc/own-headers.ts';

/** Absolute path of a folder with all headers of our own, for `-idirafter`; its name depends on their content alone. */
export function ownHeadersFolder(store: Store): string {
  const entries = [...ownHeaders()].map((name) => [name, { text: readOwnHeader(name) }]);
  return store.tree('headers', Object.fromEntries(entries));
}
