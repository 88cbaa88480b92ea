import { loadFromFiles } from '../graph/files-loader.ts';
import { readGoEnvironment, readGoSettings } from '../graph/go-environment.ts';
import { loadWithGo } from '../graph/go-loader.ts';
import { findInstalledGo } from '../graph/installed-go.ts';
import type { GoEnvironment, LoadRequest } from '../graph/load-request.ts';
import { findSyntaxErrors } from '../graph/syntax-errors.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
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

/** Loads the packages that the options name, for a target. A syntax error in the person's own files is a Failure. */
export async function loadPackages(
  options: CheckOptions,
  environment: Environment,
  target: Target,
  goroot: string,
): Promise<PackageGraph> {
  const request: LoadRequest = {
    dir: options.dir,
    patterns: options.patterns,
    goarch: target.goarch,
    tags: target.tags,
    cgo: target.cgo,
    race: target.race,
    mod: options.mod,
    modfile: options.modfile,
    offline: options.offline,
    environment,
    timeout: goTimeout,
  };
  if (options.loader === 'files') return loadFromFiles(request, disk);
  const graph = await loadWithGo(request, children, disk, diskScratch());
  const [syntax] = await findSyntaxErrors(graph, goroot, goTimeout, children, disk);
  if (syntax) throw new Failure(exitCode.unfinished, syntax.message, syntax.position, 'correct that line');
  return graph;
}
