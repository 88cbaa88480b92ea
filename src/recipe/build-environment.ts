import { basename } from 'node:path';
import { compilerTarget } from '../toolchain/targets.ts';
import { compilerCommands } from '../toolchain/wrapper.ts';
import type { LibraryMeans } from './library-means.ts';
import type { Recipe } from './recipe.ts';

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
const script = (command: string[]) => ({
  text: `#!/bin/sh\n# Written by gomusl.\nexec ${command.map(quoted).join(' ')} "$@"\n`,
  mode: 0o755,
});

/** The archiver that fits the compiler: zig has its own, a cross gcc has one of its prefix. */
function archiver({ toolchain, store }: LibraryMeans): { ar: string; ranlib: string } {
  const [cc = ''] = toolchain.cc;
  if (toolchain.name === 'zig') {
    const folder = store.tree('zig-ar', { ar: script([cc, 'ar']), ranlib: script([cc, 'ranlib']) });
    return { ar: `${folder}/ar`, ranlib: `${folder}/ranlib` };
  }
  const prefix = /^(.*-)gcc$/.exec(cc)?.[1];
  if (toolchain.name === 'musl-cross' && prefix && /-linux-musl/.test(basename(cc))) {
    return { ar: `${prefix}ar`, ranlib: `${prefix}ranlib` };
  }
  return { ar: 'ar', ranlib: 'ranlib' };
}

/** What is kept of the person's environment: their flags are for their programs, not for libraries that stay. */
const kept = [
  'PATH',
  'HOME',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'LANG',
  'LC_ALL',
  'ZIG_GLOBAL_CACHE_DIR',
  'ZIG_LOCAL_CACHE_DIR',
];

/** The tools of a build and their environment. Flags are for code that may become part of a static-pie. */
export interface BuildTools {
  cc: string[];
  cxx: string[];
  ar: string;
  cflags: string[];
  environment: Record<string, string | undefined>;
}

/** Shows the kernel's headers to a compiler, where the recipe needs them. */
export function kernelFlags(recipe: Recipe, { kernelHeaders }: LibraryMeans): string[] {
  return recipe.kernelHeaders && kernelHeaders ? ['-idirafter', kernelHeaders] : [];
}

/** Tools for a recipe; `folders` are the libraries that it needs, built. */
export function buildTools(recipe: Recipe, folders: string[], means: LibraryMeans): BuildTools {
  const { cc, cxx } = compilerCommands(means.toolchain, means.store);
  const { ar, ranlib } = archiver(means);
  const cppflags = [...folders.map((folder) => `-I${folder}/include`), ...kernelFlags(recipe, means)];
  const cflags = ['-O2', '-fPIC', '-g0', ...cppflags];
  const ldflags = ['-static', ...folders.map((folder) => `-L${folder}/lib`)];
  const environment: Record<string, string | undefined> = {
    ...Object.fromEntries(kept.map((name) => [name, means.environment[name]])),
    CC: cc.join(' '),
    CXX: cxx.join(' '),
    AR: ar,
    RANLIB: ranlib,
    CFLAGS: cflags.join(' '),
    CXXFLAGS: cflags.join(' '),
    CPPFLAGS: cppflags.join(' '),
    LDFLAGS: ldflags.join(' '),
    PKG_CONFIG: means.pkgConfig,
    PKG_CONFIG_PATH: '',
    PKG_CONFIG_LIBDIR: folders.map((folder) => `${folder}/lib/pkgconfig`).join(':'),
    ...recipe.environment,
  };
  return { cc, cxx, ar, cflags, environment };
}

/** What words of steps stand for. */
export interface Words {
  prefix: string;
  stage: string;
  own: string;
  /** Folders of the libraries that are needed, by name. */
  needs: Record<string, string>;
}

/** Words of a step with what they stand for put in; see `Step`. */
export function expandWords(words: string[], places: Words, means: LibraryMeans): string[] {
  const triple = compilerTarget(means.goarch).gnu[0] ?? '';
  const values: Record<string, string> = {
    ...places.needs,
    prefix: places.prefix,
    stage: places.stage,
    own: places.own,
    machine: triple.split('-')[0] ?? '',
    jobs: String(means.processors),
    triple,
    goarch: means.goarch,
  };
  return words
    .flatMap((word) => (word !== '{host}' ? [word] : means.goarch === means.host ? [] : [`--host=${triple}`]))
    .map((word) => word.replace(/\{([\w-]+)\}/g, (whole, name: string) => values[name] ?? whole));
}
