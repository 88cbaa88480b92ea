import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { GraphPackage, LoadError, ModuleRef, PackageGraph } from '../model/package-graph.ts';
import { inFolder, messageFailure, runGo } from './go-command.ts';
import { readGoSettings } from './go-environment.ts';
import { type ListedPackage, listedFields, parseListed } from './go-list.ts';
import { impliedImports, linkerImports } from './implied-imports.ts';
import type { LoadRequest } from './load-request.ts';
import { programsOf } from './programs.ts';

/**
 * Asks `go list` which packages and files belong to the programs. It starts no other program, and writes nothing but
 * Go's caches. What cannot be loaded stands in `errors`; when nothing can be, that is a Failure.
 */
export async function loadWithGo(request: LoadRequest, processes: Processes, files: Files): Promise<PackageGraph> {
  const patterns = request.patterns.length > 0 ? request.patterns : ['./...'];
  for (const pattern of patterns) {
    if (pattern.startsWith('-')) {
      throw new Failure(
        exitCode.usage,
        'a package cannot begin with a dash',
        pattern,
        `write ./${pattern} if it is a file`,
      );
    }
  }
  const { flags, goarch } = readGoSettings(request.environment, files);
  const race = request.race || flags.race;
  const tags = request.tags.length > 0 ? request.tags : flags.tags;
  const mod = request.mod ?? flags.mod;
  const modfile = request.modfile ?? flags.modfile;

  const words = ['list', '-e', '-deps', '-pgo=off', '-buildvcs=false', `-json=${listedFields.join(',')}`];
  if (mod !== null) words.push(`-mod=${mod}`);
  if (modfile !== null) words.push(`-modfile=${modfile}`);
  if (tags.length > 0) words.push(`-tags=${tags.join(',')}`);
  if (race) words.push('-race');
  if (request.cgo) words.push('-ldflags=-linkmode=external');

  const environment: LoadRequest['environment'] = {
    ...request.environment,
    GOOS: 'linux',
    CGO_ENABLED: request.cgo ? '1' : '0',
  };
  if (request.goarch !== null) environment.GOARCH = request.goarch;
  if (request.offline) environment.GOPROXY = 'off';
  const call = { dir: request.dir, environment, timeout: request.timeout };
  const result = await runGo([...words, '--', ...patterns], call, processes, files);

  const listed = parseListed(result.stdout);
  const roots = listed.filter((pkg) => pkg.DepOnly !== true);
  const errors = listed.flatMap(loadErrors);
  const matched = roots.filter((pkg) => pkg.Error === undefined && !isTestOnly(pkg)).map((pkg) => pkg.ImportPath);
  if (matched.length === 0) throw nothingLoaded(roots, request.dir, patterns);

  const mode = { goarch: request.goarch ?? goarch ?? '', race, cgo: request.cgo };
  const packages: Record<string, GraphPackage> = {};
  const modules: Record<string, ModuleRef> = {};
  for (const pkg of listed) {
    if (pkg.Dir === undefined || pkg.Name === undefined) continue;
    const graphPackage = toGraphPackage(pkg, modules);
    for (const path of impliedImports(graphPackage, mode)) {
      if (!graphPackage.imports.includes(path)) graphPackage.imports.push(path);
    }
    packages[pkg.ImportPath] = graphPackage;
  }
  return { modules, packages, programs: programsOf(packages, matched, linkerImports(mode)), errors };
}

function isTestOnly(pkg: ListedPackage): boolean {
  const own = (pkg.GoFiles?.length ?? 0) + (pkg.CgoFiles?.length ?? 0);
  return own === 0 && (pkg.TestGoFiles?.length ?? 0) + (pkg.XTestGoFiles?.length ?? 0) > 0;
}

function loadErrors(pkg: ListedPackage): LoadError[] {
  if (pkg.Error === undefined) return [];
  return [
    {
      package: pkg.ImportPath,
      chain: pkg.Error.ImportStack ?? [],
      message: pkg.Error.Err,
      position: pkg.Error.Pos ?? '',
    },
  ];
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

function toGraphPackage(pkg: ListedPackage, modules: Record<string, ModuleRef>): GraphPackage {
  const dir = pkg.Dir ?? '';
  return {
    importPath: pkg.ImportPath,
    name: pkg.Name ?? '',
    dir,
    standard: pkg.Standard === true,
    module: moduleOf(pkg, dir, modules),
    imports: (pkg.Imports ?? []).filter((path) => path !== 'C' && path !== 'unsafe'),
    goFiles: pkg.GoFiles ?? [],
    cgoFiles: pkg.CgoFiles ?? [],
    ignoredGoFiles: pkg.IgnoredGoFiles ?? [],
    cFiles: pkg.CFiles ?? [],
    cxxFiles: pkg.CXXFiles ?? [],
    hFiles: pkg.HFiles ?? [],
    sFiles: pkg.SFiles ?? [],
    otherFiles: [pkg.MFiles, pkg.FFiles, pkg.SwigFiles, pkg.SwigCXXFiles].flatMap((names) => names ?? []),
    sysoFiles: pkg.SysoFiles ?? [],
    cgoFlags: {
      cppflags: pkg.CgoCPPFLAGS ?? [],
      cflags: pkg.CgoCFLAGS ?? [],
      cxxflags: pkg.CgoCXXFLAGS ?? [],
      ldflags: pkg.CgoLDFLAGS ?? [],
    },
    pkgConfig: pkg.CgoPkgConfig ?? [],
  };
}

/** Registers the package's module; its key is the path, of which a build has one version only. */
function moduleOf(pkg: ListedPackage, dir: string, modules: Record<string, ModuleRef>): string | null {
  const module = pkg.Module;
  if (pkg.Standard === true || module === undefined) return null;
  modules[module.Path] ??= {
    path: module.Path,
    version: module.Version ?? '',
    // With vendoring Go names no folder; the import path continues the module's path as the folders do.
    dir: module.Dir ?? dir.slice(0, dir.length - (pkg.ImportPath.length - module.Path.length)),
    main: module.Main === true,
    goVersion: module.GoVersion ?? null,
  };
  return module.Path;
}
