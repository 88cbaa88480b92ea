import { parseGoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import type { Trees } from '../io/trees.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Patch, PatchAnswer } from './patch.ts';
import { type PatchTarget, selectPatches } from './select.ts';

/** A module of the build as `go list -m -json` has it. */
export interface BuildModule {
  path: string;
  version: string;
  /** Absolute folder of its files, in the module cache or under vendor/. */
  dir: string;
}

/** What the patches say of one module. */
export interface ModulePatches {
  module: BuildModule;
  answers: PatchAnswer[];
}

/** Judges every patch of the target `module …` on the modules of a build; modules without a patch are left out. */
export function modulePatchesFor(
  modules: BuildModule[],
  patches: Patch[],
  target: PatchTarget,
  files: Pick<Files, 'read' | 'size'>,
): ModulePatches[] {
  return modules.flatMap((module) => {
    const own = patches.filter((patch) => typeof patch.target === 'object' && patch.target.module === module.path);
    const version = parseGoVersion(module.version.replace(/^v/, ''));
    if (own.length === 0 || version === null) return [];
    return [{ module, answers: selectPatches(own, version, target, module.dir, files) }];
  });
}

/** Copies a module into an empty folder, patched. The module cache is only read. */
export async function copyPatchedModule({ module, answers }: ModulePatches, copy: string, trees: Trees): Promise<void> {
  const { entries, outside } = trees.walk(module.dir, () => false);
  if (outside[0] !== undefined) {
    const where = `${module.dir}/${outside[0].path}`;
    throw new Failure(exitCode.usage, 'a symlink leads out of the module', where, 'use another version of the module');
  }
  await trees.copy(entries, module.dir, copy, () => {});
  // Later patches of one module start from what the earlier ones made.
  for (const { path, content } of answers.flatMap(({ files }) => files)) {
    trees.write(`${copy}/${path}`, content, (trees.mode(`${copy}/${path}`) ?? 0o644) | 0o200);
  }
}

/**
 * The text of a go.mod or go.work that has modules replaced by their patched copies, for `-modfile` or GOWORK. A module
 * that the person has replaced already is refused. `copies` are absolute folders by module.
 */
export function replacingModules(text: string, copies: { module: BuildModule; dir: string }[]): string {
  const lines = copies.map(({ module, dir }) => {
    // A line of a replace block has no keyword of its own.
    const line = new RegExp(`^\\s*(?:replace\\s+)?"?${escapePattern(module.path)}"?\\s[^\\n]*=>`, 'm');
    if (line.test(text)) {
      const action = 'take the replace out, or repair what it names';
      throw new Failure(exitCode.usage, 'go.mod replaces the module that a patch is for', module.path, action);
    }
    return `replace ${module.path} ${module.version} => ${JSON.stringify(dir)}`;
  });
  return `${text.trimEnd()}\n\n${lines.join('\n')}\n`;
}

/** For vendored modules, which no replace reaches: patched contents by the absolute path of the file they stand for. */
export function vendorOverlay(judged: ModulePatches[]): Map<string, Uint8Array> {
  return new Map(
    judged.flatMap(({ module, answers }) =>
      answers.flatMap(({ files }) => files).map(({ path, content }) => [`${module.dir}/${path}`, content] as const),
    ),
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
