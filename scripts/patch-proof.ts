// Proves patches on one real Go: applies, compiles std, runs probes before and after on musl, reverses, compares bytes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExecutable } from '../src/elf/executable.ts';
import { compareGoVersions, type GoVersion, parseGoVersion } from '../src/gomod/go-version.ts';
import { children } from '../src/io/children.ts';
import { disk } from '../src/io/disk.ts';
import { diskTrees } from '../src/io/disk-trees.ts';
import { reverseCopy } from '../src/patch/copy-verify.ts';
import { readGoTree } from '../src/patch/go-tree.ts';
import { copyGoroot } from '../src/patch/goroot-copy.ts';
import { gorootOverlay, takesOverlay } from '../src/patch/goroot-overlay.ts';
import { treeHash, treeList } from '../src/patch/manifest.ts';
import { markerWord } from '../src/patch/marker.ts';
import type { Patch, PatchAnswer } from '../src/patch/patch.ts';
import { inRange, selectPatches } from '../src/patch/select.ts';

/** What one patch did on one release. */
export interface ProofRow {
  release: string;
  patch: string;
  /** Hash of the diff that was proven: that of the shape for the release. */
  hash: string;
  goarch: string;
  state: string;
  /** `shows`, `absent`, or why the probe did not run. */
  before: string;
  after: string;
  /** How the patched std reached the probe. */
  delivery: string;
  /** Whether std of the patched copy compiles; the copy has all patches that the release needs. */
  compiles: string;
  /** Whether the program carries the patch's marker; `not in it` where the patched package is not linked. */
  marker: string;
  /** Whether the copy, reversed, has the bytes of the source. */
  reversed: string;
}

export interface ProofRoom {
  patchFolder: string;
  patches: Patch[];
  /** Folder for everything that is made. */
  work: string;
  /** C compiler for musl, and those that only some probes need; empty when there is none. */
  cc: string;
  ccNewMusl: string;
  cc386: string;
}

const before = (version: GoVersion, minor: number) =>
  compareGoVersions(version, { major: 1, minor, patch: 0, pre: null, suffix: '' }) < 0;

/** Proves all patches that a toolchain needs. */
export async function prove(goroot: string, room: ProofRoom): Promise<ProofRow[]> {
  const tree = readGoTree(goroot, disk);
  const answers = selectPatches(room.patches, tree.version, { goos: 'linux', goarch: 'amd64' }, goroot, disk);
  const needed = answers.filter(({ state }) => state === 'needed');
  const base = { release: tree.versionText, goarch: 'amd64', before: '', after: '', delivery: '', marker: '' };
  const rows = answers
    .filter(({ state }) => state === 'conflict')
    .map((one) => row(base, one, { compiles: '', reversed: '' }));
  if (needed.length === 0) return rows;

  const out = join(room.work, `copy-${tree.versionText}`);
  rmSync(out, { recursive: true, force: true });
  const request = { tree, answers, out, toolVersion: 'proof', progress: () => {} };
  const copyRoom = { files: disk, trees: diskTrees, processes: children, pid: process.pid };
  const { manifest } = await copyGoroot(request, copyRoom);
  // A module's archive has no executable bits, which is no matter of the copy.
  for (const root of [goroot, out]) makeExecutable(root);
  const compile = run(
    `${out}/bin/go`,
    ['build', 'std'],
    room.work,
    environment(room, tree.version, out, ''),
    1_800_000,
  );
  const compiles = compile.status === 0 ? 'yes' : `no: ${lastLine(compile.stderr)}`;

  for (const one of needed) {
    const old = probe(one.patch, `${goroot}/bin/go`, environment(room, tree.version, goroot, ''), room);
    const overlay = takesOverlay(tree.version) && one.patch.target === 'std';
    const flags = overlay ? `-overlay=${writeOverlay(goroot, one, room)}` : '';
    const patched = overlay ? goroot : out;
    const now = probe(one.patch, `${patched}/bin/go`, environment(room, tree.version, patched, flags), room);
    rows.push(
      row(
        {
          ...base,
          ...{ before: old.word, after: now.word, delivery: overlay ? 'overlay' : 'copy', marker: now.marker },
        },
        one,
        {
          compiles,
          reversed: '',
        },
      ),
    );
  }
  await reverseCopy(out, manifest, diskTrees, disk);
  const entries = diskTrees.walk(out, () => false).entries;
  const same = treeHash(treeList(entries, await diskTrees.hash(entries, out))) === manifest.source.hash;
  rmSync(out, { recursive: true, force: true });
  return rows.map((one) => ({ ...one, reversed: same ? 'same bytes' : 'OTHER BYTES' }));
}

