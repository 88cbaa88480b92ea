import type { Files } from '../io/files.ts';
import { sha256 } from '../io/sha256.ts';
import type { TreeEntry } from '../io/trees.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** Folder of our own inside a patched copy. */
export const ownFolder = '.gomusl';

/** What a patched copy says of itself, in .gomusl/manifest.json. */
export interface Manifest {
  schemaVersion: 1;
  tool: { name: 'gomusl'; version: string };
  /** The tree that was copied: where it stood, which Go, and the SHA-256 of its list of files. */
  source: { goroot: string; version: string; hash: string };
  patches: { name: string; hash: string; files: string[] }[];
  /** Files of the source that are otherwise or missing in the copy; their bytes are in .gomusl/original/. */
  changed: string[];
  /** Files that only the copy has. */
  added: string[];
  /** SHA-256 of the copy's own list of files, .gomusl/files. */
  listHash: string;
}

/** A file of a tree: octal mode and SHA-256 of its content. */
export type TreeList = Map<string, { mode: number; hash: string }>;

/** Joins what a walk and a copy found. */
export function treeList(entries: TreeEntry[], hashes: Map<string, string>): TreeList {
  const list: TreeList = new Map();
  for (const { path, mode } of entries) {
    const hash = hashes.get(path);
    if (hash !== undefined) list.set(path, { mode, hash });
  }
  return list;
}

/** The list as text, one line a file: hash, two blanks, path; so `sha256sum -c` reads it too. */
export function printTreeList(list: TreeList): string {
  return [...list]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { hash }]) => `${hash}  ${path}\n`)
    .join('');
}

/** SHA-256 (hex) of a list of files: contents and paths, not modes, which an unpacked archive may lack. */
export function treeHash(list: TreeList): string {
  return sha256(printTreeList(list));
}

/** Reads what printTreeList wrote: path to hash. */
export function parseTreeList(text: string): Map<string, string> {
  const list = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (found !== null) list.set(found[2] ?? '', found[1] ?? '');
  }
  return list;
}

/** The manifest of a patched copy; null when the folder is none of ours. Fails when it is damaged. */
export function readManifest(root: string, files: Files): Manifest | null {
  const path = `${root}/${ownFolder}/manifest.json`;
  const bytes = files.read(path);
  if (bytes === null) return null;
  try {
    const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest;
    const whole =
      manifest.schemaVersion === 1 &&
      typeof manifest.source.goroot === 'string' &&
      typeof manifest.source.hash === 'string' &&
      typeof manifest.listHash === 'string' &&
      manifest.patches.every(({ name, hash }) => typeof name === 'string' && typeof hash === 'string') &&
      [...manifest.changed, ...manifest.added].every((file) => typeof file === 'string');
    if (whole) return manifest;
  } catch {
    // Told below: whatever it is, it is not what we wrote.
  }
  throw new Failure(exitCode.unfinished, 'the manifest of the patched copy is damaged', path, 'make the copy anew');
}
