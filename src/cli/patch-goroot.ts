import { dirname, resolve } from 'node:path';
import { versionName } from '../gomod/go-version.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskTrees } from '../io/disk-trees.ts';
import { hostArchitecture } from '../io/host-architecture.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { builtinPatches } from '../patch/builtin.ts';
import { type GoTree, readGoTree } from '../patch/go-tree.ts';
import { gorootOverlay, readOverlay, takesOverlay } from '../patch/goroot-overlay.ts';
import type { PatchAnswer } from '../patch/patch.ts';
import { selectPatches } from '../patch/select.ts';
import { overlayOf, type Surroundings, traps } from '../patch/traps.ts';
import { oneOf, parseFlags } from './flags.ts';
import { type PatchReport, printJson, printText } from './patch-report.ts';
import { version } from './version.ts';

const usage = `usage: gomusl patch-goroot [--goroot DIR] [--out DIR | --overlay FILE] [--only NAME]...
       gomusl patch-goroot --verify DIR | --reverse DIR

Repairs what a Go distribution does wrong on musl. Without a destination it says what it would do.

  --goroot DIR      the Go to look at; otherwise the one that \`go\` runs
  --overlay FILE    write an overlay for go build -overlay=FILE, and its files beside it (Go 1.16 and later)
  --out DIR         write a patched copy of the whole GOROOT
  --only NAME       only this patch; may be given again
  --verify DIR      recompute the hashes of a copy made with --out
  --reverse DIR     give a copy its original bytes back
  --format text|json
`;

const shapes = {
  goroot: 'value',
  out: 'value',
  overlay: 'value',
  only: 'list',
  reverse: 'value',
  verify: 'value',
  format: 'value',
  help: 'boolean',
} as const;

/** `gomusl patch-goroot`. */
export async function run(words: string[]): Promise<number> {
  const flags = parseFlags('patch-goroot', words, shapes);
  if (flags.values.get('help') === 'true') {
    process.stdout.write(usage);
    return exitCode.clean;
  }
  const given = ['out', 'overlay', 'reverse', 'verify'].filter((name) => flags.values.has(name));
  if (given.length > 1) {
    const both = `--${given[0]} and --${given[1]}`;
    throw new Failure(exitCode.usage, 'two flags exclude each other', both, 'give one of them');
  }
  if (flags.rest.length > 0) {
    throw new Failure(exitCode.usage, 'patch-goroot takes no arguments', flags.rest.join(' '), 'see --help');
  }
  const format = oneOf(flags, 'format', ['text', 'json'], 'text');
  const path = (name: string) => {
    const value = flags.values.get(name);
    return value === undefined ? undefined : resolve(value);
  };
  const copy = path('reverse') ?? path('verify');
  if (copy !== undefined) {
    const { judgeCopy } = await import('./patched-copy.ts');
    return judgeCopy(copy, given[0] === 'reverse', format);
  }
  const { goroot, surroundings } = await surrounding(path('goroot'));
  const tree = readGoTree(goroot, disk);
  const answers = await answer(tree, flags.lists.get('only') ?? []);
  const overlay = path('overlay');
  const out = path('out');
  const report: PatchReport = { tool: version, tree, answers, destination: null, notes: [] };
  const conflicts = answers.filter(({ state }) => state === 'conflict');
  if (conflicts.length === 0 && answers.some(({ state }) => state === 'needed')) {
    if (overlay !== undefined) writeOverlay(report, overlay, surroundings);
    if (out !== undefined) await writeCopy(report, out, surroundings);
  }
  process.stdout.write(format === 'json' ? printJson(report) : printText(report));
  if (conflicts.length === 0) return exitCode.clean;
  return overlay === undefined && out === undefined ? exitCode.findings : exitCode.unfinished;
}

