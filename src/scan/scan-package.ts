import { type GoReader, openGoReader, readPlainGo } from '../go/reader.ts';
import type { Files } from '../io/files.ts';
import type { GoFacts, PackageFacts } from '../model/facts.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import type { FactsCache } from './facts-cache.ts';
import { type FileToParse, type PackageSearch, searchPackage } from './file-search.ts';

function packageFacts(pkg: GraphPackage, search: PackageSearch, go: GoFacts[]): PackageFacts {
  return {
    package: pkg.importPath,
    go,
    dynamicImports: go.flatMap((facts) => facts.dynamicImports),
    imports: search.imports,
    files: search.files,
    bytes: search.bytes,
    limits: [...search.limits, ...go.flatMap((facts) => facts.limits.map((reason) => ({ reason, file: facts.path })))],
  };
}

function readAll(files: FileToParse[], reader: GoReader): GoFacts[] {
  return files.map((file) => reader.read(file.bytes, file.path));
}

/**
 * Reads the Go files of one package: all are searched, those with cgo or with something that matters on musl are parsed.
 * `moduleDir` is the absolute path that places are relative to.
 */
export function scanPackage(pkg: GraphPackage, moduleDir: string, files: Files, reader: GoReader): PackageFacts {
  const search = searchPackage(pkg, moduleDir, files);
  return packageFacts(pkg, search, readAll(search.toParse, reader));
}

/**
 * Scans packages of a graph; the result is by import path. The parser is started only when a file needs it. `goroot` is
 * the folder that std's places are relative to, so that they read `src/net/x.go`. What `cache` has is not read again.
 */
export async function scanPackages(
  graph: PackageGraph,
  packages: Iterable<GraphPackage>,
  goroot: string,
  files: Files,
  cache: FactsCache | null = null,
): Promise<Record<string, PackageFacts>> {
  const facts: [string, PackageFacts][] = [];
  for (const pkg of packages) {
    const kept = cache?.get(pkg) ?? null;
    if (kept !== null) {
      facts.push([pkg.importPath, kept]);
      continue;
    }
    const moduleDir = pkg.module === null ? goroot : (graph.modules[pkg.module]?.dir ?? pkg.dir);
    const search = searchPackage(pkg, moduleDir, files);
    // Without cgo the parser is not needed, and its start is saved.
    const reader = pkg.cgoFiles.length > 0 ? await openGoReader() : { read: readPlainGo };
    const go = readAll(search.toParse, reader);
    const read = packageFacts(pkg, search, go);
    cache?.put(pkg, read);
    facts.push([pkg.importPath, read]);
  }
  cache?.settle();
  return Object.fromEntries(facts);
}
