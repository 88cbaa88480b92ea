import { basename, dirname } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { TreeEntry, Trees } from '../io/trees.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { copyEdits } from './copy-edits.ts';
import { verifyCopy } from './copy-verify.ts';
import type { GoTree } from './go-tree.ts';
import {
  type Manifest,
  ownFolder,
  printTreeList,
  readManifest,
  type TreeList,
  treeHash,
  treeList,
} from './manifest.ts';
import type { PatchAnswer } from './patch.ts';
import { rebuildTools } from './tool-rebuild.ts';

/** What copying may touch. */
export interface CopyRoom {
  files: Files;
  trees: Trees;
  processes: Processes;
  pid: number;
}

export interface CopyRequest {
  tree: GoTree;
  answers: PatchAnswer[];
  /** Absolute path of the copy. */
  out: string;
  /** Version of gomusl. */
  toolVersion: string;
  /** Called as files are copied: how many, of how many. */
  progress(done: number, all: number): void;
}

export interface CopyResult {
  /** `there already`: an earlier run made the same copy, and it is unchanged. */
  state: 'made' | 'there already';
  manifest: Manifest;
  /** Symlinks of the source that lead nowhere and are therefore not in the copy. */
  dangling: string[];
}

/**
 * Copies a GOROOT and patches the copy. Everything happens in a folder beside the target that is renamed at the end:
 * whoever looks sees no copy, or a whole one. The source is only read. An existing target is replaced when it is a copy
 * of ours that nobody has changed, and refused otherwise.
 */
export async function copyGoroot(request: CopyRequest, room: CopyRoom): Promise<CopyResult> {
  const { tree, out } = request;
  const { trees, files } = room;
  const source = trees.resolve(tree.root) ?? tree.root;
  const parent = trees.resolve(dirname(out));
  if (parent === null) {
    throw new Failure(
      exitCode.usage,
      'the folder for the copy does not exist',
      dirname(out),
      'make it, or give another --out',
    );
  }
  if (`${parent}/`.startsWith(`${source}/`) || `${source}/`.startsWith(`${parent}/${basename(out)}/`)) {
    throw new Failure(exitCode.usage, 'the copy would lie inside the tree, or hold it', out, 'give an --out elsewhere');
  }
  const earlier = await existing(out, room);
  const walk = walkTree(source, trees);
  if (earlier !== null && sameWork(earlier, request)) {
    const list = treeList(walk.entries, await trees.hash(walk.entries, source));
    if (earlier.source.hash === treeHash(list)) return { state: 'there already', manifest: earlier, dangling: [] };
  }
  const prefix = `${parent}/.${basename(out)}.gomusl-`;
  removeLeftovers(parent, prefix, room);
  const stage = trees.makeUnique(`${prefix}${room.pid}-`);
  try {
    const count = walk.entries.filter((entry) => entry.kind === 'file').length;
    const hashes = await trees.copy(walk.entries, source, stage, (done) => request.progress(done, count));
    const list = treeList(walk.entries, hashes);
    const { changed, added } = await edit(request, stage, list, room);
    const manifest = await finish(request, stage, list, changed, added, room);
    trees.setMode(stage, (trees.mode(source) ?? 0o755) | 0o200);
    if (earlier !== null) {
      const aside = trees.makeUnique(`${prefix}${room.pid}-`);
      trees.rename(out, aside);
      if (trees.rename(stage, out) === 'occupied') throw taken(out);
      trees.remove(aside);
    } else if (trees.rename(stage, out) === 'occupied') {
      const other = readManifest(out, files);
      if (other === null || other.source.hash !== manifest.source.hash || !sameWork(other, request)) throw taken(out);
      trees.remove(stage);
      return { state: 'there already', manifest: other, dangling: [] };
    }
    return { state: 'made', manifest, dangling: walk.dangling.map(({ path }) => path) };
  } catch (error) {
    trees.remove(stage);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new Failure(exitCode.unfinished, 'the disk is full, and nothing was left behind', parent, 'free some room');
    }
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
      const where = (error as NodeJS.ErrnoException).path ?? parent;
      throw new Failure(
        exitCode.unfinished,
        `the copy cannot be made (${code})`,
        where,
        'give an --out that you may write',
      );
    }
    throw error;
  }
}

/** The manifest of the copy that stands at the target; null when nothing does. Refuses everything else. */
async function existing(out: string, room: CopyRoom): Promise<Manifest | null> {
  if (room.trees.mode(out) === null) return null;
  const manifest = readManifest(out, room.files);
  if (manifest === null) {
    throw new Failure(
      exitCode.usage,
      'the target exists and is no copy of ours',
      out,
      'remove it, or give another --out',
    );
  }
  const { modified, missing, added } = await verifyCopy(out, manifest, room.trees, room.files);
  const [first] = [...modified, ...missing, ...added];
  if (first !== undefined) {
    const what = `the target is a copy of ours, but was changed since: ${first}`;
    throw new Failure(exitCode.usage, what, out, 'remove it, or give another --out');
  }
  return manifest;
}

