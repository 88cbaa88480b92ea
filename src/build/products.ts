import { basename, dirname, join, resolve } from 'node:path';
import type { PlannedProgram } from '../model/plan.ts';

/** A package that the build names, as `go list` tells it. */
export interface NamedPackage {
  importPath: string;
  name: string;
  /** Go files of the package, those with cgo too, in Go's order. */
  files: string[];
}

/**
 * Name of the executable that `go build` gives a main package: cmd/go/internal/load, DefaultExecName. The last element
 * of the import path that is no major version; for a list of files, the first file without `.go`.
 */
export function executableName(named: NamedPackage): string {
  if (named.importPath === 'command-line-arguments') return basename(named.files[0] ?? '', '.go');
  const last = basename(named.importPath);
  const isVersion = /^v(?:[2-9]|[1-9]\d+)$/.test(last);
  return isVersion && last !== named.importPath ? basename(dirname(named.importPath)) : last;
}

/**
 * The executables that `go build` writes: one main package without `-o` goes to the folder of the build; several go
 * where `-o` names a folder, and else nowhere.
 */
export function productsOf(
  packages: NamedPackage[],
  output: string | undefined,
  dir: string,
  isDirectory: (path: string) => boolean,
): PlannedProgram[] {
  const programs = packages.filter((named) => named.name === 'main');
  const file = (path: string | null) => programs.map((named) => ({ package: named.importPath, output: path }));
  if (output === '/dev/null') return file(null);
  if (output !== undefined) {
    const target = resolve(dir, output);
    if (!output.endsWith('/') && !isDirectory(target)) return file(target);
    return programs.map((named) => ({ package: named.importPath, output: join(target, executableName(named)) }));
  }
  const [only] = packages;
  return packages.length === 1 && only?.name === 'main' ? file(join(dir, executableName(only))) : file(null);
}
