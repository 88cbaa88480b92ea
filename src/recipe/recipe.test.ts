import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { Failure } from '../model/failure.ts';
import type { RawFinding, Remedy } from '../model/finding.ts';
import type { Toolchain } from '../model/target.ts';
import { builtLibrary, librariesFolder, libraryFolderName } from './built.ts';
import { licenceDuty } from './licence-duty.ts';
import { loadRecipes, withNeeds } from './load.ts';
import { notedLibraries, noteLibraries } from './noted.ts';
import { offerRecipes } from './offer.ts';
import { namedFiles, tellingLine } from './run-steps.ts';
import { standingLibraries } from './standing.ts';
import { staticPc } from './static-pc.ts';

const zip = `
title: Compression
version: 1.2.13
licence: Zlib
provides: { pkgConfig: [zlib], headers: [zlib.h, zip/], libraries: [z] }
steps: [{ run: [make, install, "DESTDIR={stage}"] }]
proof: { file: prove.c, prints: ok }
`;

function recipesOf(texts: Record<string, string>) {
  const files = Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => [
      [`/r/${name}/recipe.yaml`, text],
      [`/r/${name}/prove.c`, 'int main(void) { return 0; }\n'],
    ]),
  );
  return loadRecipes('/r', memoryFiles(files));
}

function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return `${error.message}: ${error.where}`;
    throw error;
  }
  return 'none';
}

it.each([
  ['steps: [', 'the recipe cannot be used: it is no YAML'],
  [zip.replace('1.2.13', 'newest'), 'the recipe cannot be used: /version must match pattern'],
  [zip.replace('run: [make', 'shell: [make'), 'the recipe cannot be used: /steps/0'],
  [zip.replace('prove.c', 'other.c'), 'the recipe cannot be used: other.c does not exist'],
  [zip.replace('prove.c', '../prove.c'), 'the recipe cannot be used: /proof/file must match pattern'],
  [`${zip}needs: [nothing]\n`, 'the recipe cannot be used: it needs nothing, and there is no such recipe'],
  [`${zip}needs: [zip]\n`, 'recipes need each other: zip > zip'],
  [zip.replace('licence: Zlib', 'licence: (MIT)'), 'the recipe cannot be used: /licence must match pattern'],
  [`${zip}surprise: yes\n`, 'the recipe cannot be used: it must NOT have additional properties'],
])('refuses a recipe that breaks the rules, in one line: %#', (text, line) => {
  expect(failure(() => recipesOf({ zip: text }))).toContain(line);
});

