import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import { librariesFolder } from './built.ts';

/** A library that stands in the cache, for whatever compiler. */
export interface StandingLibrary {
  /** Of its recipe. */
  name: string;
  /** Absolute path. */
  folder: string;
  /** Of all files in it. */
  bytes: number;
}

function bytesBelow(folder: string, files: Files): number {
  return (files.list(folder) ?? []).reduce((sum, name) => {
    const path = join(folder, name);
    return sum + (files.isDirectory(path) ? bytesBelow(path, files) : (files.size(path) ?? 0));
  }, 0);
}

/** All libraries in a cache, those of recipes and compilers that are gone as well. */
export function standingLibraries(cacheFolder: string, files: Files): StandingLibrary[] {
  const parent = librariesFolder(cacheFolder);
  return (files.list(parent) ?? []).flatMap((entry) => {
    const name = /^([^.].*)-[0-9a-f]{16}$/.exec(entry)?.[1];
    const folder = join(parent, entry);
    return name === undefined ? [] : [{ name, folder, bytes: bytesBelow(folder, files) }];
  });
}
