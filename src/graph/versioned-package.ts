import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { Scratch } from '../io/scratch.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { type GoCall, runGo } from './go-command.ts';
import { parseObjects } from './go-list.ts';

/** PACKAGE@VERSION in its parts. */
export interface VersionedPackage {
  /** Import path without `/...`. */
  path: string;
  /** A version, or a query such as `latest`. */
  version: string;
  /** Whether it ended in `/...`. */
  recursive: boolean;
}

/** Where and how to run `go list` for a PACKAGE@VERSION. */
export interface VersionedLoad {
  dir: string;
  pattern: string;
  mod: 'readonly' | 'mod';
  /** Null: that of `dir`. */
  modfile: string | null;
  module: { path: string; version: string };
}

interface FoundModule {
  Path: string;
  Version: string;
  Dir?: string;
  Error?: { Err: string };
}

/** Takes PACKAGE@VERSION apart; null for a local path or a plain pattern. */
export function parseVersioned(pattern: string): VersionedPackage | null {
  const match = /^([^@./-][^@]*?)(\/\.\.\.)?@([^@]+)$/.exec(pattern);
  if (match === null) return null;
  const [, path = '', recursive, version = ''] = match;
  return { path, version, recursive: recursive !== undefined };
}

/**
 * Prepares the load of a package that is not in a folder of the user. A main package is loaded by the go.mod of its own
 * module, as in a clone: Go reads a copy of it, since nothing may be written into the module cache. A library is loaded
 * through a temporary module that requires it, as its users do.
 */
export async function prepareVersioned(
  wanted: VersionedPackage,
  { folder, scratch }: { folder: string; scratch: Scratch },
  call: GoCall,
  processes: Processes,
  files: Files,
): Promise<VersionedLoad> {
  const inScratch: GoCall = { ...call, dir: folder };
  scratch.write(`${folder}/go.mod`, 'module gomusl.invalid/look\n');
  const module = await locate(wanted, inScratch, processes, files);
  const rest = wanted.path.slice(module.path.length);
  const suffix = wanted.recursive ? '/...' : '';

  const goMod = files.read(`${module.dir}/go.mod`);
  if (goMod !== null) {
    // One copy to ask which kind of package it is, into which Go may write: some modules come without a go.sum. The
    // program itself is loaded by the other, as in a clone.
    for (const copy of ['find', 'own']) {
      scratch.write(`${folder}/${copy}/go.mod`, goMod);
      scratch.write(`${folder}/${copy}/go.sum`, files.read(`${module.dir}/go.sum`) ?? '');
    }
    const own = { dir: module.dir, pattern: `.${rest}${suffix}`, modfile: `${folder}/own/go.mod` };
    const words = ['list', '-e', '-find', '-mod=mod', `-modfile=${folder}/find/go.mod`, '-json=ImportPath,Name'];
    const { stdout } = await runGo([...words, '--', own.pattern], { ...call, dir: own.dir }, processes, files);
    if (parseObjects<{ Name?: string }>(stdout).some((pkg) => pkg.Name === 'main'))
      return { ...own, mod: 'readonly', module };
  }
  // From 1.17 on Go prunes the module graph: what the library itself does not load need not be there.
  scratch.write(
    `${folder}/go.mod`,
    `module gomusl.invalid/look\n\ngo 1.17\n\nrequire ${module.path} ${module.version}\n`,
  );
  return { dir: folder, pattern: `${wanted.path}${suffix}`, mod: 'mod', modfile: null, module };
}

/** Finds the module that has the package: the longest path of those that exist, as Go does it, and downloads it. */
async function locate(
  wanted: VersionedPackage,
  call: GoCall,
  processes: Processes,
  files: Files,
): Promise<{ path: string; version: string; dir: string }> {
  const elements = wanted.path.split('/');
  const paths = elements.map((_, index) => elements.slice(0, elements.length - index).join('/'));
  const words = ['list', '-m', '-e', '-mod=mod', '-json=Path,Version,Dir,Error'];
  const queries = paths.map((path) => `${path}@${wanted.version}`);
  const { stdout } = await runGo([...words, '--', ...queries], call, processes, files);
  const answers = parseObjects<FoundModule>(stdout);
  const modules = answers.filter((answer) => answer.Error === undefined);
  for (const { Path: path, Version: version, Dir: cached } of modules) {
    const dir = cached ?? (await download(`${path}@${version}`, call, processes, files));
    const folder = `${dir}${wanted.path.slice(path.length)}`;
    if (wanted.recursive || files.list(folder)?.some((name) => name.endsWith('.go'))) return { path, version, dir };
  }
  throw notFound(wanted, modules[0], answers);
}

async function download(query: string, call: GoCall, processes: Processes, files: Files): Promise<string> {
  const { stdout } = await runGo(['mod', 'download', '-json', query], call, processes, files);
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

function notFound(wanted: VersionedPackage, module: FoundModule | undefined, answers: FoundModule[]): Failure {
  const name = `${wanted.path}@${wanted.version}`;
  if (module !== undefined) {
    const where = `${module.Path}@${module.Version}`;
    return new Failure(
      exitCode.unfinished,
      'the module has no such package',
      `${wanted.path} in ${where}`,
      'correct it',
    );
  }
  const reasons = answers.map((answer) => answer.Error?.Err ?? '');
  if (reasons.some((reason) => reason.includes('GOPROXY=off'))) {
    return new Failure(exitCode.unfinished, 'not in the module cache', name, 'run it without --offline');
  }
  const telling = reasons.find((reason) => /unknown revision|invalid version|no matching versions/.test(reason));
  const reason = (telling ?? reasons[0] ?? '').split('\n')[0] ?? '';
  return new Failure(
    exitCode.unfinished,
    'no such package and version found',
    reason || name,
    'correct the path or the version',
  );
}
