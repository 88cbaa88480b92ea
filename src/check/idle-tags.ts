import type { Files } from '../io/files.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';

/** Bytes in which a build constraint has to stand; `#cgo` lines are searched for in the whole of a smaller file. */
const topOfFile = Buffer.allocUnsafeSlow(64 * 1024);
const sourceFile = /\.(?:go|c|cc|cpp|cxx|h|hh|hpp|hxx|m|s|S|sx)$/;
/** Lines with build constraints, and those that choose flags for cgo. */
const constraintLine = /^[ \t]*(?:\/\/go:build|\/\/[ \t]*\+build|(?:\/\/)?[ \t]*#cgo[ \t])(.*)$/gm;

/** Tags, of those given, that some constraint of the package's folder names, in files that are built or left out. */
function namedIn(pkg: GraphPackage, tags: Set<string>, files: Files): string[] {
  const found = new Set<string>();
  for (const name of files.list(pkg.dir) ?? []) {
    if (!sourceFile.test(name) || name.endsWith('_test.go')) continue;
    const length = files.isDirectory(`${pkg.dir}/${name}`) ? 0 : (files.readInto(`${pkg.dir}/${name}`, topOfFile) ?? 0);
    const bytes = topOfFile.subarray(0, length);
    const present = [...tags].filter((tag) => bytes.includes(tag));
    if (present.length === 0) continue;
    for (const [, words = ''] of bytes.toString('utf8').matchAll(constraintLine)) {
      const constraint = words.split(/:[ \t]/)[0] ?? '';
      const named = constraint.split(/[^\p{L}\p{Nd}_.]+/u);
      for (const tag of present) if (named.includes(tag)) found.add(tag);
    }
  }
  return [...found];
}

/** Build tags that no constraint of any package depends on: most likely misspelt, or of another program. */
export function idleTags(tags: readonly string[], graph: PackageGraph, files: Files): string[] {
  const idle = new Set(tags);
  // Tags choose variants of packages with C more often than of others, and of std least.
  const weight = (pkg: GraphPackage) => (pkg.standard ? 2 : pkg.cgoFiles.length > 0 ? 0 : 1);
  const packages = idle.size === 0 ? [] : Object.values(graph.packages).sort((a, b) => weight(a) - weight(b));
  for (const pkg of packages) {
    for (const tag of namedIn(pkg, idle, files)) idle.delete(tag);
    if (idle.size === 0) break;
  }
  return [...idle];
}
