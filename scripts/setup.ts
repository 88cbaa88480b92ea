// Finds what development needs beside Node: Go, and a C toolchain for musl. What is absent is put into the user's cache,
// with pinned checksums and without root; with `--apt` a toolchain comes from the distribution instead.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { diskInstallMeans } from '../src/cli/install-means.ts';
import { children } from '../src/io/children.ts';
import { disk } from '../src/io/disk.ts';
import { hostArchitecture } from '../src/io/host-architecture.ts';
import { diskStore, userCacheFolder } from '../src/io/store.ts';
import { exitCode, Failure } from '../src/model/failure.ts';
import { commandPath, listCandidates } from '../src/toolchain/candidates.ts';
import { findToolchain } from '../src/toolchain/find.ts';
import { installDownload } from '../src/toolchain/install.ts';

type Environment = Record<string, string | undefined>;

export interface SetUp {
  /** The environment with what was found or installed in PATH. */
  environment: Environment;
  /** What was found or done, one line each. */
  told: string[];
}

function cacheOf(environment: Environment): string {
  const folder = userCacheFolder(environment);
  if (folder !== null) return folder;
  throw new Failure(exitCode.unfinished, 'there is no place for downloads', 'HOME', 'set HOME or XDG_CACHE_HOME');
}

async function setUpGo(environment: Environment, told: string[]): Promise<Environment> {
  const present = commandPath('go', environment, disk);
  if (present) {
    const version = spawnSync(present, ['env', 'GOVERSION'], {
      encoding: 'utf8',
      env: { ...environment, GOTOOLCHAIN: 'local' },
    });
    if (version.status === 0) {
      told.push(`Go: ${present}, ${version.stdout.trim()}`);
      return environment;
    }
  }
  const folder = await installDownload('go', diskInstallMeans(cacheOf(environment)));
  told.push(`Go: none in PATH; ${folder}, from Go's own module proxy`);
  return { ...environment, PATH: `${join(folder, 'bin')}:${environment.PATH ?? ''}`, GOTOOLCHAIN: 'local' };
}

function installByApt(told: string[]): void {
  const packages = ['musl-tools', 'libc6-dev', 'gcc'];
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const command = [...(process.getuid?.() === 0 ? [] : ['sudo']), 'apt-get', '-qq', ...words];
    const { status } = spawnSync(command[0] ?? '', command.slice(1), { stdio: ['inherit', 2, 2] });
    if (status !== 0) {
      throw new Failure(
        exitCode.unfinished,
        'apt-get did not install musl-tools',
        command.join(' '),
        'see what it said',
      );
    }
  }
  told.push('musl: musl-tools, installed by apt-get');
}

async function setUpMusl(environment: Environment, apt: boolean, told: string[]): Promise<void> {
  const cacheFolder = userCacheFolder(environment);
  const store = diskStore(cacheFolder);
  const request = { goarch: hostArchitecture(), environment, cacheFolder, store, scratch: null, needsCxx: false };
  if (apt && !commandPath('musl-gcc', environment, disk)) installByApt(told);
  const found = await findToolchain('auto', request, children, disk);
  if (found) {
    told.push(`musl: ${found.cc[0]}, musl ${found.libc.version}`);
    return;
  }
  const folder = await installDownload('zig', diskInstallMeans(cacheOf(environment)));
  told.push(`musl: no toolchain in PATH; zig in ${folder}, from its Python wheel`);
}

/** What the tests need beyond that: zig beside musl-gcc, for which there is no download that needs no compiler. */
async function setUpBoth(environment: Environment, told: string[]): Promise<void> {
  const cacheFolder = cacheOf(environment);
  const store = diskStore(cacheFolder);
  const request = { goarch: hostArchitecture(), environment, cacheFolder, store, scratch: null, needsCxx: true };
  if (listCandidates('zig', request, disk).length === 0) {
    told.push(`zig: ${await installDownload('zig', diskInstallMeans(cacheFolder))}, from its Python wheel`);
  }
  if (!commandPath('musl-gcc', environment, disk)) {
    told.push('musl-gcc: none in PATH; tests that need it fail. On Debian: apt-get install musl-tools');
  }
}

/** Finds or installs Go and a musl toolchain; with `all`, zig too. Throws a failure of one line when it cannot. */
export async function setUp(environment: Environment, options: { apt: boolean; all?: boolean }): Promise<SetUp> {
  const told: string[] = [];
  const withGo = await setUpGo(environment, told);
  await setUpMusl(withGo, options.apt, told);
  if (options.all) await setUpBoth(withGo, told);
  return { environment: withGo, told };
}
