import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFile,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { copyFiles } from './copy-files.ts';
import { sha256 } from './sha256.ts';
import type { TreeEntry, Trees, TreeWalk } from './trees.ts';

/** Files read at a time: as many as Node's pool of threads takes, and some that wait. */
const atATime = 16;

/** Trees on the real disk. */
export const diskTrees: Trees = {
  resolve(path) {
    try {
      return realpathSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },

  walk(root, allowed) {
    const found: TreeWalk = { entries: [], dangling: [], outside: [] };
    const visit = (folder: string, path: string, roots: string[]): void => {
      for (const item of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const absolute = `${folder}/${item.name}`;
        const inside = path === '' ? item.name : `${path}/${item.name}`;
        let real = absolute;
        let reach = roots;
        if (item.isSymbolicLink()) {
          if (!existsSync(absolute)) {
            found.dangling.push({ path: inside, names: readlinkSync(absolute) });
            continue;
          }
          real = realpathSync(absolute);
          const within = roots.some((top) => real.startsWith(`${top}/`));
          // A folder that holds the link itself would be walked without end.
          if ((!within && !allowed(inside, real)) || `${folder}/`.startsWith(`${real}/`)) {
            found.outside.push({ path: inside, leads: real });
            continue;
          }
          if (!within) reach = [...roots, real];
        }
        const status = statSync(real);
        const mode = status.mode & 0o7777;
        if (status.isDirectory()) {
          found.entries.push({ path: inside, kind: 'folder', mode, size: 0 });
          visit(real, inside, reach);
        } else if (status.isFile()) {
          found.entries.push({ path: inside, kind: 'file', mode, size: status.size });
        }
      }
    };
    visit(root, '', [realpathSync(root)]);
    return found;
  },

  async copy(entries, from, to, progress) {
    const folders = entries.filter((entry) => entry.kind === 'folder');
    // A folder that its owner may not write gets its mode when it is full.
    for (const folder of folders) mkdirSync(`${to}/${folder.path}`);
    const hashes = await copyFiles(entries, from, to, progress);
    for (const folder of folders.reverse()) chmodSync(`${to}/${folder.path}`, folder.mode | 0o200);
    return hashes;
  },

  async hash(entries, root) {
    const hashes = new Map<string, string>();
    const files = entries.filter((entry) => entry.kind === 'file');
    await inParallel(files, (entry, next) => {
      readFile(`${root}/${entry.path}`, (failed, content) => {
        if (failed === null) hashes.set(entry.path, sha256(content));
        next(failed);
      });
    });
    return hashes;
  },

  makeUnique: (prefix) => mkdtempSync(prefix),

  makeFolder(path) {
    mkdirSync(path, { recursive: true });
  },

  write(path, content, mode) {
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.gomusl-${process.pid}`;
    try {
      writeFileSync(beside, content, { flag: 'wx' });
      chmodSync(beside, mode);
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  },

  rename(from, to) {
    try {
      renameSync(from, to);
      return 'moved';
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return 'occupied';
      throw error;
    }
  },

  remove(path) {
    rmSync(path, { recursive: true, force: true });
  },

  setMode: (path, mode) => chmodSync(path, mode),

  isRunning(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },

  mode(path) {
    const status = lstatSync(path, { throwIfNoEntry: false });
    return status === undefined ? null : status.mode & 0o7777;
  },
};

/** Runs `start` for every entry, several at a time; rejects with the first error, when the others have ended. */
function inParallel(entries: TreeEntry[], start: (entry: TreeEntry, next: (error: Error | null) => void) => void) {
  return new Promise<void>((resolve, reject) => {
    let at = 0;
    let running = 0;
    let failure: Error | null = null;
    const pump = (): void => {
      while (running < atATime && at < entries.length && failure === null) {
        const entry = entries[at++] as TreeEntry;
        running++;
        start(entry, (error) => {
          running--;
          failure ??= error;
          pump();
        });
      }
      if (running > 0) return;
      if (failure !== null) reject(failure);
      else resolve();
    };
    pump();
  });
}
