import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import { digestOf } from '../io/store.ts';
import type { Toolchain } from '../model/target.ts';
import { withNeeds } from './load.ts';
import type { Recipe } from './recipe.ts';

/** Where libraries stand that recipes built. */
export function librariesFolder(cacheFolder: string): string {
  return join(cacheFolder, 'libraries');
}

/** What a library is built for. */
export interface BuiltFor {
  toolchain: Toolchain;
  goarch: string;
  /** Folder with the kernel's headers alone; null when the machine has none. */
  kernelHeaders: string | null;
}

/** Version of the kernel's headers in a folder, as they tell it themselves; null when they are not there. */
function kernelVersion(folder: string | null, files: Files): string | null {
  const bytes = folder === null ? null : files.read(join(folder, 'linux/version.h'));
  return bytes && (/LINUX_VERSION_CODE\s+(\d+)/.exec(new TextDecoder().decode(bytes))?.[1] ?? null);
}

/**
 * Name of the folder in which a recipe's library stands: it says all that its content depends on, so that a recipe, a
 * compiler or kernel headers that changed lead to another.
 */
export function libraryFolderName(recipe: Recipe, recipes: readonly Recipe[], built: BuiltFor, files: Files): string {
  const { toolchain, goarch, kernelHeaders } = built;
  const compiler = [toolchain.name, toolchain.cc, toolchain.compiler, toolchain.libc, toolchain.linker.name, goarch];
  const all = withNeeds([recipe.name], recipes);
  const kernel = all.some((one) => one.kernelHeaders) ? kernelVersion(kernelHeaders, files) : null;
  const hashes = all.map(({ name, hash }) => [name, hash]);
  return `${recipe.name}-${digestOf([hashes, compiler, files.modified(toolchain.cc[0] ?? ''), kernel])}`;
}

/**
 * Absolute folders of a recipe's library and of all that it needs, its own first; null when one of them is not built for
 * the toolchain.
 */
export function builtLibrary(
  recipe: Recipe,
  recipes: readonly Recipe[],
  built: BuiltFor,
  cacheFolder: string | null,
  files: Files,
): string[] | null {
  if (cacheFolder === null) return null;
  const folders = withNeeds([recipe.name], recipes)
    .reverse()
    .map((one) => join(librariesFolder(cacheFolder), libraryFolderName(one, recipes, built, files)));
  return folders.every(files.isDirectory) ? folders : null;
}
