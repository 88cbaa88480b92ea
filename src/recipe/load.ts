import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readCheckedYaml } from '../io/checked-yaml.ts';
import type { Files } from '../io/files.ts';
import { sha256 } from '../io/sha256.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Recipe } from './recipe.ts';
import { recipeSchema } from './recipe-schema.ts';

/** recipe.yaml as the schema lets it through. */
type RecipeYaml = Partial<Omit<Recipe, 'name' | 'files' | 'hash' | 'provides'>> &
  Pick<Recipe, 'title' | 'version' | 'licence' | 'steps' | 'proof'> & { provides: Partial<Recipe['provides']> };

/** Bytes above which a file of a recipe is refused. */
const largest = 1_000_000;

/**
 * Reads every recipe below `folder`, by name. Throws a usage failure for the first that breaks the schema, or that names
 * a file or a recipe that is not there.
 */
export function loadRecipes(folder: string, files: Files): Recipe[] {
  // The packed recipes need neither: both take longer to load than most commands run.
  const require = createRequire(import.meta.url);
  const { Ajv } = require('ajv') as typeof import('ajv');
  const { parse } = require('yaml') as typeof import('yaml');
  const validate = new Ajv({ strict: false }).compile<RecipeYaml>(recipeSchema);
  const names = (files.list(folder) ?? []).filter((name) => files.isDirectory(`${folder}/${name}`));
  const recipes = names.map((name): Recipe => {
    const where = `${folder}/${name}/recipe.yaml`;
    const refuse = (what: string): never => {
      throw new Failure(exitCode.usage, `the recipe cannot be used: ${what}`, where, 'see docs/libraries.md');
    };
    const texts: Record<string, string> = {};
    for (const file of files.list(`${folder}/${name}`) ?? []) {
      const path = `${folder}/${name}/${file}`;
      if ((files.size(path) ?? 0) > largest) refuse(`${file} is too large`);
      texts[file] = new TextDecoder().decode(files.read(path) ?? new Uint8Array());
    }
    const { 'recipe.yaml': yaml = '', ...own } = texts;
    const content = readCheckedYaml(yaml, { parse, validate }, refuse);
    if (own[content.proof.file] === undefined) refuse(`${content.proof.file} does not exist`);
    const unknown = content.needs?.find((need) => !names.includes(need));
    if (unknown !== undefined) refuse(`it needs ${unknown}, and there is no such recipe`);
    return {
      licenceFiles: [],
      source: null,
      needs: [],
      kernelHeaders: false,
      cxx: false,
      tools: [],
      limit: null,
      goarch: [],
      adds: [],
      environment: {},
      ...content,
      provides: { pkgConfig: [], headers: [], libraries: [], ...content.provides },
      name,
      files: own,
      hash: sha256(JSON.stringify(texts)),
    };
  });
  for (const recipe of recipes) withNeeds([recipe.name], recipes);
  return recipes;
}

/**
 * The recipes of these names with all that they need, what is needed first. Throws a usage failure for a name that no
 * recipe has, and for recipes that need each other.
 */
export function withNeeds(names: string[], recipes: readonly Recipe[]): Recipe[] {
  const ordered: Recipe[] = [];
  const add = (name: string, path: string[]): void => {
    if (ordered.some((one) => one.name === name)) return;
    const recipe = recipes.find((one) => one.name === name);
    if (!recipe) {
      throw new Failure(exitCode.usage, 'there is no recipe of this name', name, 'gomusl lib list shows all');
    }
    if (path.includes(name)) {
      const circle = [...path, name].join(' > ');
      throw new Failure(exitCode.usage, 'recipes need each other', circle, 'take one of them out of needs');
    }
    for (const need of recipe.needs) add(need, [...path, name]);
    ordered.push(recipe);
  };
  for (const name of names) add(name, []);
  return ordered;
}

/**
 * The recipes that come with gomusl, by name. The build packs them, checked, into one file beside this one; run from
 * its sources, the folders are read.
 */
export function builtinRecipes(files: Files): Recipe[] {
  const packed = files.read(fileURLToPath(new URL('./recipes.json', import.meta.url)));
  if (packed !== null) return JSON.parse(Buffer.from(packed).toString('utf8')) as Recipe[];
  return loadRecipes(fileURLToPath(new URL('../../recipes', import.meta.url)), files);
}
