import { disk } from '../io/disk.ts';
import { type BuiltFor, builtLibrary } from '../recipe/built.ts';
import { licenceDuty } from '../recipe/licence-duty.ts';
import { builtinRecipes } from '../recipe/load.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type StandingLibrary, standingLibraries } from '../recipe/standing.ts';

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function counted(libraries: StandingLibrary[]): string {
  const bytes = libraries.reduce((sum, one) => sum + one.bytes, 0);
  return `${libraries.length} ${libraries.length === 1 ? 'library' : 'libraries'}, ${megabytes(bytes)}`;
}

/** The recipes as a table, wide as their longest words. */
function table(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What can be built, what is, what it takes on the disk, and what the licences ask; text for a person. */
export function libraryList(built: BuiltFor, cacheFolder: string | null): string {
  const recipes = builtinRecipes(disk);
  const standing = cacheFolder === null ? [] : standingLibraries(cacheFolder, disk);
  const ownFolder = (recipe: Recipe) => builtLibrary(recipe, recipes, built, cacheFolder, disk)?.[0];
  const own = new Map(
    recipes.map((recipe) => [recipe.name, standing.find(({ folder }) => folder === ownFolder(recipe))]),
  );
  const rows = recipes.map(({ name, version, licence, title }) => {
    const bytes = own.get(name)?.bytes;
    return [
      bytes === undefined ? ' ' : '*',
      name,
      version,
      bytes === undefined ? '' : megabytes(bytes),
      licence,
      title,
    ];
  });
  const here = standing.filter((one) => own.get(one.name) === one);
  const others = standing.filter((one) => !here.includes(one));
  const duties = new Map<string, string[]>();
  for (const { licence } of recipes) {
    const says = licenceDuty(licence)?.says;
    if (says) duties.set(says, [...new Set([...(duties.get(says) ?? []), licence])]);
  }
  const { name, libc } = built.toolchain;
  return [
    `* is built for ${name}, musl ${libc.version}, linux/${built.goarch}`,
    ...table(rows),
    `built: ${counted(here)}${others.length === 0 ? '' : `; for other compilers, architectures or older recipes: ${counted(others)}`}`,
    ...[...duties].map(([says, licences]) => `${licences.join(', ')}: linked statically, ${says}`),
    '',
  ].join('\n');
}
