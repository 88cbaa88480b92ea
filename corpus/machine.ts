import { mkdtempSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { children } from '../src/io/children.ts';
import type { ProcessResult } from '../src/io/processes.ts';

/** A C toolchain as the article's first setting has it. */
export interface CorpusToolchain {
  name: 'musl-gcc' | 'zig';
  cc: string;
  /** Null: the article sets CC alone. */
  cxx: string | null;
  /** What it calls itself, with its versions. */
  versions: string;
}

/** This machine: where things are, and what its paths are called in what is committed. */
export interface Machine {
  env: Record<string, string | undefined>;
  goVersion: string;
  goroot: string;
  modcache: string;
  /** Scratch folder of this run. */
  scratch: string;
  toolchains: CorpusToolchain[];
  /** Replaces this machine's paths by names, longest first. */
  anonymous(text: string): string;
}

/** Runs a command, out of the way of others, for some seconds at most. */
export function run(
  command: string[],
  cwd: string,
  env: Record<string, string | undefined>,
  seconds = 600,
): Promise<ProcessResult> {
  return children.run(['nice', '-n', '10', 'timeout', '-k', '10', String(seconds), ...command], { cwd, env });
}

async function output(command: string[], env: Record<string, string | undefined>): Promise<string> {
  const result = await run(command, tmpdir(), env);
  if (result.code !== 0) throw new Error(`${command.join(' ')}: ${result.stderr.trim() || `exit ${result.code}`}`);
  return result.stdout.trim();
}

/** Looks at this machine. `zig` is the path of a zig; without one it is taken from PATH or from the Python module. */
export async function openMachine(names: string[], zig: string | undefined): Promise<Machine> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-corpus-')));
  const env: Machine['env'] = {
    PATH: process.env.PATH,
    HOME: homedir(),
    GOPROXY: process.env.GOPROXY,
    GOMODCACHE: process.env.GOMODCACHE,
    GOCACHE: process.env.GOCACHE,
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-mod=mod',
    GOSUMDB: process.env.GOSUMDB,
    // For the sources of recipes, where the network has a certificate authority of its own.
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    GONOSUMDB: process.env.GONOSUMDB,
    GO111MODULE: 'on',
    GOWORK: 'off',
    LC_ALL: 'C',
    // The machine's own .pc files describe libraries for its own libc: they are no musl libraries.
    PKG_CONFIG_LIBDIR: join(scratch, 'no-pkg-config'),
  };
  const goenv = JSON.parse(
    await output(['go', 'env', '-json', 'GOVERSION', 'GOROOT', 'GOMODCACHE', 'GOCACHE'], env),
  ) as {
    GOVERSION: string;
    GOROOT: string;
    GOMODCACHE: string;
    GOCACHE: string;
  };
  const zigPath = names.includes('zig') ? await findZig(zig, env) : '';
  const toolchains: CorpusToolchain[] = [];
  for (const name of names) {
    if (name === 'musl-gcc') toolchains.push(await muslGcc(env));
    else if (name === 'zig') toolchains.push(await zigToolchain(zigPath, env));
    else throw new Error(`no toolchain ${name}: musl-gcc or zig`);
  }
  const zigFolder = zigPath.slice(0, zigPath.lastIndexOf('/'));
  if (zigFolder !== '') env.PATH = `${zigFolder}:${env.PATH}`;
  const places: [string, string][] = [
    [scratch, '$ROW'],
    [goenv.GOMODCACHE, '$GOMODCACHE'],
    [goenv.GOCACHE, '$GOCACHE'],
    [realpathSync(goenv.GOROOT), '$GOROOT'],
    [goenv.GOROOT, '$GOROOT'],
    [zigFolder, '$ZIG'],
    [homedir(), '$HOME'],
  ];
  places.sort((a, b) => b[0].length - a[0].length);
  return {
    env,
    goVersion: goenv.GOVERSION,
    goroot: goenv.GOROOT,
    modcache: goenv.GOMODCACHE,
    scratch,
    toolchains,
    anonymous(text) {
      let result = text;
      for (const [place, name] of places) if (place.length > 1) result = result.replaceAll(place, name);
      return result
        .replace(/\/\S*?\/go-(?:build|link-)\d+/g, '$WORK')
        .replace(/\/tmp\/cc[A-Za-z0-9]{6}\b/g, '$WORK/cc')
        .replace(/\/tmp\/cgo-gcc-input-\d+/g, '$WORK/cgo-gcc-input');
    },
  };
}

async function findZig(given: string | undefined, env: Machine['env']): Promise<string> {
  if (given !== undefined) return realpathSync(given);
  const inPath = await run(['sh', '-c', 'command -v zig'], tmpdir(), env);
  if (inPath.code === 0) return realpathSync(inPath.stdout.trim());
  const script = 'import ziglang, os; print(os.path.join(os.path.dirname(ziglang.__file__), "zig"))';
  const inPython = await run(['python3', '-c', script], tmpdir(), env);
  if (inPython.code === 0) return realpathSync(inPython.stdout.trim());
  throw new Error('no zig: give one with --zig PATH, or leave it out with --toolchain musl-gcc');
}

async function muslGcc(env: Machine['env']): Promise<CorpusToolchain> {
  const compiler = await output(['musl-gcc', '-dumpfullversion'], env);
  const libc = await run(['/lib/ld-musl-x86_64.so.1', '--version'], tmpdir(), env);
  const version = /Version (\S+)/.exec(libc.stderr + libc.stdout)?.[1] ?? 'unknown';
  return { name: 'musl-gcc', cc: 'musl-gcc', cxx: null, versions: `gcc ${compiler}, musl ${version}` };
}

async function zigToolchain(path: string, env: Machine['env']): Promise<CorpusToolchain> {
  const version = await output([path, 'version'], env);
  const clang = /clang version (\S+)/.exec(await output([path, 'cc', '--version'], env))?.[1] ?? 'unknown';
  const quoted = /\s/.test(path) ? `'${path}'` : path;
  const target = '-target x86_64-linux-musl';
  return {
    name: 'zig',
    cc: `${quoted} cc ${target}`,
    cxx: `${quoted} c++ ${target}`,
    versions: `zig ${version}, clang ${clang}`,
  };
}
