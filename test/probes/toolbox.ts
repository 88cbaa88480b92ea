import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disk } from '../../src/io/disk.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Result } from '../../src/model/result.ts';
import type { Target } from '../../src/model/target.ts';
import { readGoTree } from '../../src/patch/go-tree.ts';
import { gorootOverlay } from '../../src/patch/goroot-overlay.ts';
import { loadPatches } from '../../src/patch/load.ts';
import { selectPatches } from '../../src/patch/select.ts';
import { muslOfArchive } from '../../src/toolchain/musl-version.ts';

const program = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const patches = fileURLToPath(new URL('../../patches', import.meta.url));

/** Where what the probes build goes. */
export const scratch = mkdtempSync(join(tmpdir(), 'gomusl-probes-'));
/** A copy of the probes' module, so that archives can be built into it. */
const folder = join(scratch, 'module');
cpSync(fileURLToPath(new URL('.', import.meta.url)), folder, { recursive: true });
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

/** Compiles a C file for musl: one of a probe's, or a shim by its absolute path; the object. */
export function compile(file: string): string {
  const object = join(mkdtempSync(join(scratch, 'object-')), 'object.o');
  must(['musl-gcc', '-O2', '-c', '-x', 'c', resolve(folder, file), '-o', object]);
  return object;
}

/** Compiles a file of a probe for glibc, as a distribution would, into an archive beside it. */
export function archive(probe: string, file: string, name: string, words: string[] = []): void {
  const object = join(scratch, `${name}.o`);
  const [compiler, language] = file.includes('.cc') ? ['g++', 'c++'] : ['gcc', 'c'];
  must([compiler, '-O2', ...words, '-c', '-x', language, join(folder, probe, file), '-o', object]);
  must(['ar', 'rcs', join(folder, probe, name), object]);
}

/** Runs gomusl in the folder of the probes. */
export function gomusl(words: string[], environment: Record<string, string> = {}): Ran {
  // zig builds its musl, and its C++ library, at the first link: minutes on a busy machine.
  return run(['node', program, ...words], { GOTOOLCHAIN: 'local', ...environment }, 550);
}

/** Builds a probe by `gomusl build`; the executable. */
export function gomuslBuild(probe: string, toolchain: string): string {
  const product = join(mkdtempSync(join(scratch, `${probe}-`)), 'probe');
  const { output, code } = gomusl(['build', '--toolchain', toolchain, '-o', product, `./${probe}`]);
  if (code !== 0) throw new Error(output);
  return product;
}

/** What `gomusl check` finds in the probes: `RULE PROBE`, each once, in order. `probes` default to all. */
export function checked(words: string[], probes = ['./...'], environment: Record<string, string> = {}): string[] {
  const { output } = gomusl(['check', '--format', 'json', ...words, ...probes], environment);
  const { runs, findings } = JSON.parse(output.slice(output.indexOf('{'))) as Result & { findings: Finding[] };
  const names = new Map(runs.map(({ id, program: { roots } }) => [id, roots[0]?.replace(/^.*\//, '')]));
  return [...new Set(findings.flatMap((one) => one.runs.map((id) => `${one.ruleId} ${names.get(id)}`)))].sort();
}

/** The object of one of the shims that `gomusl build` links. */
export function shim(name: string): string {
  return compile(fileURLToPath(new URL(`../../src/build/shims/${name}.c`, import.meta.url)));
}

/** Version of the musl that musl-gcc links; null when its archive cannot be read. */
export function muslVersion(): string | null {
  const source = join(scratch, 'empty.c');
  writeFileSync(source, 'int main(void) { return 0; }\n');
  const traced = must(['musl-gcc', '-static', '-Wl,--trace', source, '-o', join(scratch, 'empty')]);
  const archive = /^\/.*\/libc\.a/m.exec(traced)?.[0];
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

/** Writes the overlay that puts one patch of gomusl into a GOROOT; the word for `go build`. */
export function overlayWord(
  patch: string,
  buildmode: Target['buildmode'],
  goroot = must(['go', 'env', 'GOROOT']).trim(),
): string {
  const place = mkdtempSync(join(scratch, 'overlay-'));
  const tree = readGoTree(goroot, disk);
  const target = { goos: 'linux', goarch: 'amd64', cgo: true, buildmode, musl: '1.2.3' };
  const wanted = loadPatches(patches, disk).filter(({ name }) => name === patch);
  const overlay = gorootOverlay(goroot, selectPatches(wanted, tree.version, target, goroot, disk), place);
  if (overlay.files.size === 0) throw new Error(`${patch} changes nothing in ${goroot}`);
  for (const [path, content] of overlay.files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  writeFileSync(join(place, 'overlay.json'), JSON.stringify(overlay.json));
  return `-overlay=${join(place, 'overlay.json')}`;
}

/** GOROOT of a Go whose version fits: one of the module cache, else `version`, which Go's module proxy has; null when neither can be had. */
export function olderGo(fits: RegExp, version: string): string | null {
  try {
    const cache = join(must(['go', 'env', 'GOMODCACHE']).trim(), 'golang.org');
    const names = existsSync(cache) ? readdirSync(cache) : [];
    const name = names.find((entry) => fits.test(entry) && entry.endsWith('.linux-amd64'));
    const release = name?.match(/-(go[\d.]+)\.linux-amd64$/)?.[1] ?? version;
    // As Go itself changes to another toolchain: a module that is only downloaded has no executable files.
    return must(['go', 'env', '-C', '/', 'GOROOT'], { GOFLAGS: '', GOTOOLCHAIN: release }).trim();
  } catch {
    return null;
  }
}

/** Why a command cannot be had; null when it can. */
export function lacks(command: string, argument = '--version'): string | null {
  return spawnSync(command, [argument]).error === undefined ? null : `${command} is not installed`;
}
