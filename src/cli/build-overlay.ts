import { resolve } from 'node:path';
import { automaticRemedy } from '../check/verdict.ts';
import { runGo } from '../graph/go-command.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import type { Store } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import { builtinPatches } from '../patch/builtin.ts';
import { readGoTree } from '../patch/go-tree.ts';
import { mergedOverlay, overlayContents, readOverlay } from '../patch/goroot-overlay.ts';
import type { PatchAnswer } from '../patch/patch.ts';
import { selectPatches } from '../patch/select.ts';
import type { BuildOptions } from './build-options.ts';

/** What the build gives to `-overlay`. */
export interface BuildOverlay {
  /** Absolute path of the file; null when nothing has to be replaced. */
  path: string | null;
  /** Patches of std that findings ask for and that do not fit this Go. */
  left: string[];
}

/**
 * Writes the overlay that patches std as findings ask, with contents for files of vendored modules and a person's own
 * overlay in it. A patch that does not fit is left out where the program is only warned of; where an error needs it the
 * build fails.
 */
export async function overlayFor(
  target: Target,
  { check, goWords }: BuildOptions,
  findings: Finding[],
  vendored: Map<string, Uint8Array>,
  goflags: string[],
  store: Store,
  environment: Record<string, string | undefined>,
): Promise<BuildOverlay> {
  const call = { dir: check.dir, environment, timeout: 10_000 };
  const goroot = (await runGo(['env', 'GOROOT'], call, children, disk)).stdout.trim();
  const answers = await stdPatches(target, goroot);
  const conflicts = answers.filter(({ state }) => state === 'conflict').map(({ patch }) => patch.name);
  const sorely = conflicts.find((name) => findings.some((finding) => isError(finding) && asksFor(finding, name)));
  if (sorely !== undefined) {
    const action = `see gomusl patch-goroot --only ${sorely}`;
    throw new Failure(exitCode.unfinished, `the patch ${sorely} does not fit this Go`, goroot, action);
  }
  const contents = new Map([...overlayContents(goroot, answers), ...vendored]);
  if (contents.size === 0) return { path: null, left: conflicts };
  const own = [...goflags, ...goWords].flatMap((word) => /^--?overlay=(.*)$/s.exec(word)?.[1] ?? []).at(-1);
  const ownFiles = own === undefined ? {} : readOverlay(resolve(check.dir, own), check.dir, disk);
  const paths = [...contents.keys()];
  const kept = (path: string) => path.slice(1);
  const texts = Object.fromEntries(paths.map((path) => [kept(path), { text: decoded(contents.get(path)) }]));
  const folder = store.tree('overlay-files', texts);
  const json = mergedOverlay(new Map(paths.map((path) => [path, `${folder}/${kept(path)}`])), ownFiles);
  const file = { 'overlay.json': { text: JSON.stringify(json) } };
  return { path: `${store.tree('overlay', file)}/overlay.json`, left: conflicts };
}

async function stdPatches(target: Target, goroot: string): Promise<PatchAnswer[]> {
  if (target.gorootPatches.length === 0) return [];
  const patches = (await builtinPatches(disk)).filter((patch) => target.gorootPatches.includes(patch.name));
  const { goos, goarch, cgo, buildmode, libc } = target;
  const wanted = { goos, goarch, cgo, buildmode, musl: libc.version };
  return selectPatches(patches, readGoTree(goroot, disk).version, wanted, goroot, disk);
}

const isError = (finding: Finding) => finding.severity === 'error';

function asksFor(finding: Finding, patch: string): boolean {
  const remedy = automaticRemedy(finding);
  return remedy?.kind === 'goroot-patch' && remedy.patch === patch;
}

function decoded(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}