function row(
  base: { release: string },
  { patch, state }: PatchAnswer,
  more: { compiles: string; reversed: string },
): ProofRow {
  return { ...base, patch: patch.name, hash: diffHash(patch, base.release), state, ...more } as ProofRow;
}

/** SHA-256 (hex) of the diff that a patch has for a release; empty when it has none. */
export function diffHash(patch: Patch, release: string): string {
  const version = parseGoVersion(release);
  const shape = patch.shapes.find(({ go }) => version !== null && inRange(version, go));
  return shape === undefined
    ? ''
    : createHash('sha256')
        .update(patch.diffs[shape.diff] ?? '')
        .digest('hex');
}

function writeOverlay(goroot: string, answer: PatchAnswer, room: ProofRoom): string {
  const folder = join(room.work, `overlay-${answer.patch.name}`);
  rmSync(folder, { recursive: true, force: true });
  const overlay = gorootOverlay(goroot, [answer], folder);
  for (const [path, content] of overlay.files) diskTrees.write(path, content, 0o644);
  writeFileSync(`${folder}.json`, JSON.stringify(overlay.json));
  return `${folder}.json`;
}

/** Runs a probe in a folder of its own. Its exit code: 0 the fault is absent, 1 it shows, 77 it cannot run here. */
function probe(
  patch: Patch,
  go: string,
  env: Record<string, string>,
  room: ProofRoom,
): { word: string; marker: string } {
  const folder = join(room.work, 'probe');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(room.patchFolder, patch.name, 'probe'), folder, { recursive: true });
  const ended = run('sh', ['run.sh'], folder, { ...env, GO: go }, 600_000);
  const program = ['probe', 'shared'].map((name) => join(folder, name)).find((path) => existsSync(path));
  const markers = program === undefined ? [] : readExecutable(program, disk).stdPatches;
  const marker = markers.includes(markerWord(patch)) ? 'yes' : 'not in it';
  if (ended.status === 0) return { word: 'absent', marker };
  if (ended.status === 77) return { word: `not run: ${lastLine(ended.stdout)}`, marker };
  if (ended.status === 1) return { word: 'shows', marker };
  return { word: `no probe: ${lastLine(ended.stderr) || ended.signal}`, marker };
}

function environment(room: ProofRoom, version: GoVersion, goroot: string, goflags: string): Record<string, string> {
  // Up to Go 1.7 the command does not tell compilers that make position-independent executables what it needs.
  const old = before(version, 8);
  const compiler = (name: string, cc: string) =>
    old && cc !== '' ? script(join(room.work, name), `exec ${cc} -no-pie -Wa,-mrelax-relocations=no "$@"`) : cc;
  // Up to Go 1.2 the linker calls gcc, whatever CC says.
  const first = join(room.work, 'first-in-path');
  mkdirSync(first, { recursive: true });
  script(join(first, 'gcc'), 'exec $CC "$@"');
  const path = process.env.PATH ?? '/usr/bin:/bin';
  const cache = join(room.work, `cache-${version.minor}`);
  mkdirSync(cache, { recursive: true });
  return {
    PATH: before(version, 3) ? `${first}:${path}` : path,
    HOME: room.work,
    TMPDIR: room.work,
    GOROOT: goroot,
    GOCACHE: cache,
    GOPATH: join(room.work, 'gopath'),
    GO111MODULE: 'off',
    GOTOOLCHAIN: 'local',
    GOTELEMETRY: 'off',
    GOFLAGS: goflags,
    CGO_ENABLED: '1',
    CC: compiler('cc-old', room.cc),
    CC_NEW_MUSL: compiler('cc-old-new-musl', room.ccNewMusl),
    CC_386: room.cc386,
    STATIC: '-linkmode external -extldflags "-static"',
  };
}

/** Writes a shell script; its path. */
function script(path: string, line: string): string {
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
  return path;
}

function run(command: string, words: string[], cwd: string, env: Record<string, string>, timeout: number) {
  return spawnSync('nice', ['-n', '15', command, ...words], { cwd, env, encoding: 'utf8', timeout, maxBuffer: 1e8 });
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.find((line) => /error|undefined|unknown|not /i.test(line)) ?? lines.at(-1) ?? '').slice(0, 120);
}

function makeExecutable(root: string): void {
  const tools = `${root}/pkg/tool`;
  const platforms = existsSync(tools) ? readdirSync(tools).map((name) => `${tools}/${name}`) : [];
  for (const folder of [`${root}/bin`, ...platforms]) {
    for (const name of readdirSync(folder)) chmodSync(`${folder}/${name}`, 0o755);
  }
  if (existsSync(`${root}/.gomusl/original/bin/go`)) chmodSync(`${root}/.gomusl/original/bin/go`, 0o755);
}
