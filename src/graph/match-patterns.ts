import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { MainModule } from './build-list.ts';
import { joined } from './build-list.ts';

function refuse(what: string, pattern: string): Failure {
  return new Failure(exitCode.usage, what, pattern, 'use the go command: --loader go');
}

/** Import path of a folder of a main module; null when it lies in none. */
function importPathOf(dir: string, mains: MainModule[]): string | null {
  const owner = mains
    .filter((main) => dir === main.dir || dir.startsWith(`${main.dir}/`))
    .sort((a, b) => b.dir.length - a.dir.length)[0];
  return owner === undefined ? null : owner.mod.module + dir.slice(owner.dir.length);
}

/** Folders below `root`, itself first, that Go's `...` goes into. */
function foldersBelow(root: string, main: MainModule, files: Files): string[] {
  const found: string[] = [];
  const ignored = new Set(main.mod.ignore.map((path) => (path.startsWith('./') ? joined(main.dir, path) : `/${path}`)));
  const visit = (dir: string): void => {
    found.push(dir);
    for (const name of files.list(dir) ?? []) {
      const below = `${dir}/${name}`;
      if (name.startsWith('.') || name.startsWith('_') || name === 'testdata' || name === 'vendor') continue;
      if (name.includes('.go') && !files.isDirectory(below)) continue;
      if ([...ignored].some((path) => (path.startsWith(main.dir) ? below === path : below.endsWith(path)))) continue;
      if (files.isDirectory(below) && files.size(`${below}/go.mod`) === null) visit(below);
    }
  };
  visit(root);
  return found;
}

/** Whether a path matches a pattern in which `...` stands for any text; `x/...` matches `x` too. */
function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\\.\\.\\.', '.*');
  return new RegExp(`^${escaped.replace(/\/\.\*$/, '(?:/.*)?')}$`, 's');
}

function matchFolders(pattern: string, dir: string, mains: MainModule[], files: Files): string[] {
  const whole = pattern.startsWith('/') ? joined('/', pattern) : joined(dir, pattern);
  const fixed = joined('/', whole.slice(0, whole.indexOf('...')).replace(/[^/]*$/, ''));
  const matches = matcher(whole);
  const main = [...mains]
    .sort((a, b) => b.dir.length - a.dir.length)
    .find((one) => fixed === one.dir || fixed.startsWith(`${one.dir}/`));
  if (main === undefined) return [];
  return foldersBelow(fixed, main, files)
    .filter((folder) => matches.test(folder) && files.list(folder)?.some((name) => name.endsWith('.go')))
    .map((folder) => importPathOf(folder, mains) ?? '');
}

/** A pattern's import paths. `wild`: packages without files for the target are then left out, as Go does it. */
export interface MatchedPattern {
  wild: boolean;
  importPaths: string[];
}

/**
 * Import paths that a pattern of `go build` names, in folders of the main modules or as an import path. Files and
 * PACKAGE@VERSION, `all`, `std` and patterns over other modules need the go command: a Failure.
 */
export function matchPattern(pattern: string, dir: string, mains: MainModule[], files: Files): MatchedPattern {
  if (pattern.includes('@')) throw refuse('PACKAGE@VERSION cannot be loaded from files alone', pattern);
  if (pattern.endsWith('.go') && !files.isDirectory(joined(dir, pattern))) {
    throw refuse('Go files as arguments cannot be loaded from files alone', pattern);
  }
  if (['all', 'std', 'cmd', 'work', 'tool'].includes(pattern)) {
    throw refuse('this pattern cannot be loaded from files alone', pattern);
  }
  const wild = pattern.includes('...');
  const local = pattern.startsWith('/') || /^\.{1,2}(?:\/|$)/.test(pattern);
  if (!wild && !local) return { wild, importPaths: [pattern.replace(/\/+$/, '')] };
  if (!wild) {
    const folder = pattern.startsWith('/') ? joined('/', pattern) : joined(dir, pattern);
    const importPath = importPathOf(folder, mains);
    if (importPath === null || !files.isDirectory(folder)) {
      throw new Failure(exitCode.unfinished, 'there is no such package', folder, 'name a folder with Go files');
    }
    return { wild, importPaths: [importPath] };
  }
  if (local) return { wild, importPaths: matchFolders(pattern, dir, mains, files) };
  const owner = mains.find(({ mod }) => pattern === `${mod.module}...` || pattern.startsWith(`${mod.module}/`));
  if (owner === undefined) throw refuse('a pattern over other modules cannot be loaded from files alone', pattern);
  return { wild, importPaths: matchFolders(owner.dir + pattern.slice(owner.mod.module.length), dir, mains, files) };
}
