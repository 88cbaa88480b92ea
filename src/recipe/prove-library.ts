import { join } from 'node:path';
import { lookUpNames } from '../compile/pkg-config.ts';
import { readExecutable } from '../elf/executable.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { commandPath } from '../toolchain/candidates.ts';
import { type BuildTools, kernelFlags } from './build-environment.ts';
import type { LibraryMeans } from './library-means.ts';
import type { Recipe } from './recipe.ts';
import { runCommand, type Workplace } from './run-steps.ts';

/** Names of qemu's programs where they are not Go's name of the architecture. */
const emulated: Record<string, string> = { amd64: 'x86_64', '386': 'i386', arm64: 'aarch64', s390x: 's390x' };

/** Command that runs a program of an architecture here; null when nothing does. */
function runner(means: LibraryMeans): string[] | null {
  if (means.goarch === means.host) return [];
  const name = `qemu-${emulated[means.goarch] ?? means.goarch}`;
  const found = [name, `${name}-static`].flatMap((one) => commandPath(one, means.environment, means.files) ?? []);
  return found[0] === undefined ? null : [found[0]];
}

/**
 * Compiles the recipe's program with what its .pc files say, links it static and runs it. `folder` has the library, and
 * will be `place.prefix`; `needs` are the folders of what it needs. Returns how it was proven, for a person.
 */
export async function proveLibrary(
  recipe: Recipe,
  folder: string,
  needs: string[],
  tools: BuildTools,
  place: Workplace,
  means: LibraryMeans,
): Promise<string> {
  const folders = [folder, ...needs];
  const answer = lookUpNames(
    recipe.provides.pkgConfig.map((name) => ({ name, operator: null, version: '' })),
    { folders: folders.map((one) => join(one, 'lib/pkgconfig')), sysroot: null, isStatic: false },
    means.files,
  );
  const absent = answer.looked.flatMap(({ need, present, missing }) => (present ? missing : [need.name]));
  const faulty = (what: string): Failure =>
    new Failure(exitCode.unfinished, `${recipe.name} was built, but ${what}`, place.log, 'please report this');
  if (absent.length > 0) throw faulty(`no .pc file was installed for ${absent[0]}`);
  const settled = (word: string) => word.replaceAll(place.prefix, folder);
  const libraries = recipe.provides.libraries.map((name) => `-l${name}`);
  const command = [
    ...tools.cc,
    '-O2',
    '-static',
    ...answer.cflags.map(settled),
    ...folders.map((one) => `-I${one}/include`),
    ...kernelFlags(recipe, means),
    '-o',
    'proof',
    join(place.own, recipe.proof.file),
    ...folders.map((one) => `-L${one}/lib`),
    ...(recipe.provides.pkgConfig.length > 0 ? answer.libs.map(settled) : libraries),
    ...recipe.adds,
  ];
  await runCommand(command, place.own, recipe.name, tools, place, means);
  const view = readExecutable(join(place.own, 'proof'), means.files);
  if (view.type !== 'static' && view.type !== 'static-pie') throw faulty(`its proof is ${view.type}, not static`);
  const run = runner(means);
  if (run === null) return `linked for linux/${means.goarch}; nothing here runs it`;
  const printed = await runCommand([...run, './proof'], place.own, recipe.name, tools, place, means);
  if (printed.trim() !== recipe.proof.prints) throw faulty(`its proof printed ${JSON.stringify(printed.slice(0, 80))}`);
  return `its proof ran: ${recipe.proof.prints}`;
}
