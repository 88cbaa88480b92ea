import type { GraphPackage } from '../model/package-graph.ts';

/** cmd/go/internal/load: cgoExclude and cgoSyscallExclude. */
const withoutRuntimeCgo = new Set(['runtime/cgo']);
const withoutSyscall = new Set(['runtime/cgo', 'runtime/race', 'runtime/msan', 'runtime/asan']);

/** What of a target adds imports that no file has. */
export interface LinkMode {
  goarch: string;
  race: boolean;
  cgo: boolean;
}

/** What a program links whatever it imports; `-linkmode external` is what brings runtime/cgo. cmd/go: LinkerDeps. */
export function linkerImports(mode: LinkMode): string[] {
  const imports = ['runtime'];
  if (mode.cgo) imports.push('runtime/cgo');
  if (mode.goarch === 'arm') imports.push('math');
  if (mode.race) imports.push('runtime/race');
  return imports;
}

/** Imports that Go adds to those in the files: for cgo's own code, and for a main package. cmd/go: (*Package).load. */
export function impliedImports(
  pkg: Pick<GraphPackage, 'importPath' | 'name' | 'cgoFiles' | 'standard'>,
  mode: LinkMode,
): string[] {
  const imports: string[] = [];
  if (pkg.cgoFiles.length > 0) {
    if (!pkg.standard || !withoutRuntimeCgo.has(pkg.importPath)) imports.push('runtime/cgo');
    if (!pkg.standard || !withoutSyscall.has(pkg.importPath)) imports.push('syscall');
  }
  if (pkg.name === 'main') imports.push(...linkerImports(mode));
  return imports;
}
