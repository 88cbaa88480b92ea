import { resolve } from 'node:path';
import { runGo } from '../graph/go-command.ts';
import type { GoSettings } from '../graph/go-environment.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskTrees } from '../io/disk-trees.ts';
import { digestOf, type Store } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Target } from '../model/target.ts';
import { builtinPatches } from '../patch/builtin.ts';
import {
  type BuildModule,
  copyPatchedModule,
  type ModulePatches,
  modulePatchesFor,
  replacingModules,
  vendorOverlay,
} from '../patch/module-patches.ts';
import type { Patch } from '../patch/patch.ts';
import { absoluteWorkspace } from '../patch/workspace.ts';
import type { CheckOptions } from './check-options.ts';

type Environment = Record<string, string | undefined>;

/** How the modules that a remedy patches reach the build. */
export interface PatchedModules {
  /** Words for `go build`, instead of the person's own `-modfile`. */
  words: string[];
  /** What is set over the person's environment. */
  environment: Record<string, string>;
  /** Contents for an overlay by the path that they stand for: under vendor/ Go takes no replace. */
  overlay: Map<string, Uint8Array>;
}

/** The patches that a target asks for, put into copies of their modules in the user's cache; null when it asks for none. */
export async function patchedModules(
  target: Target,
  check: CheckOptions,
  settings: GoSettings,
  store: Store,
  environment: Environment,
): Promise<PatchedModules | null> {
  const names = target.modulePatches ?? [];
  if (names.length === 0) return null;
  const patches = (await builtinPatches(disk)).filter(({ name }) => names.includes(name));
  const mod = check.mod ?? settings.flags.mod;
  const modfile = check.modfile ?? settings.flags.modfile;
  const flags = [...(mod ? [`-mod=${mod}`] : []), ...(modfile ? [`-modfile=${modfile}`] : [])];
  const call = {
    dir: check.dir,
    environment: { ...environment, GOOS: 'linux', GOARCH: target.goarch, CGO_ENABLED: '1' },
    timeout: 60_000,
  };
  const go = async (words: string[]) => (await runGo(words, call, children, disk)).stdout;
  const modules = await Promise.all(patches.map((patch) => findModule(patch, flags, go)));
  const { goos, goarch, cgo, buildmode, libc } = target;
  const wanted = { goos, goarch, cgo, buildmode, musl: libc.version };
  const judged = modulePatchesFor(uniqueModules(modules), patches, wanted, disk);
  const vendored = judged.filter(({ module }) => module.dir.endsWith(`/vendor/${module.path}`));
  const copied = judged.filter((one) => !vendored.includes(one));
  const overlay = vendorOverlay(vendored);
  if (copied.length === 0) return { words: [], environment: {}, overlay };
  const copies = await Promise.all(copied.map(async (one) => ({ module: one.module, dir: await copyOf(one, store) })));
  const [goMod = '', goWork = ''] = (await go(['env', 'GOMOD', 'GOWORK'])).split('\n');
  if (goWork !== '' && goWork !== 'off') {
    const text = absoluteWorkspace(await go(['work', 'edit', '-json', goWork]), resolve(goWork, '..'));
    const sums = textOf(goWork.replace(/work$/, 'work.sum'));
    const files = { 'go.work': { text: replacingModules(text, copies) }, 'go.work.sum': { text: sums } };
    return { words: [], environment: { GOWORK: `${store.tree('patched-workspace', files)}/go.work` }, overlay };
  }
  const path = modfile ? resolve(check.dir, modfile) : goMod;
  const files = {
    'go.mod': { text: replacingModules(textOf(path), copies) },
    'go.sum': { text: textOf(path.replace(/mod$/, 'sum')) },
  };
  return { words: [`-modfile=${store.tree('patched-modules', files)}/go.mod`], environment: {}, overlay };
}

/** The module of a patch as the build takes it: by where Go finds one of its packages. */
async function findModule(
  patch: Patch,
  flags: string[],
  go: (words: string[]) => Promise<string>,
): Promise<BuildModule> {
  const importPath = patch.packages[0] ?? '';
  const listed = JSON.parse(await go(['list', '-e', '-json=Dir,Module', ...flags, '--', importPath])) as {
    Dir?: string;
    Module?: { Path: string; Version?: string };
  };
  const { Dir: dir = '', Module: module } = listed;
  const inside = importPath.slice(module?.Path.length ?? 0);
  if (module?.Version === undefined || !dir.endsWith(inside)) {
    throw new Failure(exitCode.unfinished, 'go list does not say where the module to patch lies', importPath, 'run it');
  }
  return { path: module.Path, version: module.Version, dir: dir.slice(0, dir.length - inside.length) };
}

function uniqueModules(modules: BuildModule[]): BuildModule[] {
  return [...new Map(modules.map((module) => [module.path, module])).values()];
}

/** The folder of a patched copy; its name says all that it is made from. */
function copyOf(judged: ModulePatches, store: Store): Promise<string> {
  const { path, version } = judged.module;
  const digest = digestOf([path, version, judged.answers.map(({ patch, state }) => [patch.hash, state])]);
  return store.made(`module-${digest}`, (folder) => copyPatchedModule(judged, folder, diskTrees));
}

function textOf(path: string): string {
  return new TextDecoder().decode(disk.read(path) ?? new Uint8Array(0));
}
