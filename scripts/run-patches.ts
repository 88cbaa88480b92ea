// npm run patches [-- --release goX.Y.Z] [-- --zig PATH] [-- --new-musl CC] [-- --history CLONE]
// Proves every patch on every Go minor version that can be had, and writes patches/RESULTS.md. It goes on where it
// stopped: a row whose patch has not changed is not proven again. --history takes a clone of Go's repository and checks
// the text of every release tag against patches/texts.tsv; --record writes that file. Some probes need musl 1.2.4 or
// later, or a compiler for 386: zig has both; --new-musl names another compiler for the first, such as a musl-gcc.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { disk } from '../src/io/disk.ts';
import { loadPatches } from '../src/patch/load.ts';
import { diffHash, type ProofRow, prove } from './patch-proof.ts';
import { resultsTable } from './patch-results.ts';
import { checkTexts } from './patch-texts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const patchFolder = join(root, 'patches');
const { values } = parseArgs({
  options: {
    release: { type: 'string', multiple: true },
    zig: { type: 'string' },
    'new-musl': { type: 'string' },
    history: { type: 'string' },
    record: { type: 'boolean' },
    work: { type: 'string', default: join(tmpdir(), 'gomusl-patches') },
  },
});
const patches = loadPatches(patchFolder, disk);
const releases = parse(readFileSync(join(patchFolder, 'releases.yaml'), 'utf8')) as {
  toolchains: string[];
  'text-only': string[];
};
if (values.history !== undefined) {
  checkTexts(values.history, patches, join(patchFolder, 'texts.tsv'), values.record === true);
}

const resultFile = join(patchFolder, 'results.json');
const rows: ProofRow[] = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : [];
const work = values.work;
mkdirSync(work, { recursive: true });
const room = { patchFolder, patches, work, cc: 'musl-gcc', ccNewMusl: '', cc386: '' };
if (values.zig !== undefined) {
  room.ccNewMusl = zigCompiler('x86_64-linux-musl');
  room.cc386 = zigCompiler('x86-linux-musl');
}
room.ccNewMusl = values['new-musl'] ?? room.ccNewMusl;

for (const release of values.release ?? (values.history === undefined ? releases.toolchains : [])) {
  const known = rows.filter((one) => one.release === release);
  const current =
    known.length > 0 &&
    known.every((one) => patches.some((patch) => patch.name === one.patch && diffHash(patch, release) === one.hash));
  if (current && values.release === undefined) continue;
  const goroot = fetchToolchain(release);
  if (goroot === null) continue;
  process.stderr.write(`${release}: ${goroot}\n`);
  const proven = await prove(goroot, room);
  const kept = rows.filter((one) => one.release !== release);
  rows.splice(0, rows.length, ...kept, ...proven);
  for (const one of proven) {
    process.stderr.write(
      `  ${one.patch}: ${one.before} -> ${one.after}, ${one.compiles}, ${one.marker}, ${one.reversed}\n`,
    );
  }
  writeFileSync(resultFile, `${JSON.stringify(rows, null, 2)}\n`);
}
writeFileSync(join(patchFolder, 'RESULTS.md'), resultsTable(patches, releases, rows, join(patchFolder, 'texts.tsv')));

/** Lets the go command bring a toolchain into the module cache; null when the proxy has none. */
function fetchToolchain(release: string): string | null {
  const module = `golang.org/toolchain@v0.0.1-${release}.linux-amd64`;
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
  const got = spawnSync('go', ['mod', 'download', '-json', module], { cwd: work, env, encoding: 'utf8' });
  const dir = got.status === 0 ? (JSON.parse(got.stdout) as { Dir?: string }).Dir : undefined;
  if (dir === undefined) process.stderr.write(`${release}: no toolchain to be had\n`);
  return dir ?? null;
}

/** zig links musl statically unless told otherwise; cgo up to Go 1.11 wants a dynamic table in what it links to look at. */
function zigCompiler(target: string): string {
  const path = join(work, `zig-${target}`);
  const script = [
    '#!/bin/sh',
    `zig="${values.zig} cc -target ${target}"`,
    'case " $* " in',
    '*" -static "* | *" -c "* | *" -E "*) exec $zig "$@" ;;',
    '*) exec $zig -dynamic "$@" ;;',
    'esac',
    '',
  ];
  writeFileSync(path, script.join('\n'));
  chmodSync(path, 0o755);
  return path;
}
