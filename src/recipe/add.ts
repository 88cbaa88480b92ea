import { join } from 'node:path';
import { exitCode, Failure } from '../model/failure.ts';
import { commandPath } from '../toolchain/candidates.ts';
import { buildTools } from './build-environment.ts';
import { librariesFolder, libraryFolderName } from './built.ts';
import type { LibraryMeans } from './library-means.ts';
import { withNeeds } from './load.ts';
import { proveLibrary } from './prove-library.ts';
import type { Recipe } from './recipe.ts';
import { runCommand, runSteps, type Workplace } from './run-steps.ts';
import { staticPc } from './static-pc.ts';

/** A library that stands in the cache. */
export interface Added {
  recipe: Recipe;
  /** Absolute path. */
  folder: string;
  /** How it was proven; null when it was there before. */
  proof: string | null;
}

/** Refuses what the toolchain or the machine cannot build, before anything is downloaded. */
function refuseUnfit(recipe: Recipe, means: LibraryMeans): void {
  const { toolchain, goarch, kernelHeaders, environment, files } = means;
  const refuse = (what: string, action: string): never => {
    throw new Failure(exitCode.usage, what, `${toolchain.name}, linux/${goarch}`, action);
  };
  if (recipe.cxx && !toolchain.cxx) {
    refuse(`${recipe.name} is C++, and this toolchain has none for musl`, 'use --toolchain zig');
  }
  if (recipe.goarch.length > 0 && !recipe.goarch.includes(goarch)) {
    refuse(`${recipe.name} is for ${recipe.goarch.join(', ')} alone`, 'leave it out there');
  }
  if (recipe.kernelHeaders && kernelHeaders === null && !toolchain.kernelHeaders) {
    refuse(`${recipe.name} needs the kernel's headers`, 'install linux-libc-dev, or use --toolchain zig');
  }
  const absent = recipe.tools.filter((tool) => commandPath(tool, environment, files) === null);
  if (absent.length === 0) return;
  const names = absent.join(' and ');
  throw new Failure(exitCode.unfinished, `${recipe.name} is built with ${names}`, 'PATH', `install ${names}`);
}

/** Path of the pinned source: given, downloaded before, or downloaded now. */
async function sourceOf(recipe: Recipe, given: string | null, means: LibraryMeans): Promise<string | null> {
  const { source } = recipe;
  if (source === null) {
    if (given === null) return null;
    throw new Failure(exitCode.usage, `${recipe.name} is made of gomusl's own files`, given, 'leave out --source');
  }
  if (given !== null) {
    if (means.files.size(given) === null) {
      throw new Failure(exitCode.usage, 'there is no such file', given, `give ${source.url.split('/').at(-1)}`);
    }
    if ((await means.sha256(given)) === source.sha256) return given;
    const what = `this is not the source that the recipe of ${recipe.name} is for`;
    throw new Failure(exitCode.usage, what, given, `its SHA-256 must be ${source.sha256}`);
  }
  const archive = join(means.cacheFolder, 'downloads', source.sha256);
  if (means.files.size(archive) === source.bytes && (await means.sha256(archive)) === source.sha256) return archive;
  await means.download(source, archive, (done) =>
    means.progress(`${recipe.name} ${recipe.version}`, done, source.bytes),
  );
  return archive;
}

/** Archives, headers, .pc files and licences out of what was installed; programs, shared objects and pages stay behind. */
function keep(recipe: Recipe, { out, tree }: Workplace, folder: string, means: LibraryMeans): void {
  const { files } = means;
  if (files.isDirectory(join(out, 'include'))) means.move(join(out, 'include'), join(folder, 'include'));
  for (const lib of ['lib', 'lib64', 'share']) {
    for (const name of files.list(join(out, lib)) ?? []) {
      if (name.endsWith('.a')) means.copy(join(out, lib, name), join(folder, 'lib', name));
    }
    for (const name of files.list(join(out, lib, 'pkgconfig')) ?? []) {
      const text = new TextDecoder().decode(files.read(join(out, lib, 'pkgconfig', name)) ?? new Uint8Array());
      means.write(join(folder, 'lib/pkgconfig', name), new TextEncoder().encode(staticPc(text)), 0o644);
    }
  }
  for (const name of recipe.licenceFiles) means.copy(join(tree, name), join(folder, 'licences', name));
}

async function addOne(
  recipe: Recipe,
  recipes: readonly Recipe[],
  source: string | null,
  needs: Record<string, string>,
  means: LibraryMeans,
): Promise<Added> {
  const needed = Object.values(needs);
  const parent = librariesFolder(means.cacheFolder);
  const name = libraryFolderName(recipe, recipes, means, means.files);
  const prefix = join(parent, name);
  if (means.files.isDirectory(prefix)) return { recipe, folder: prefix, proof: null };
  refuseUnfit(recipe, means);
  const archive = await sourceOf(recipe, source, means);
  let proof = '';
  await means.place(parent, name, async (folder) => {
    const work = means.scratch.folder('gomusl-library-');
    try {
      const stage = join(work, 'stage');
      const log = join(means.cacheFolder, 'logs', `${recipe.name}.log`);
      const own = join(work, 'own');
      const tree = join(work, 'source');
      const place: Workplace = { prefix, stage, own, tree, out: join(stage, prefix), log, needs };
      for (const [file, text] of Object.entries(recipe.files)) means.scratch.write(join(place.own, file), text);
      const tools = buildTools(recipe, needed, means);
      means.write(log, new Uint8Array(), 0o644);
      if (archive === null) means.copy(place.own, place.tree);
      else {
        means.scratch.write(join(place.tree, '.gomusl'), '');
        const unpack = ['tar', '-xf', archive, '-C', place.tree, '--strip-components=1', '--no-same-owner'];
        await runCommand(unpack, work, recipe.name, tools, place, means);
      }
      means.say(`building ${recipe.name} ${recipe.version} with ${means.toolchain.name}`);
      await runSteps(recipe, tools, place, means);
      keep(recipe, place, folder, means);
      proof = await proveLibrary(recipe, folder, needed, tools, place, means);
      const { version, licence, source: from } = recipe;
      const { toolchain, goarch } = means;
      const builtFor = { toolchain: toolchain.name, compiler: toolchain.compiler, libc: toolchain.libc, goarch };
      const told = { name: recipe.name, version, licence, source: from?.url ?? null, ...builtFor, proof };
      means.write(join(folder, 'library.json'), new TextEncoder().encode(`${JSON.stringify(told, null, 2)}\n`), 0o644);
    } finally {
      means.scratch.remove(work);
    }
  });
  if (archive !== null && archive !== source) means.remove(archive);
  return { recipe, folder: prefix, proof };
}

/**
 * Builds libraries with all that they need, into the user's cache; what is there is left alone, what fails leaves
 * nothing. `source` is the tarball of the one that is named; null downloads the pinned one.
 */
export async function addLibraries(
  names: string[],
  recipes: readonly Recipe[],
  source: string | null,
  means: LibraryMeans,
): Promise<Added[]> {
  const ordered = withNeeds(names, recipes);
  for (const recipe of ordered) refuseUnfit(recipe, means);
  const added: Added[] = [];
  for (const recipe of ordered) {
    const needed = withNeeds([recipe.name], recipes).slice(0, -1).reverse();
    const needs = Object.fromEntries(
      needed.map(({ name }) => [name, added.find((one) => one.recipe.name === name)?.folder ?? '']),
    );
    const given = names.includes(recipe.name) ? source : null;
    added.push(await addOne(recipe, recipes, given, needs, means));
  }
  return added;
}
