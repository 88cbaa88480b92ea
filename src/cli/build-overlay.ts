import { resolve } from 'node:path';
import { runGo } from '../graph/go-command.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import type { Store } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Target } from '../model/target.ts';
import { builtinPatches } from '../patch/builtin.ts';
import { readGoTree } from '../patch/go-tree.ts';
import { gorootOverlay, readOverlay, takesOverlay } from '../patch/goroot-overlay.ts';
import { selectPatches } from '../patch/select.ts';
import type { BuildOptions } from './build-options.ts';

/** Writes the overlay that patches std as findings ask, a person's own overlay in it; absolute path of the file. */
export async function overlayFor(
  target: Target,
  { check, goWords }: BuildOptions,
  goflags: string[],
  store: Store,
  environment: Record<string, string | undefined>,
): Promise<string> {
  const call = { dir: check.dir, environment, timeout: 10_000 };
  const goroot = (await runGo(['env', 'GOROOT'], call, children, disk)).stdout.trim();
  const tree = readGoTree(goroot, disk);
  if (!takesOverlay(tree.version)) {
    const action = 'make a copy with gomusl patch-goroot --out, and build with it';
    throw new Failure(exitCode.unfinished, 'this Go takes no overlay for its standard library', goroot, action);
  }
  const patches = (await builtinPatches(disk)).filter((patch) => target.gorootPatches.includes(patch.name));
  const { goos, goarch, cgo, buildmode, libc } = target;
  const answers = selectPatches(
    patches,
    tree.version,
    { goos, goarch, cgo, buildmode, musl: libc.version },
    goroot,
    disk,
  );
  const conflict = answers.find(({ state }) => state === 'conflict');
  if (conflict) {
    const action = `see gomusl patch-goroot --only ${conflict.patch.name}`;
    throw new Failure(exitCode.unfinished, `the patch ${conflict.patch.name} does not fit this Go`, goroot, action);
  }
  const own = [...goflags, ...goWords].flatMap((word) => /^--?overlay=(.*)$/s.exec(word)?.[1] ?? []).at(-1);
  const ownFiles = own === undefined ? {} : readOverlay(resolve(check.dir, own), check.dir, disk);
  const patched = gorootOverlay(goroot, answers, '/patched', ownFiles);
  const entries = Object.fromEntries(
    [...patched.files].map(([path, content]) => [
      path.slice('/patched/'.length),
      { text: new TextDecoder().decode(content) },
    ]),
  );
  const folder = store.tree('goroot-overlay', entries);
  const json = {
    Replace: Object.fromEntries(
      Object.entries(patched.json.Replace).map(([key, value]) => [
        key,
        value.startsWith('/patched/') ? `${folder}${value.slice('/patched'.length)}` : value,
      ]),
    ),
  };
  return `${store.tree('overlay', { 'overlay.json': { text: JSON.stringify(json) } })}/overlay.json`;
}
