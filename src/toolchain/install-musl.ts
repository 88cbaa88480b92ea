import { basename, dirname, join } from 'node:path';
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
  /** Told to a person: what is done now. */
  say(text: string): void;
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

/** Which musl is built, and where it goes. */
export interface MuslRequest {
  /** A tarball; null downloads a pinned one. */
  source: string | null;
  /** Of the pinned ones, or what the tarball must be; null takes the first, or what it is. */
  version: string | null;
  /** Absolute path of a folder that does not exist yet; null for the user's cache. */
  prefix: string | null;
  /** As in Go. Another architecture than the machine's is built by `TRIPLE-gcc` of a distribution for glibc. */
  goarch: string;
  /** The triple of `TRIPLE-gcc`; null for the machine's own gcc. */
  cross: string | null;
}

type Release = Download & { version: string };

function pinned(version: string | null): Release {
  const { musl } = readTable('toolchain-downloads.yaml') as { musl: Release[] };
  const found = version === null ? musl[0] : musl.find((one) => one.version === version);
  if (found) return found;
  const known = musl.map((one) => one.version).join(', ');
  const action = `known are ${known}; give another by --source musl-${version}.tar.gz`;
  throw new Failure(exitCode.usage, 'no checksum of this musl is known', version ?? '', action);
}

/**
 * Builds musl with gcc, as the article does it (configure, make, make install), without root; one that is in the user's
 * cache is left alone. Absolute path of its folder.
 */
export async function installMusl(request: MuslRequest, means: InstallMeans, build: BuildMeans): Promise<string> {
  const { prefix, source } = request;
  const suffix = request.cross === null ? '' : `-${request.goarch}`;
  const place = (version: string) => prefix ?? join(installedFolder(means.cacheFolder), `musl-${version}${suffix}`);
  if (prefix !== null && means.files.exists(prefix)) {
    throw new Failure(exitCode.usage, 'there is something at --prefix already', prefix, 'name a new folder');
  }
  const release = source === null ? pinned(request.version) : null;
  if (release && prefix === null && means.files.isDirectory(place(release.version))) return place(release.version);
  const archive = source ?? join(means.cacheFolder, 'downloads', release?.sha256 ?? '');
  if (release) {
    const { version, bytes } = release;
    await means.download(release, archive, (done) => means.progress(`musl ${version}`, done, bytes));
  }
  const tree = means.scratch.folder('gomusl-musl-');
  try {
    const version = await unpack(archive, tree, means, build);
    if (request.version !== null && request.version !== version) {
      throw new Failure(exitCode.usage, `this source is of musl ${version}`, archive, 'correct --version or --source');
    }
    const target = place(version);
    return await means.place(dirname(target), basename(target), async (folder) => {
      // The specs name the folder in which musl will stand; until then it is installed beside it.
      const aside = join(folder, '.aside');
      build.say(`building musl ${version}, which takes about a minute`);
      const cross = request.cross === null ? [] : [`--target=${request.cross}`, '--enable-wrapper=gcc'];
      await step(['./configure', `--prefix=${target}`, `--syslibdir=${target}/lib`, ...cross], tree, build);
      await step(['make', `-j${means.processors}`], tree, build);
      await step(['make', 'install', `DESTDIR=${aside}`], tree, build);
      for (const name of means.files.list(aside + target) ?? [])
        means.move(join(aside + target, name), join(folder, name));
      means.remove(aside);
    });
  } finally {
    means.scratch.remove(tree);
    if (source === null) means.remove(archive);
  }
}
