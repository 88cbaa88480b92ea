import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atEnd } from './ending.ts';

/** One entry of a kept folder: a file with its text and permissions, or a symbolic link. */
export type TreeEntry = { text: string; mode?: number } | { link: string };

/** What was worked out once and can be worked out again. Keys and names are file names. */
export interface Store {
  /** The text under a key; null when there is none, when it cannot be read, or when another user may have written it. */
  get(key: string): string | null;
  /** Keeps a text if that is possible: a full disk or a home that cannot be written is no error. */
  put(key: string, text: string): void;
  /**
   * Of the keys that begin with `prefix`, removes those that nobody asked for in `days`, and of the others all but the
   * `most` that were used last.
   */
  prune(prefix: string, most: number, days: number): void;
  /**
   * Absolute path of a folder with exactly these entries (relative path to content), made now or by an earlier run.
   * The path depends on nothing but name and content. Throws when no place can be written.
   */
  tree(name: string, entries: Record<string, TreeEntry>): string;
  /**
   * Absolute path of a folder that `fill` has filled, now or in an earlier run. `name` must say all that its content
   * depends on. What `fill` throws is thrown on, and nothing is kept.
   */
  made(name: string, fill: (folder: string) => Promise<void>): Promise<string>;
}

/** The user's cache folder: `$XDG_CACHE_HOME/gomusl`, else `$HOME/.cache/gomusl`; null when neither variable says where. */
export function userCacheFolder(environment: Record<string, string | undefined>): string | null {
  if (environment.XDG_CACHE_HOME?.startsWith('/')) return join(environment.XDG_CACHE_HOME, 'gomusl');
  return environment.HOME?.startsWith('/') ? join(environment.HOME, '.cache/gomusl') : null;
}

/** A folder among the temporary files that is ours alone, for a home that cannot be written. */
function ownTemporaryFolder(): string {
  const folder = join(tmpdir(), `gomusl-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const status = lstatSync(folder);
  const ours = status.isDirectory() && status.uid === (process.getuid?.() ?? status.uid);
  // Another user's folder of that name must not choose the files of a build.
  return ours && (status.mode & 0o022) === 0 ? folder : mkdtempSync(join(tmpdir(), 'gomusl-'));
}

function writeTree(folder: string, entries: Record<string, TreeEntry>): void {
  for (const [path, entry] of Object.entries(entries)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if ('link' in entry) symlinkSync(entry.link, target);
    else {
      writeFileSync(target, entry.text);
      chmodSync(target, entry.mode ?? 0o644);
    }
  }
}

/** Whether something stands there, be it a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A folder on the way is a file.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Puts a whole folder in place by one rename, so that nobody sees half of it. */
function settle(half: string, folder: string): string {
  try {
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another run was first: its folder has the same content.
    if (!isThere(folder)) throw error;
  }
  return folder;
}

/** An error of the operating system with the place where it arose: a write to a full disk names none. */
function placed(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error && !('path' in error)) Object.assign(error, { path });
  return error;
}

function placeTree(parent: string, name: string, entries: Record<string, TreeEntry>): string {
  const folder = join(parent, `${name}-${digestOf(entries)}`);
  if (isThere(folder)) return folder;
  const half = mkdtempSync(join(parent, `.${name}-`));
  try {
    writeTree(half, entries);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw placed(error, parent);
  }
  return settle(half, folder);
}

/** Milliseconds after which a folder that was begun is nobody's any more. */
const abandoned = 24 * 3600 * 1000;

/** Removes what runs left that were killed outright. */
function sweep(parent: string, prefix: string): void {
  for (const name of readdirSync(parent).filter((one) => one.startsWith(prefix))) {
    const half = join(parent, name);
    const begun = lstatSync(half, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun > abandoned) rmSync(half, { recursive: true, force: true });
  }
}

/**
 * Fills a folder out of sight and puts it in place by one rename; one that is there is left alone. Absolute path. What
 * `fill` throws is thrown on, and nothing is left.
 */
export async function placeFolder(
  parent: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const place = join(parent, name);
  if (isThere(place)) return place;
  mkdirSync(parent, { recursive: true });
  sweep(parent, `.${name}-`);
  const half = mkdtempSync(join(parent, `.${name}-`));
  const forget = atEnd(() => rmSync(half, { recursive: true, force: true }));
  try {
    await fill(half);
    // mkdtemp makes folders for oneself alone; a toolchain at --prefix may be for others too.
    chmodSync(half, 0o777 & ~process.umask());
    return settle(half, place);
  } catch (error) {
    throw placed(error, parent);
  } finally {
    rmSync(half, { recursive: true, force: true });
    forget();
  }
}

/** A short name for a content. */
export function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}

/** Where folders are kept: in the cache, or among the temporary files when that cannot be written. */
function folderForTrees(cache: string | null): string {
  if (cache !== null) {
    const folder = join(cache, 'trees');
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      // A read-only home is no error.
    }
  }
  return ownTemporaryFolder();
}

/** One file a key in a folder of the user's cache. Writes are atomic, so that two runs at once do no harm. */
export function diskStore(folder: string | null): Store {
  const kept = new Map<string, string>();
  return {
    get: (key) => (folder === null ? (kept.get(key) ?? null) : ownText(join(folder, key))),
    put(key, text) {
      if (folder === null) kept.set(key, text);
      else keepText(folder, key, text);
    },
    prune(prefix, most, days) {
      if (folder !== null) pruneKeys(folder, prefix, most, days);
    },
    tree: (name, entries) => placeTree(folderForTrees(folder), name, entries),
    made: (name, fill) => placeFolder(folderForTrees(folder), name, fill),
  };
}

const day = 86_400_000;

/**
 * The text of a file that this user alone can write: what stands in the cache decides what is run. Its time of change
 * says, to the day, when it was last used. Null where it is absent, or not for us to read.
 */
function ownText(path: string): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const { uid, mode, mtimeMs } = fstatSync(descriptor);
    if (uid !== (process.getuid?.() ?? uid) || (mode & 0o022) !== 0) return null;
    const text = readFileSync(descriptor, 'utf8');
    if (mtimeMs < Date.now() - day) touch(path);
    return text;
  } catch {
    return null; // it is worked out again
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // A home that cannot be written has nothing removed either.
  }
}

function pruneKeys(folder: string, prefix: string, most: number, days: number): void {
  try {
    const paths = readdirSync(folder).flatMap((name) => (name.startsWith(prefix) ? [join(folder, name)] : []));
    const used = new Map(paths.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
    const latest = [...used].sort(([, left], [, right]) => right - left);
    const oldest = Date.now() - days * day;
    for (const [at, [path, time]] of latest.entries()) if (at >= most || time < oldest) rmSync(path, { force: true });
  } catch {
    // Not for us to write, or gone: another run was first.
  }
}

function keepText(folder: string, key: string, text: string): void {
  const temporary = join(folder, `.${key}.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, join(folder, key));
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The same file system that refused the file.
    }
  }
}

/** Keeps texts for the process alone; a folder is a name that nothing stands behind. */
export function memoryStore(): Store {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    put: (key, text) => void kept.set(key, text),
    prune: () => undefined,
    tree: (name) => `/store/${name}`,
    made: async (name) => `/store/${name}`,
  };
}
