import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Generated files: path from the root to text. */
export type Generated = Record<string, string>;

/** Paths whose text on the disk differs from what is generated. */
export function stale(files: Generated): string[] {
  return Object.keys(files).filter((path) => {
    try {
      return readFileSync(join(root, path), 'utf8') !== files[path];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
      throw error;
    }
  });
}

/** Writes the generated files. */
export function write(files: Generated): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
