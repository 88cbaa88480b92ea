import type { Files } from '../io/files.ts';
import { sha256 } from '../io/sha256.ts';
import type { Trees } from '../io/trees.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { type Manifest, ownFolder, parseTreeList, treeHash, treeList } from './manifest.ts';

/** How a patched copy differs from what was written. Paths inside the copy, sorted. */
export interface CopyState {
  modified: string[];
  missing: string[];
  added: string[];
}

/** Recomputes every hash of a patched copy: its own files, and the originals that `--reverse` would put back. */
export async function verifyCopy(root: string, manifest: Manifest, trees: Trees, files: Files): Promise<CopyState> {
  const entries = trees.walk(root, () => false).entries;
  const all = treeList(entries, await trees.hash(entries, root));
  const recorded = parseTreeList(Buffer.from(files.read(`${root}/${ownFolder}/files`) ?? []).toString('utf8'));
  const state: CopyState = { modified: [], missing: [], added: [] };
  for (const [path, hash] of recorded) {
    const now = all.get(path);
    if (now === undefined) state.missing.push(path);
    else if (now.hash !== hash) state.modified.push(path);
  }
  for (const path of all.keys()) {
    if (!path.startsWith(`${ownFolder}/`) && !recorded.has(path)) state.added.push(path);
  }
  if (hashOfRecorded(recorded) !== manifest.listHash) state.modified.push(`${ownFolder}/files`);
  for (const path of manifest.changed) {
    if (!all.has(`${ownFolder}/original/${path}`)) state.missing.push(`${ownFolder}/original/${path}`);
  }
  if (clean(state) && sourceHash(all, manifest) !== manifest.source.hash) state.modified.push(`${ownFolder}/original`);
  return state;
}

/** Whether nothing differs. */
export function clean(state: CopyState): boolean {
  return state.modified.length + state.missing.length + state.added.length === 0;
}

/** The hash that the source had, recomputed from the copy and the originals in it. */
function sourceHash(all: ReturnType<typeof treeList>, manifest: Manifest): string {
  const source: ReturnType<typeof treeList> = new Map();
  for (const [path, file] of all) {
    const original = path.startsWith(`${ownFolder}/original/`) ? path.slice(`${ownFolder}/original/`.length) : null;
    if (original !== null) source.set(original, file);
    else if (!path.startsWith(`${ownFolder}/`) && !manifest.changed.includes(path) && !manifest.added.includes(path)) {
      source.set(path, file);
    }
  }
  return treeHash(source);
}

function hashOfRecorded(recorded: Map<string, string>): string {
  const text = [...recorded].map(([path, hash]) => `${hash}  ${path}\n`).join('');
  return sha256(text);
}

/**
 * Turns a patched copy back into the tree it was made from, byte for byte. Fails when the copy was changed since.
 * Files that came later under pkg/, such as archives that `go install` made, stay.
 */
export async function reverseCopy(root: string, manifest: Manifest, trees: Trees, files: Files): Promise<string[]> {
  const { modified, missing, added } = await verifyCopy(root, manifest, trees, files);
  const [first] = [...modified, ...missing];
  if (first !== undefined) {
    throw new Failure(exitCode.unfinished, `the copy was changed since it was made: ${first}`, root, 'make it anew');
  }
  for (const path of manifest.added) trees.remove(`${root}/${path}`);
  for (const path of manifest.changed) {
    const original = `${root}/${ownFolder}/original/${path}`;
    if (trees.rename(original, `${root}/${path}`) === 'occupied') {
      throw new Failure(exitCode.unfinished, 'a folder stands where a file was', `${root}/${path}`, 'remove it');
    }
  }
  trees.remove(`${root}/${ownFolder}`);
  return added;
}
