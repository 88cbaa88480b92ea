import { loadFromFiles } from '../graph/files-loader.ts';
import { readGoEnvironment, readGoSettings } from '../graph/go-environment.ts';
import { loadWithGo } from '../graph/go-loader.ts';
import { findInstalledGo } from '../graph/installed-go.ts';
import type { GoEnvironment, LoadRequest } from '../graph/load-request.ts';
import { findSyntaxErrors } from '../graph/syntax-errors.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import type { CheckOptions } from './check-options.ts';

/** Milliseconds that one run of `go` may take: a cold module cache is filled in that time. */
const goTimeout = 300_000;

type Environment = Record<string, string | undefined>;

/** What Go says of itself, or what its files say when it is not to be started. */
export async function findGo(options: CheckOptions, environment: Environment): Promise<GoEnvironment> {
  if (options.loader !== 'files') {
    return readGoEnvironment({ dir: options.dir, environment, timeout: goTimeout }, children, disk);
  }
  const installed = findInstalledGo(environment, options.goarch, disk);
  if (installed.goVersion === null) {
    throw new Failure(exitCode.unfinished, 'no Go installation found', 'GOROOT', 'set GOROOT to one, or install Go');
  }
  return {
    ...readGoSettings(environment, disk),
    goVersion: installed.goVersion,
    goroot: installed.goroot ?? '',
    modCache: installed.modCache ?? '',
    goarch: installed.goarch,
  };
}

/** The part of a target that decides which files Go selects. */
type Selection = Pick<LoadRequest, 'goarch' | 'tags' | 'cgo' | 'race'>;

function list(selection: Selection, options: CheckOptions, environment: Environment): Promise<PackageGraph> {
  const { dir, patterns, mod, modfile, offline } = options;
  const { goarch, tags, cgo, race } = selection;
  const request = { dir, patterns, mod, modfile, offline, goarch, tags, cgo, race, environment, timeout: goTimeout };
  if (options.loader === 'files') return Promise.resolve(loadFromFiles(request, disk));
  return loadWithGo(request, children, disk, diskScratch());
}

/**
 * The first load, begun before anything else is known: `go list` takes longer than all that is asked meanwhile. Null
 * with a toolchain by name: the run may then end early, and would have to wait for the load.
 */
export function beginLoad(options: CheckOptions, environment: Environment): Promise<PackageGraph> | null {
  if (options.loader === 'files' || options.toolchain !== 'auto') return null;
  const { flags, cgoEnabled } = readGoSettings(environment, disk);
  const selection = {
    goarch: options.goarch,
    tags: options.tags ?? flags.tags,
    cgo: options.cgo === 'auto' ? cgoEnabled !== false : options.cgo === 'on',
    race: options.race || flags.race,
  };
  const load = list(selection, options, environment);
  load.catch(() => undefined); // told by whoever awaits it
  return load;
}

/**
 * Loads the packages that the options name, for a target; `begun` is a load of the same. A syntax error in the person's
 * own files is a Failure.
 */
export async function loadPackages(
  options: CheckOptions,
  environment: Environment,
  target: Target,
  go: GoEnvironment,
  begun: Promise<PackageGraph> | null,
): Promise<PackageGraph> {
  const graph = await (begun ?? list(target, options, environment));
  if (options.loader === 'files') return graph;
  const store = diskStore(userCacheFolder(environment));
  const means = { ...go, timeout: goTimeout, processes: children, files: disk, store };
  const [syntax] = await findSyntaxErrors(graph, means);
  if (syntax) throw new Failure(exitCode.unfinished, syntax.message, syntax.position, 'correct that line');
  return graph;
}
