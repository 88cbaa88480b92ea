import { join } from 'node:path';
import { readTable } from '../io/data.ts';
import type { Download } from '../io/download.ts';
import type { Files } from '../io/files.ts';
import type { Scratch } from '../io/scratch.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { installedFolder } from './candidates.ts';
import { readZip, zipContent } from './zip.ts';

/** What an installation needs of the world. */
export interface InstallMeans {
  /** See `userCacheFolder`. */
  cacheFolder: string;
  /** Node's name of the machine, such as `x64`. */
  machine: string;
  files: Files;
  download(file: Download, path: string, onBytes: (done: number) => void): Promise<void>;
  /** Fills a folder and puts it in place at once; see `placeFolder`. */
  place(parent: string, name: string, fill: (folder: string) => Promise<void>): Promise<string>;
  write(path: string, content: Uint8Array, mode: number): void;
  /** Removes a file or a folder with all in it. */
  remove(path: string): void;
  move(from: string, to: string): void;
  scratch: Scratch;
  /** How many programs run at once. */
  processors: number;
  /** Told to a person: bytes done of bytes to do. */
  progress(name: string, done: number, of: number): void;
  /** SHA-256 of a file, in hex. */
  sha256(path: string): Promise<string>;
}

interface DownloadRow {
  version: string;
  folder?: string;
  machines: Record<string, Download & { folder?: string }>;
}

/** Names of what can be downloaded whole. `go` is for the development set-up. */
export type Downloadable = 'zig' | 'go';

/** The row of data/toolchain-downloads.yaml. */
export function downloadRow(name: Downloadable): DownloadRow {
  return (readTable('toolchain-downloads.yaml') as Record<Downloadable, DownloadRow>)[name];
}

/** Programs of Go's zip, which keeps no permissions. */
const goPrograms = /^(?:bin|pkg\/tool\/[^/]+)\/[^/]+$/;

/**
 * Downloads a pinned toolchain into the user's cache and unpacks it there; one that is there is left alone. `source` is
 * the file where it was brought by other means. Absolute path of its folder. Nothing half-done is ever seen under that
 * path.
 */
export async function installDownload(
  name: Downloadable,
  means: InstallMeans,
  source: string | null = null,
): Promise<string> {
  const row = downloadRow(name);
  const file = row.machines[means.machine];
  if (!file) {
    const known = Object.keys(row.machines).join(', ');
    throw new Failure(
      exitCode.usage,
      `no download of ${name} is known for this machine`,
      means.machine,
      `it is for ${known}`,
    );
  }
  const prefix = `${file.folder ?? row.folder}/`;
  return means.place(installedFolder(means.cacheFolder), `${name}-${row.version}`, async (folder) => {
    const archive = source ?? join(means.cacheFolder, 'downloads', file.sha256);
    if (source === null) {
      await means.download(file, archive, (done) => means.progress(`${name} ${row.version}`, done, file.bytes));
    } else if (means.files.size(source) !== file.bytes || (await means.sha256(source)) !== file.sha256) {
      const what = `this is not the file of ${name} ${row.version} that is pinned`;
      throw new Failure(exitCode.usage, what, source, `take ${file.url}`);
    }
    for (const entry of readZip(archive, means.files)) {
      if (!entry.path.startsWith(prefix)) continue;
      const path = entry.path.slice(prefix.length);
      const mode = name === 'go' && goPrograms.test(path) ? 0o755 : (entry.mode ?? 0o644);
      means.write(join(folder, path), zipContent(archive, entry, means.files), mode);
    }
    if (source === null) means.remove(archive);
  });
}