it('builds what is needed first, each once', () => {
  const recipes = recipesOf({ a: `${zip}needs: [b, c]\n`, b: `${zip}needs: [c]\n`, c: zip });
  expect(withNeeds(['a', 'c'], recipes).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  expect(failure(() => withNeeds(['d'], recipes))).toBe('there is no recipe of this name: d');
});

const toolchain = {
  name: 'musl-gcc',
  cc: ['/usr/bin/musl-gcc'],
  compiler: { family: 'gcc', version: '12.2.0' },
  libc: { name: 'musl', version: '1.2.3', flavor: 'debian' },
  linker: { name: 'ld' },
} as Toolchain;

it('finds a library only where recipe, toolchain, architecture, kernel headers and all that it needs are the same', () => {
  const recipes = recipesOf({ a: `${zip}needs: [b]\n`, b: zip });
  const [a, b] = recipes;
  if (!a || !b) throw new Error('two recipes');
  const built = { toolchain, goarch: 'amd64', kernelHeaders: '/kernel' };
  const at = (name: string) => `${librariesFolder('/cache')}/${name}/include/zlib.h`;
  const own = libraryFolderName(a, recipes, built, memoryFiles({}));
  const needed = libraryFolderName(b, recipes, built, memoryFiles({}));
  const both = memoryFiles({ [at(own)]: '', [at(needed)]: '' });
  expect(builtLibrary(a, recipes, built, '/cache', both)).toEqual(
    [own, needed].map((name) => `${librariesFolder('/cache')}/${name}`),
  );
  expect(builtLibrary(a, recipes, { ...built, goarch: 'arm64' }, '/cache', both)).toBeNull();
  expect(builtLibrary(a, recipes, built, '/cache', memoryFiles({ [at(own)]: '' }))).toBeNull();
  const kernel = recipesOf({ a: `${zip}kernelHeaders: true\n` });
  const named = (code: number) =>
    kernel.map((one) =>
      libraryFolderName(
        one,
        kernel,
        built,
        memoryFiles({ '/kernel/linux/version.h': `#define LINUX_VERSION_CODE ${code}\n` }),
      ),
    );
  expect(named(393403)).not.toEqual(named(393404));
  const changed = recipesOf({ a: `${zip}needs: [b]\n`, b: `${zip}environment: { X: y }\n` });
  expect(builtLibrary(changed[0] ?? a, changed, built, '/cache', both)).toBeNull();
});

it('offers the recipe for a name of pkg-config, a header or an archive; automatic once it is built', () => {
  const recipes = recipesOf({ zip });
  const finding = (remedy: Remedy): RawFinding => ({
    severity: 'error',
    what: '',
    why: '',
    action: 'Build it.',
    package: 'p',
    location: null,
    related: [],
    evidence: {},
    remedies: [remedy],
  });
  const offered = (form: 'pkg-config' | 'header' | 'archive', name: string, isBuilt = false) =>
    offerRecipes(
      [finding({ kind: 'library', automatic: false, form, name })],
      () => recipes,
      () => isBuilt,
    )[0];
  expect(offered('pkg-config', 'zlib')).toMatchObject({
    action: expect.stringContaining('Run gomusl lib add zip,'),
    remedies: [{ kind: 'recipe', automatic: false, recipe: 'zip', command: 'gomusl lib add zip', licence: 'Zlib' }],
  });
  expect(offered('header', 'zip/deep/x.h', true)?.remedies[0]?.automatic).toBe(true);
  expect(offered('archive', 'z')?.remedies[0]?.kind).toBe('recipe');
  expect(offered('archive', 'zlib')?.remedies[0]?.kind).toBe('library');
  expect(offered('header', 'zip.h')?.action).toBe('Build it.');
});

it('asks of an archive always what only a static link needs', () => {
  const text = 'Name: a\nRequires: b\nRequires.private: c >= 2\nLibs: -L/p -la\nLibs.private: -lm \\\n -ldl\n';
  expect(staticPc(text)).toBe('Name: a\nRequires: b, c >= 2\nLibs: -L/p -la -lm  -ldl\n');
});

it('says of a log the line that tells most, and takes a pattern for names alone', () => {
  expect(tellingLine('a.c:1: error: no\nmake: *** [all] Error 2\n')).toBe('a.c:1: error: no');
  expect(tellingLine('one\ntwo\n')).toBe('two');
  expect(tellingLine('')).toBe('it said nothing');
  const files = memoryFiles({ '/s/src/a.c': '', '/s/src/b.c': '', '/s/src/b.ch': '' });
  expect(namedFiles('src/*.c', '/s', files)).toEqual(['src/a.c', 'src/b.c']);
});

it.each([
  ['LGPL-2.1-or-later', 'users must be able to relink'],
  ['GPL-2.0-only', 'the whole program falls under it'],
  ['MIT AND LGPL-3.0-only', 'users must be able to relink'],
  ['BSD-3-Clause OR GPL-2.0-only', undefined],
  ['LGPL-3.0-or-later WITH LGPL-3.0-linking-exception', undefined],
  ['Zlib', undefined],
])('knows what a licence asks where the library is linked statically: %s', (licence, short) => {
  expect(licenceDuty(licence)?.short).toBe(short);
});

it('carries the libraries of recipes in the note of a product, and reads no other text there', () => {
  const files = memoryFiles({
    '/lib/a/library.json': '{"name":"a","version":"1.2","licence":"LGPL-2.1-only","proof":""}',
    '/lib/b/library.json': '{"name":"b","version":"3","licence":"MIT OR GPL-2.0-only","proof":""}',
  });
  const libraries = noteLibraries(['/lib/a', '/own', '/lib/b'], files) ?? '';
  expect(noteLibraries(['/own'], files)).toBeNull();
  expect(notedLibraries({ libraries: `${libraries}; <script> 1 x; c` })).toEqual([
    { name: 'a', version: '1.2', licence: 'LGPL-2.1-only', duty: expect.stringContaining('relink') },
    { name: 'b', version: '3', licence: 'MIT OR GPL-2.0-only', duty: null },
  ]);
});

it('finds all that stands in the cache, with its size, and nothing half-built', () => {
  const at = (path: string) => `${librariesFolder('/cache')}/${path}`;
  const files = memoryFiles({
    [at('a-b-0123456789abcdef/lib/liba.a')]: 'four',
    [at('a-b-0123456789abcdef/include/deep/a.h')]: 'two',
    [at('.z-0123456789abcdef/lib/libz.a')]: 'half',
  });
  expect(standingLibraries('/cache', files)).toEqual([{ name: 'a-b', folder: at('a-b-0123456789abcdef'), bytes: 7 }]);
});
