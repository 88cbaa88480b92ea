import type { FindModulePatches } from '../check/module-patch.ts';
import { disk } from '../io/disk.ts';
import type { ModuleRef } from '../model/package-graph.ts';

/**
 * Looks among the patches that come with gomusl for those of the modules in a graph. A module that the person has
 * replaced is left alone: its text is theirs.
 */
export function findModulePatches(taken: boolean): FindModulePatches {
  return async (graph, target) => {
    const modules = Object.values(graph.modules).filter(isAsPublished);
    if (modules.length === 0) return [];
    // Not before it is asked for: a program of std alone starts without.
    const [{ builtinPatches }, { modulePatchesFor }] = await Promise.all([
      import('../patch/builtin.ts'),
      import('../patch/module-patches.ts'),
    ]);
    const patches = await builtinPatches(disk);
    const { goos, goarch, cgo, buildmode, libc } = target;
    const wanted = { goos, goarch, cgo, buildmode, musl: libc.version };
    return modulePatchesFor(modules, patches, wanted, disk).flatMap(({ module, answers }) =>
      answers
        .filter(({ state }) => state === 'needed')
        .map(({ patch, files }) => ({
          name: patch.name,
          module: module.path,
          version: module.version,
          taken,
          files: new Map(files.map(({ path, content }) => [`${module.dir}/${path}`, content])),
        })),
    );
  };
}

/** Whether a module lies in the module cache under its own name, or under vendor/. */
function isAsPublished({ path, version, dir, main }: ModuleRef): boolean {
  // golang.org/ref/mod#module-cache: a capital letter is written as ! and the small one.
  const escaped = path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  return !main && version !== '' && (dir.endsWith(`/${escaped}@${version}`) || dir.endsWith(`/vendor/${path}`));
}
