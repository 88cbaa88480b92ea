import type { RuledFinding } from '../check/finish.ts';
import { disk } from '../io/disk.ts';
import type { Target } from '../model/target.ts';
import { builtLibrary } from '../recipe/built.ts';
import { builtinRecipes } from '../recipe/load.ts';
import { offerRecipes } from '../recipe/offer.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { BuiltLibrary } from '../remedies/apply.ts';

/** What recipes have built on this machine. The recipes are read when a finding asks for one. */
export interface BuiltLibraries {
  /** For `RemedyMeans.library`. */
  library(recipe: string, target: Target): BuiltLibrary | null;
  /** For `JudgeRequest.completeRemedies`. */
  complete(findings: RuledFinding[], target: Target): RuledFinding[];
}

/**
 * Libraries in the user's cache (null without one); `flags` are those of a `gomusl lib add` for the same toolchain,
 * `kernelHeaders` is the folder of the kernel's headers for the same architecture.
 */
export function openBuiltLibraries(
  cacheFolder: string | null,
  flags: string[],
  kernelHeaders: string | null,
): BuiltLibraries {
  let recipes: readonly Recipe[] | undefined;
  const all = () => {
    recipes ??= builtinRecipes(disk);
    return recipes;
  };
  const foldersOf = (recipe: Recipe, { toolchain, goarch }: Target): string[] | null =>
    toolchain && builtLibrary(recipe, all(), { toolchain, goarch, kernelHeaders }, cacheFolder, disk);
  return {
    library(name, target) {
      const recipe = all().find((one) => one.name === name);
      const folders = recipe ? foldersOf(recipe, target) : null;
      return recipe && folders ? { folders, adds: recipe.adds } : null;
    },
    complete: (findings, target) => offerRecipes(findings, all, (recipe) => foldersOf(recipe, target) !== null, flags),
  };
}
