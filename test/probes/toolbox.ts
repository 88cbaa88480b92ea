import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disk } from '../../src/io/disk.ts';
import { muslOfArchive } from '../../src/toolchain/musl-version.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Where what the probes build goes. */
export const scratch = mkdtempSync(join(tmpdir(), 'gomusl-probes-'));
export function clearScratch(): void {
  rmSync(scratch, { recursive: true, force: true });
}

/** Output of both streams, and the exit code; null when a signal ended it. */
export interface Ran {
  output: string;
  code: number | null;
}

/** Runs a command in the folder of the probes; `seconds` is more than it may take on a busy machine. */
export function run(words: string[], environment: Record<string, string> = {}, seconds = 120): Ran {
  const [command = '', ...rest] = words;
  const { stdout, stderr, status, error } = spawnSync(command, rest, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: seconds * 1000,
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  return { output: stdout + stderr, code: status };
}

/** Runs a command that has to end well; its output. */
export function must(words: string[], environment: Record<string, string> = {}): string {
  const { output, code } = run(words, environment);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** How a probe is built beside the three settings. */
export interface Build {
  /** Linker flags that a remedy adds. */
  extldflags?: string[];
  /** Further words for `go build`. */
  words?: string[];
  /** GOROOT of another Go than the one on PATH. */
  goroot?: string;
}

/** Builds the probe of a folder with the article's three settings; the executable, or the archive with -buildmode. */
export function build(probe: string, { extldflags = [], words = [], goroot }: Build = {}): string {
  const product = join(mkdtempSync(join(scratch, `${probe}-`)), 'probe');
  const ldflags = `-linkmode=external -extldflags "${['-static', ...extldflags].join(' ')}"`;
  const go = goroot === undefined ? 'go' : join(goroot, 'bin/go');
  must([go, 'build', ...words, '-ldflags', ldflags, '-o', product, `./${probe}`], {
    CC: 'musl-gcc',
    CGO_ENABLED: '1',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '',
    ...(goroot === undefined ? {} : { GOROOT: goroot }),
  });
  return product;
}

/** Compiles a C file of a probe for musl; the object. */
export function compile(file: string, words: string[] = []): string {
  const object = join(mkdtempSync(join(scratch, 'object-')), 'object.o');
  must(['musl-gcc', '-O2', ...words, '-c', '-x', 'c', join(folder, file), '-o', object]);
  return object;
}

/** Version of the musl that musl-gcc links; null when its archive cannot be read. */
export function muslVersion(): string | null {
  const object = compile('gm306-setxid/onstack.c.txt');
  const { output } = run(['musl-gcc', '-static', '-Wl,--trace', object, '-o', `${scratch}/version`]);
  const archive = /^\/.*\/libc\.a/m.exec(output)?.[0];
  return archive === undefined ? null : (muslOfArchive(archive, disk)?.version ?? null);
}

/** A root folder for chroot with these files, and empty folders where a path ends with a slash. */
export function rootFolder(files: Record<string, string>): string {
  const root = mkdtempSync(join(scratch, 'root-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(root, path), text);
  }
  return root;
}

/** GOROOT of a Go in the module cache whose version fits; null when none does. Nothing is downloaded. */
export function cachedGo(fits: RegExp): string | null {
  try {
    const cache = join(must(['go', 'env', 'GOMODCACHE']).trim(), 'golang.org');
    const name = readdirSync(cache).find((entry) => fits.test(entry) && entry.endsWith('.linux-amd64'));
    return name === undefined ? null : join(cache, name);
  } catch {
    return null;
  }
}

/** Why a command cannot be had; null when it can. */
export function lacks(command: string, argument = '--version'): string | null {
  return spawnSync(command, [argument]).error === undefined ? null : `${command} is not installed`;
}
