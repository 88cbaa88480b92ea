import type { HeaderCache } from '../c/header-cache.ts';
import type { FolderKind } from '../c/search.ts';
import type { Libc } from '../libc/libc.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import { readCommandLine } from './command-line.ts';
import { compilerOf } from './compiler.ts';
import { driverRefuses } from './driver-warnings.ts';
import { implicitDeclarations } from './implicit-declarations.ts';
import type { PackageWords } from './package-flags.ts';
import type { Translation } from './translate.ts';

/** What the units of one language in a package are translated with. `root` is the module's folder. */
export function translationOf(
  language: 'c' | 'c++',
  pkg: GraphPackage,
  root: string,
  words: PackageWords,
  target: Target,
  libc: Libc,
  cache: HeaderCache,
): Translation {
  const own = language === 'c' ? words.c : words.cxx;
  const line = readCommandLine(own, pkg.dir, root);
  const compiler = compilerOf(target, language);
  const folders = (paths: string[], kind: FolderKind) => paths.map((path) => ({ path, kind }));
  const kernel = target.kernelHeadersDir === null ? [] : [target.kernelHeadersDir];
  const angle = [
    ...line.before,
    ...(line.noStandardFolders ? [] : folders(compiler.includeDirs, 'system')),
    ...line.after,
    ...folders(libraryHeaders(target), 'flags'),
    ...folders(target.ownHeadersDir === undefined ? [] : [target.ownHeadersDir], 'flags'),
    ...folders(kernel, 'kernel'),
  ];
  return {
    compiler,
    words: own,
    line,
    search: { quote: line.quote, angle, made: new Map(), found: new Map() },
    libc,
    cache,
    refusesDates: driverRefuses('date-time', own, target.toolchain),
    implicit: implicitDeclarations(own, line.standard, target.toolchain?.compiler ?? null),
  };
}

/** Folders of headers that the sysroot and recipes have; behind libc's own, as `gomusl build` passes them. */
export function libraryHeaders({ sysroot, libraries = [] }: Target): string[] {
  const own = sysroot === null ? [] : [`${sysroot}/include`, `${sysroot}/usr/include`];
  return [...own, ...libraries.map((folder) => `${folder}/include`)];
}
