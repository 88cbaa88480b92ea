import { dirname, resolve } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { Scratch } from '../io/scratch.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import { type GoCall, inFolder, messageFailure, runGo } from './go-command.ts';
import { readGoSettings } from './go-environment.ts';
import { type ListedPackage, listedFields, parseObjects } from './go-list.ts';
import { graphOfListing } from './listed-graph.ts';
import type { LoadRequest } from './load-request.ts';
import { parseVersioned, prepareVersioned } from './versioned-package.ts';

/**
 * Asks `go list` which packages and files belong to the programs. It starts no other program, and writes nothing but
 * Go's caches. What cannot be loaded stands in `errors`; when nothing can be, that is a Failure.
 */
export async function loadWithGo(
  request: LoadRequest,
  processes: Processes,
  files: Files,
  scratch: Scratch,
): Promise<PackageGraph> {
  const { flags } = readGoSettings(request.environment, files);
  const mod = request.mod ?? flags.mod;
  const modfile = request.modfile ?? flags.modfile;
  const patterns = request.patterns.length > 0 ? request.patterns : ['./...'];
  for (const pattern of patterns) {
    if (pattern.startsWith('-')) {
      throw new Failure(exitCode.usage, 'a package cannot begin with a dash', pattern, `write ./${pattern} for a file`);
    }
  }
  const versioned = patterns.map(parseVersioned).filter((one) => one !== null);
  const [wanted] = versioned;
  if (wanted !== undefined) {
    if (patterns.length > 1) {
      throw new Failure(exitCode.usage, 'PACKAGE@VERSION stands alone', patterns.join(' '), 'name one package only');
    }
    return within(scratch, patterns.join(' '), async (folder) => {
      const off = { ...request, environment: { ...request.environment, GOWORK: 'off' } };
      const load = await prepareVersioned(wanted, { folder, scratch }, goCall(off), processes, files);
      const graph = await list({ ...off, ...load, patterns: [load.pattern] }, processes, files);
      const main = graph.modules[load.module.path];
      if (main !== undefined) main.version = load.module.version;
      return graph;
    });
  }
  return withModFile({ dir: request.dir, mod, modfile }, scratch, files, (path) =>
    list({ ...request, patterns, mod, modfile: path }, processes, files),
  );
}

/**
 * Calls `use` with the `-modfile` for a look: with `-mod=mod` Go writes to go.mod and go.sum what it finds missing, so it
 * gets copies, which are gone afterwards.
 */
export async function withModFile<T>(
  { dir, mod, modfile }: { dir: string; mod: string | null; modfile: string | null },
  scratch: Scratch,
  files: Files,
  use: (modfile: string | null) => Promise<T>,
): Promise<T> {
  if (mod !== 'mod') return use(modfile);
  return within(scratch, `${dir}/go.mod`, (folder) =>
    use(copyModFile(dir, modfile, folder, scratch, files) ?? modfile),
  );
}

/** Lends `use` an empty folder of its own, which is gone afterwards: a failure in there is told of what was `named`. */
async function within<T>(scratch: Scratch, named: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = scratch.folder('gomusl-load-');
  try {
    return await use(folder);
  } catch (error) {
    if (!(error instanceof Failure) || !error.where.startsWith(folder)) throw error;
    throw new Failure(error.code, error.message, named, error.action);
  } finally {
    scratch.remove(folder);
  }
}

/** Copies go.mod and go.sum into the folder; null when there is none. */
function copyModFile(
  dir: string,
  modfile: string | null,
  folder: string,
  scratch: Scratch,
  files: Files,
): string | null {
  let path = modfile === null ? `${dir}/go.mod` : resolve(dir, modfile);
  while (modfile === null && !files.exists(path) && dirname(path) !== '/') path = `${dirname(dirname(path))}/go.mod`;
  const bytes = files.read(path);
  if (bytes === null) return null;
  scratch.write(`${folder}/go.mod`, bytes);
  scratch.write(`${folder}/go.sum`, files.read(path.replace(/\.mod$/, '.sum')) ?? '');
  return `${folder}/go.mod`;
}

function goCall(request: Omit<LoadRequest, 'mod'>): GoCall {
  const environment: GoCall['environment'] = {
    ...request.environment,
    GOOS: 'linux',
    CGO_ENABLED: request.cgo ? '1' : '0',
  };
  if (request.goarch !== null) environment.GOARCH = request.goarch;
  if (request.offline) environment.GOPROXY = 'off';
  return { dir: request.dir, environment, timeout: request.timeout };
}

async function list(
  request: Omit<LoadRequest, 'mod'> & { mod: string | null },
  processes: Processes,
  files: Files,
): Promise<PackageGraph> {
  const { flags, goarch } = readGoSettings(request.environment, files);
  const race = request.race || flags.race;
  const tags = request.tags.length > 0 ? request.tags : flags.tags;
  const words = ['list', '-e', '-deps', '-pgo=off', '-buildvcs=false', `-json=${listedFields.join(',')}`];
  if (request.mod !== null) words.push(`-mod=${request.mod}`);
  if (request.modfile !== null) words.push(`-modfile=${request.modfile}`);
  if (tags.length > 0) words.push(`-tags=${tags.join(',')}`);
  if (race) words.push('-race');
  if (request.cgo) words.push('-ldflags=-linkmode=external');
  const result = await runGo([...words, '--', ...request.patterns], goCall(request), processes, files);

  const listed = parseObjects<ListedPackage>(result.stdout);
  const matched = matchedPackages(listed, request.dir, request.patterns);
  const mode = { goarch: request.goarch ?? goarch ?? '', race, cgo: request.cgo };
  return graphOfListing(listed, matched, mode);
}

/** Import paths that the patterns name and that can be judged; a Failure when there are none. */
export function matchedPackages(listed: ListedPackage[], dir: string, patterns: string[]): string[] {
  const roots = listed.filter((pkg) => pkg.DepOnly !== true);
  const matched = roots.filter((pkg) => pkg.Error === undefined && !isTestOnly(pkg)).map((pkg) => pkg.ImportPath);
  if (matched.length === 0) throw nothingLoaded(roots, dir, patterns);
  return matched;
}

function isTestOnly(pkg: ListedPackage): boolean {
  const own = (pkg.GoFiles?.length ?? 0) + (pkg.CgoFiles?.length ?? 0);
  return own === 0 && (pkg.TestGoFiles?.length ?? 0) + (pkg.XTestGoFiles?.length ?? 0) > 0;
}

function nothingLoaded(roots: ListedPackage[], dir: string, patterns: string[]): Failure {
  const broken = roots.find((pkg) => pkg.Error !== undefined);
  if (broken?.Error === undefined) {
    const what = roots.length > 0 ? 'only test files found' : 'no packages found';
    return new Failure(exitCode.unfinished, what, `${patterns.join(' ')} in ${dir}`, 'name packages with Go files');
  }
  const message = broken.Error.Err;
  const position = broken.Error.Pos ?? '';
  return (
    messageFailure(message, position, dir) ??
    new Failure(
      exitCode.unfinished,
      message.replace(/\s*\n\s*/g, ' '),
      position === '' ? broken.ImportPath : inFolder(position, dir),
      'correct that first',
    )
  );
}
