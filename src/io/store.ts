import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was worked out once and can be worked out again. Keys are names without `/`. */
export interface Store {
  /** The text under a key; null when there is none, or when it cannot be read. */
  get(key: string): string | null;
  /** Keeps a text if that is possible: a full disk or a home that cannot be written is no error. */
  put(key: string, text: string): void;
}

/** The user's cache folder: `$XDG_CACHE_HOME/gomusl`, else `$HOME/.cache/gomusl`; null when neither variable says where. */
export function userCacheFolder(environment: Record<string, string | undefined>): string | null {
  if (environment.XDG_CACHE_HOME?.startsWith('/')) return join(environment.XDG_CACHE_HOME, 'gomusl');
  return environment.HOME?.startsWith('/') ? join(environment.HOME, '.cache/gomusl') : null;
}

/** One file a key in a folder of the user's cache. Writes are atomic, so that two runs at once do no harm. */
export function diskStore(folder: string | null): Store {
  if (folder === null) return memoryStore();
  return {
    get(key) {
      try {
        return readFileSync(join(folder, key), 'utf8');
      } catch {
        return null;
      }
    },
    put(key, text) {
      const temporary = join(folder, `.${key}.${process.pid}`);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, text);
        renameSync(temporary, join(folder, key));
      } catch {
        discard(temporary);
      }
    },
  };
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The same read-only file system that refused the file.
  }
}

/** Keeps nothing beyond the process. */
export function memoryStore(): Store {
  const kept = new Map<string, string>();
  return { get: (key) => kept.get(key) ?? null, put: (key, text) => void kept.set(key, text) };
}
