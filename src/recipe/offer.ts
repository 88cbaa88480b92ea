import type { RawFinding, Remedy } from '../model/finding.ts';
import { licenceDuty } from './licence-duty.ts';
import type { Recipe } from './recipe.ts';

type Library = Extract<Remedy, { kind: 'library' }>;

/** The recipe that a program asks for by this name; null when there is none. */
export function recipeFor({ form, name }: Pick<Library, 'form' | 'name'>, recipes: readonly Recipe[]): Recipe | null {
  const fits = ({ name: own, provides }: Recipe): boolean => {
    if (form === 'pkg-config') return provides.pkgConfig.includes(name);
    if (form === 'archive') return provides.libraries.includes(name);
    if (form === 'recipe') return own === name;
    return provides.headers.some((header) => (header.endsWith('/') ? name.startsWith(header) : name === header));
  };
  return recipes.find(fits) ?? null;
}

/**
 * Findings of a library that is not there, with the recipe that builds it as remedy. `isBuilt` says whether it is built
 * for the toolchain: only then does `gomusl build` take it by itself.
 */
export function offerRecipes<F extends RawFinding>(
  findings: F[],
  recipes: () => readonly Recipe[],
  isBuilt: (recipe: Recipe) => boolean,
  /** Flags of the command, where what was asked is not for the default toolchain or architecture. */
  flags: string[] = [],
): F[] {
  return findings.map((finding) => {
    const wanted = finding.remedies.find((remedy) => remedy.kind === 'library');
    const recipe = wanted ? recipeFor(wanted, recipes()) : null;
    if (recipe === null) return finding;
    const command = ['gomusl lib add', recipe.name, ...flags].join(' ');
    const { name, licence } = recipe;
    const duty = licenceDuty(licence);
    const asks = duty === null ? '' : ` (${licence}: ${duty.short})`;
    const action = isBuilt(recipe)
      ? `Run gomusl build, which takes ${name} as ${command} built it${asks}.`
      : `Run ${command}, which builds it for musl; gomusl build then takes it${asks}.`;
    const remedy: Remedy = { kind: 'recipe', automatic: isBuilt(recipe), recipe: name, command, licence };
    return { ...finding, action, remedies: [remedy, ...finding.remedies.filter((one) => one !== wanted)] };
  });
}
