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

/**
 * Copies the modules that need a patch into `folder`, patched, and writes a go.mod beside them that replaces them:
 * give its path to `-modfile`. The module cache is only read. Returns null when no module needs a patch.
 * `goMod` and `goSum` are the texts of the main module, `replace` of it is respected: a module that the person has
 * replaced already is not in the module cache's form, and refused.
 */
export async function writePatchedModules(
  judged: ModulePatches[],
  goMod: string,
  goSum: string,
  folder: string,
  trees: Trees,
): Promise<string | null> {
  const needed = judged.filter(({ answers }) => answers.some(({ state }) => state === 'needed'));
  if (needed.length === 0) return null;
  const lines: string[] = [];
  for (const { module, answers } of needed) {
    const name = `${module.path.replaceAll('/', '_')}@${module.version}`;
    const copy = `${folder}/${name}`;
    // A line of a replace block has no keyword of its own.
    const line = new RegExp(`^\\s*(?:replace\\s+)?"?${escapePattern(module.path)}"?\\s[^\\n]*=>`, 'm');
    if (line.test(goMod)) {
      const action = 'take the replace out, or repair what it names';
      throw new Failure(exitCode.usage, 'go.mod replaces the module that a patch is for', module.path, action);
    }
    const { entries, outside } = trees.walk(module.dir, () => false);
    if (outside[0] !== undefined) {
      const where = `${module.dir}/${outside[0].path}`;
      throw new Failure(
        exitCode.usage,
        'a symlink leads out of the module',
        where,
        'use another version of the module',
      );
    }
    trees.remove(copy);
    trees.makeFolder(copy);
    await trees.copy(entries, module.dir, copy, () => {});
    // Later patches of one module start from what the earlier ones made.
    for (const { path, content } of answers.flatMap(({ files }) => files)) {
      trees.write(`${copy}/${path}`, content, trees.mode(`${copy}/${path}`) ?? 0o644);
    }
    lines.push(`replace ${module.path} ${module.version} => ${copy}`);
  }
  const modfile = `${folder}/go.mod`;
  trees.write(modfile, Buffer.from(`${goMod.trimEnd()}\n\n${lines.join('\n')}\n`), 0o644);
  trees.write(`${folder}/go.sum`, Buffer.from(goSum), 0o644);
  return modfile;
}

/** For a vendored build, which takes no -modfile replace: the entries of an overlay, and the files they name. */
export function vendorOverlay(
  judged: ModulePatches[],
  folder: string,
): { replace: Record<string, string>; files: Map<string, Uint8Array> } {
  const replace: Record<string, string> = {};
  const files = new Map<string, Uint8Array>();
  for (const { module, answers } of judged) {
    for (const { path, content } of answers.flatMap((answer) => answer.files)) {
      const copy = `${folder}/${module.path}/${path}`;
      replace[`${module.dir}/${path}`] = copy;
      files.set(copy, content);
    }
  }
  return { replace, files };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