/** Asks the go command which GOROOT it runs with, and what could get in the way. */
async function surrounding(given: string | undefined): Promise<{ goroot: string; surroundings: Surroundings }> {
  const go = given === undefined ? 'go' : `${given}/bin/go`;
  const env = { ...process.env, GOTOOLCHAIN: 'local' };
  const asked = await children
    .run([go, 'env', 'GOROOT', 'GOFLAGS'], {
      cwd: '/',
      env: given === undefined ? env : { ...env, GOROOT: undefined },
      timeout: 5000,
    })
    .catch(() => null);
  const [goroot = '', goflags = ''] = asked?.code === 0 ? asked.stdout.split('\n') : [];
  if (given === undefined && !goroot.startsWith('/')) {
    throw new Failure(exitCode.usage, 'there is no Go to look at', 'go env GOROOT', 'give --goroot DIR');
  }
  const surroundings = {
    goroot: process.env.GOROOT || null,
    gotoolchain: process.env.GOTOOLCHAIN ?? null,
    goflags: process.env.GOFLAGS ?? goflags,
  };
  if (given === undefined) return { goroot, surroundings };
  // Keys of an overlay must be spelled as this Go spells its own files; an older one names the place it was built at.
  const same = goroot !== '' && diskTrees.resolve(goroot) === diskTrees.resolve(given);
  return { goroot: same ? goroot : given, surroundings };
}

async function answer(tree: GoTree, only: string[]): Promise<PatchAnswer[]> {
  const patches = (await builtinPatches(disk)).filter(({ target }) => typeof target === 'string');
  const unknown = only.find((name) => !patches.some((patch) => patch.name === name));
  if (unknown !== undefined) {
    const names = patches.map((patch) => patch.name).join(', ');
    throw new Failure(exitCode.usage, 'there is no patch of this name', unknown, `the names are ${names}`);
  }
  const chosen = patches.filter((patch) => only.length === 0 || only.includes(patch.name));
  return selectPatches(chosen, tree.version, { goos: 'linux', goarch: targetArch() }, tree.root, disk);
}

/** The architecture to build for: GOARCH, else this machine's. */
function targetArch(): string {
  return process.env.GOARCH || hostArchitecture();
}

function writeOverlay(report: PatchReport, file: string, surroundings: Surroundings): void {
  const { tree, answers } = report;
  if (!takesOverlay(tree.version)) {
    const where = versionName(tree.version);
    throw new Failure(exitCode.usage, 'this Go has no -overlay', where, 'give --out DIR for a patched copy');
  }
  const ownFile = overlayOf(surroundings.goflags);
  const own = ownFile === null ? {} : readOverlay(resolve(ownFile), process.cwd(), disk);
  const overlay = gorootOverlay(tree.root, answers, `${file}.files`, own);
  for (const [path, content] of overlay.files) diskTrees.write(path, content, 0o644);
  diskTrees.write(file, Buffer.from(`${JSON.stringify(overlay.json, null, 2)}\n`), 0o644);
  report.destination = { kind: 'overlay', path: file, state: 'made' };
  report.notes = traps(tree.version, 'overlay', answers, surroundings, '');
  if (ownFile !== null) report.notes.push(`${ownFile} from GOFLAGS is merged in: the last -overlay wins.`);
}

async function writeCopy(report: PatchReport, out: string, surroundings: Surroundings): Promise<void> {
  const { copyGoroot } = await import('../patch/goroot-copy.ts');
  const { tree, answers } = report;
  let shown = -1;
  const progress = (done: number, all: number) => {
    const percent = Math.floor((100 * done) / all);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r\x1b[Kcopying to ${dirname(out)}: ${percent} %${done === all ? '\r\x1b[K' : ''}`);
  };
  const request = { tree, answers, out, toolVersion: version, progress };
  const room = { files: disk, trees: diskTrees, processes: children, pid: process.pid };
  const { state, dangling } = await copyGoroot(request, room);
  report.destination = { kind: 'copy', path: out, state };
  report.notes = traps(tree.version, 'copy', answers, surroundings, out);
  if (dangling.length > 0) report.notes.push(`Not in the copy, because they lead nowhere: ${dangling.join(', ')}.`);
}
