import type { CFile, HeaderCache } from './header-cache.ts';

/** What a folder on the search path belongs to. */
export type FolderKind = 'module' | 'flags' | 'system' | 'kernel';

export interface SearchFolder {
  path: string;
  kind: FolderKind;
}

/** The folders a compiler searches, in order. Paths are absolute. */
export interface SearchPath {
  /** Searched for `"header"` only, after the including file's own folder. */
  quote: SearchFolder[];
  /** Searched for both forms. */
  angle: SearchFolder[];
  /** Files that no disk has, such as what cgo writes, by the name that includes them; searched last. */
  made: ReadonlyMap<string, CFile>;
  /** What was found before, for the units that share the path. */
  found: Map<string, FoundHeader | null>;
}

export interface FoundHeader {
  file: CFile;
  kind: FolderKind;
  /** Where `#include_next` goes on: index into `angle`, or before it when negative. */
  next: number;
}

/** Folds `.` and `..` out of an absolute path. */
export function normalized(path: string): string {
  if (!path.includes('/.') && !path.includes('//')) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * Finds a header as gcc and clang do.
 * `from` is the including file; `afterIndex` the index to begin with in `angle` (`#include_next`), null otherwise.
 */
export function findHeader(
  name: string,
  form: 'angle' | 'quote',
  from: { path: string; kind: FolderKind },
  afterIndex: number | null,
  search: SearchPath,
  cache: HeaderCache,
  cxx: boolean,
): FoundHeader | null {
  const beside = form === 'quote' && afterIndex === null ? folderOf(from.path) : '';
  const key = `${afterIndex ?? ''}\0${beside}\0${name}`;
  const seen = search.found.get(key);
  if (seen !== undefined) return seen;
  const found = lookUp(name, form, from, afterIndex, search, cache, cxx);
  search.found.set(key, found);
  return found;
}

function lookUp(
  name: string,
  form: 'angle' | 'quote',
  from: { path: string; kind: FolderKind },
  afterIndex: number | null,
  search: SearchPath,
  cache: HeaderCache,
  cxx: boolean,
): FoundHeader | null {
  const open = (path: string) => cache.open(normalized(path), cxx);
  if (name === '' || name.includes('\0')) return null;
  if (name.startsWith('/')) {
    const file = open(name);
    return file === null ? null : { file, kind: 'flags', next: -1 };
  }
  if (form === 'quote' && afterIndex === null) {
    const own = open(`${folderOf(from.path)}/${name}`);
    if (own !== null) return { file: own, kind: from.kind, next: 0 };
    for (const folder of search.quote) {
      const file = open(`${folder.path}/${name}`);
      if (file !== null) return { file, kind: folder.kind, next: 0 };
    }
  }
  for (let index = afterIndex ?? 0; index < search.angle.length; index++) {
    const folder = search.angle[index] as SearchFolder;
    const file = open(`${folder.path}/${name}`);
    if (file !== null) return { file, kind: folder.kind, next: index + 1 };
  }
  const made = search.made.get(name);
  return made === undefined ? null : { file: made, kind: 'module', next: search.angle.length };
}
