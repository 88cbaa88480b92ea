import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { disk } from '../io/disk.ts';
import { download, sha256Of } from '../io/download.ts';
import { diskScratch } from '../io/scratch.ts';
import { placeFolder } from '../io/store.ts';
import type { InstallMeans } from '../toolchain/install.ts';

/** Tells how far a download is: on a terminal in one line, else at every tenth. */
export function progressTo(stream: NodeJS.WriteStream): InstallMeans['progress'] {
  let told = -1;
  return (name, done, of) => {
    const percent = Math.floor((done / of) * 100);
    const step = stream.isTTY ? percent : percent - (percent % 10);
    if (step === told) return;
    told = step;
    const text = `gomusl: ${name}: ${step} % of ${(of / 1_000_000).toFixed(of < 10_000_000 ? 1 : 0)} MB`;
    stream.write(stream.isTTY ? `\r${text}${percent === 100 ? '\n' : ''}` : `${text}\n`);
  };
}

/** Installs on the real disk, from the real network. */
export function diskInstallMeans(cacheFolder: string): InstallMeans {
  return {
    cacheFolder,
    machine: process.arch,
    files: disk,
    download,
    place: placeFolder,
    write(path, content, mode) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      chmodSync(path, mode);
    },
    remove: (path) => rmSync(path, { recursive: true, force: true }),
    move: renameSync,
    scratch: diskScratch(),
    processors: availableParallelism(),
    progress: progressTo(process.stderr),
    sha256: sha256Of,
  };
}
