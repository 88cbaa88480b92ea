import { dirname } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { LoadError, PackageGraph } from '../model/package-graph.ts';

/** Names in one run: a command line holds 2 MB on Linux, and a path 4096 bytes. */
const filesPerRun = 400;
/** Files that are remembered for a module; modules, and days for which one is remembered that nobody asks for. */
const mostFiles = 20_000;
const mostModules = 64;
const moduleDays = 60;

/** Where gofmt is, and how it is run. */
export interface SyntaxMeans {
  goroot: string;
  goVersion: string;
  /** Milliseconds for one run of gofmt. */
  timeout: number;
  processes: Processes;
  files: Files;
  /** Remembers which files had no error; each is read again when its size or time of change differs. */
  store: Store;
}

/**
 * Looks for syntax errors in the modules that a person works on; `go list` reads imports only, and what lies in the
 * module cache was compiled by others. gofmt is Go's own parser, and executes nothing. The first error of each file is
 * given; none when the installation has no gofmt, since a compiler would then find them, and musl is not to blame.
 */
export async function findSyntaxErrors(graph: PackageGraph, means: SyntaxMeans): Promise<LoadError[]> {
  const { processes, files, store, timeout } = means;
  const gofmt = `${means.goroot}/bin/gofmt`;
  if (!files.exists(gofmt)) return [];
  const owners = ownFiles(graph);
  const paths = [...owners.keys()];
  const state = new Map(paths.map((path) => [path, `${files.size(path)} ${files.modified(path)}`]));
  const key = `syntax-${digestOf([means.goVersion, rootsOf(graph)])}`;
  const known = parsed(store.get(key));
  const changed = paths.filter((path) => known.get(path) !== state.get(path));
  if (changed.length === 0) return [];

  const errors = new Map<string, LoadError>();
  for (let from = 0; from < changed.length; from += filesPerRun) {
    const command = [gofmt, '-e', '-l', ...changed.slice(from, from + filesPerRun)];
    const { stderr } = await processes.run(command, { cwd: dirname(gofmt), env: {}, timeout });
    for (const line of stderr.split('\n')) {
      const match = /^(.+?):(\d+:\d+): (.*)$/.exec(line);
      const [, file = '', at = '', message = ''] = match ?? [];
      const owner = owners.get(file);
      if (owner === undefined || errors.has(file)) continue;
      errors.set(file, { package: owner, chain: [], message: `syntax error: ${message}`, position: `${file}:${at}` });
    }
  }
  if (errors.size === 0) {
    // Other programs of the module have files of their own.
    const all = new Map([...known, ...state]);
    store.put(key, JSON.stringify([...(all.size > mostFiles ? state : all)]));
    store.prune('syntax-', mostModules, moduleDays);
  }
  return [...errors.values()];
}

/** Folders of what a person works on: of its modules, else of its packages. */
function rootsOf(graph: PackageGraph): string[] {
  const modules = Object.values(graph.modules).filter(({ main }) => main);
  if (modules.length > 0) return modules.map(({ dir }) => dir).sort();
  return Object.values(graph.packages).flatMap(({ standard, dir }) => (standard ? [] : [dir]));
}

function parsed(text: string | null): Map<string, string> {
  try {
    return new Map(text === null ? [] : (JSON.parse(text) as [string, string][]));
  } catch {
    return new Map(); // cut short, or of an older gomusl: all files are read again
  }
}

/** Go files of main modules and of single files named by hand, with their package. */
function ownFiles(graph: PackageGraph): Map<string, string> {
  const owners = new Map<string, string>();
  for (const pkg of Object.values(graph.packages)) {
    const module = pkg.module === null ? undefined : graph.modules[pkg.module];
    if (pkg.standard || (module !== undefined && !module.main)) continue;
    for (const name of [...pkg.goFiles, ...pkg.cgoFiles]) owners.set(`${pkg.dir}/${name}`, pkg.importPath);
  }
  return owners;
}
