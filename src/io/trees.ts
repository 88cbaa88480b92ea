/** A file or folder of a tree, symlinks resolved. */
export interface TreeEntry {
  /** Path inside the tree, with `/`. */
  path: string;
  kind: 'file' | 'folder';
  /** Permission bits. */
  mode: number;
  /** Bytes of a file; 0 for a folder. */
  size: number;
}

/** What a walk through a tree met. */
export interface TreeWalk {
  /** Sorted by path, folders before what is in them. */
  entries: TreeEntry[];
  /** Symlinks that lead nowhere: path inside the tree, and what they name. */
  dangling: { path: string; names: string }[];
  /** Symlinks that lead out of the tree, and where to (absolute). The walk did not follow them. */
  outside: { path: string; leads: string }[];
}

/** What copying and changing whole folders needs of a disk. Paths are absolute. */
export interface Trees {
  /** The path with all symlinks resolved; null when there is nothing. */
  resolve(path: string): string | null;
  /** Walks a tree; `allowed` says whether a symlink that leaves it may be followed. Sockets and devices are left out. */
  walk(root: string, allowed: (path: string, leads: string) => boolean): TreeWalk;
  /**
   * Copies entries from one root into another that does not exist yet, as clones where the file system can, keeping
   * modes and times of change; gives the SHA-256 (hex) of every file.
   */
  copy(entries: TreeEntry[], from: string, to: string, progress: (done: number) => void): Promise<Map<string, string>>;
  /** SHA-256 (hex) of every file among the entries. */
  hash(entries: TreeEntry[], root: string): Promise<Map<string, string>>;
  /** Makes a folder that must not exist, with a name that no other run has: `prefix` and random letters. */
  makeUnique(prefix: string): string;
  makeFolder(path: string): void;
  /** Writes a file through a new name beside it, so that it is either the old or the new one. */
  write(path: string, content: Uint8Array, mode: number): void;
  /** `moved`; `occupied` when something stands at the new name that may not be replaced. */
  rename(from: string, to: string): 'moved' | 'occupied';
  /** Removes a file or a whole folder; nothing happens when there is none. */
  remove(path: string): void;
  setMode(path: string, mode: number): void;
  /** Whether a process of this number runs on this machine. */
  isRunning(pid: number): boolean;
  /** Permission bits of what stands there, not following a symlink; null when there is nothing. */
  mode(path: string): number | null;
}