function walkTree(source: string, trees: Trees) {
  const walk = trees.walk(source, (path, leads) => isSplitTree(source, path, leads));
  const [first] = walk.outside;
  if (first !== undefined) {
    const what = `a symlink leads out of the tree, to ${first.leads}`;
    throw new Failure(exitCode.usage, what, `${source}/${first.path}`, 'give a GOROOT without such links');
  }
  return walk;
}

/**
 * Distributions keep the parts of a GOROOT that no machine needs to change under /usr/share: `/usr/lib/go-1.19/src`
 * names `/usr/share/go-1.19/src`. Such a link keeps the name of the tree and the place inside it.
 */
function isSplitTree(source: string, path: string, leads: string): boolean {
  return leads.endsWith(`/${basename(source)}/${path}`);
}

function sameWork(manifest: Manifest, { answers, toolVersion }: CopyRequest): boolean {
  const words = (list: { name: string; hash: string }[]) => list.map(({ name, hash }) => `${name} ${hash}`).join('\n');
  const needed = answers.filter(({ state }) => state === 'needed').map(({ patch }) => patch);
  return manifest.tool.version === toolVersion && words(manifest.patches) === words(needed);
}

/** Removes what a run that was killed has left beside the target. */
function removeLeftovers(parent: string, prefix: string, { files, trees }: CopyRoom): void {
  for (const name of files.list(parent) ?? []) {
    const path = `${parent}/${name}`;
    const pid = path.startsWith(prefix) ? /^(\d+)-\w{6}$/.exec(path.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !trees.isRunning(Number(pid))) trees.remove(path);
  }
}

async function edit(request: CopyRequest, stage: string, list: TreeList, room: CopyRoom) {
  const { trees, files } = room;
  const changed: string[] = [];
  const added: string[] = [];
  const keep = (path: string): void => {
    if (!list.has(path)) {
      added.push(path);
      return;
    }
    changed.push(path);
    trees.makeFolder(dirname(`${stage}/${ownFolder}/original/${path}`));
    trees.rename(`${stage}/${path}`, `${stage}/${ownFolder}/original/${path}`);
  };
  const readText = (path: string) => {
    const bytes = files.read(`${stage}/${path}`);
    return bytes === null ? null : Buffer.from(bytes).toString('utf8');
  };
  for (const change of copyEdits(request.tree.version, request.answers, list, readText)) {
    if (change.kind === 'write' && change.expects !== null && list.get(change.path)?.hash !== change.expects) {
      const where = `${request.tree.root}/${change.path}`;
      throw new Failure(exitCode.unfinished, 'the tree was changed while it was copied', where, 'run it again');
    }
    keep(change.path);
    if (change.kind === 'write') trees.write(`${stage}/${change.path}`, change.content, change.mode);
  }
  await rebuildTools(request, stage, keep, room);
  return { changed, added };
}

async function finish(
  request: CopyRequest,
  stage: string,
  source: TreeList,
  changed: string[],
  added: string[],
  { trees }: CopyRoom,
): Promise<Manifest> {
  // What was not touched since it was copied keeps the hash that it had.
  const list: TreeList = new Map(source);
  for (const path of changed) list.delete(path);
  const touched = [...changed, ...added].flatMap((path): TreeEntry[] => {
    const mode = trees.mode(`${stage}/${path}`);
    return mode === null ? [] : [{ path, kind: 'file', mode, size: 0 }];
  });
  for (const [path, file] of treeList(touched, await trees.hash(touched, stage))) list.set(path, file);
  const needed = request.answers.filter(({ state }) => state === 'needed');
  const manifest: Manifest = {
    schemaVersion: 1,
    tool: { name: 'gomusl', version: request.toolVersion },
    source: { goroot: request.tree.root, version: request.tree.versionText, hash: treeHash(source) },
    patches: needed.map(({ patch, files }) => ({
      name: patch.name,
      hash: patch.hash,
      files: files.map(({ path }) => path),
    })),
    changed: changed.sort(),
    added: added.sort(),
    listHash: treeHash(list),
  };
  trees.write(`${stage}/${ownFolder}/files`, Buffer.from(printTreeList(list)), 0o644);
  trees.write(`${stage}/${ownFolder}/manifest.json`, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 0o644);
  return manifest;
}

function taken(out: string): Failure {
  return new Failure(
    exitCode.unfinished,
    'another run has put something at the target',
    out,
    'look at it, then run again',
  );
}
