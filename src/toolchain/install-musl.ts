import { join } from 'node:path';
import { readTable } from '../io/data.ts';
import type { Download } from '../io/download.ts';
import type { Processes } from '../io/processes.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { installedFolder } from './candidates.ts';
import type { InstallMeans } from './install.ts';

/** Milliseconds for each step; `make` takes 20 s on two cores. */
const stepTime = 1_800_000;

/** What the build of musl runs. */
export interface BuildMeans {
  processes: Processes;
  environment: Record<string, string | undefined>;
}

async function step(command: string[], cwd: string, { processes, environment }: BuildMeans): Promise<void> {
  const result = await processes
    .run(command, { cwd, env: environment, timeout: stepTime })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      const action = 'install gcc, make and tar';
      throw new Failure(exitCode.unfinished, `a program that builds musl is missing: ${command[0]}`, 'PATH', action);
    });
  if (result.code === 0) return;
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  throw new Failure(exitCode.unfinished, `building musl failed: ${said.slice(0, 160)}`, command.join(' '), 'see above');
}

/** The version in a tarball's name; else the one that its VERSION file has. */
async function unpack(archive: string, folder: string, means: InstallMeans, build: BuildMeans): Promise<string> {
  await step(['tar', '-xzf', archive, '-C', folder, '--strip-components=1'], folder, build);
  const text = means.files.read(join(folder, 'VERSION'));
  const version = text && new TextDecoder().decode(text).trim();
  if (version && /^\d+\.\d+\.\d+$/.test(version)) return version;
  throw new Failure(exitCode.usage, 'this is no source of musl', archive, 'give a musl-VERSION.tar.gz');
}

/**
 * Builds musl with the host's gcc, as the article does it (configure, make, make install), into the user's cache;
 * one that is there is left alone. `source` is a tarball; null downloads the pinned one. Absolute path of its folder.
 */
export async function installMusl(source: string | null, means: InstallMeans, build: BuildMeans): Promise<string> {
  const { musl } = readTable('toolchain-downloads.yaml') as { musl: Download & { version: string } };
  const parent = installedFolder(means.cacheFolder);
  if (source === null && means.files.isDirectory(join(parent, `musl-${musl.version}`))) {
    return join(parent, `musl-${musl.version}`);
  }
  let archive = source;
  if (archive === null) {
    archive = join(means.cacheFolder, 'downloads', musl.sha256);
    await means.download(musl, archive, (done) => means.progress(`musl ${musl.version}`, done, musl.bytes));
  }
  const tree = means.scratch.folder('gomusl-musl-');
  try {
    const version = await unpack(archive, tree, means, build);
    const prefix = join(parent, `musl-${version}`);
    return await means.place(parent, `musl-${version}`, async (folder) => {
      // The specs name the folder in which musl will stand; until then it is installed beside it.
      const aside = join(folder, '.aside');
      await step(['./configure', `--prefix=${prefix}`, `--syslibdir=${prefix}/lib`], tree, build);
      await step(['make', `-j${means.processors}`], tree, build);
      await step(['make', 'install', `DESTDIR=${aside}`], tree, build);
      for (const name of means.files.list(aside + prefix) ?? [])
        means.move(join(aside + prefix, name), join(folder, name));
      means.remove(aside);
    });
  } finally {
    means.scratch.remove(tree);
    if (source === null) means.remove(archive);
  }
}
