import { watchedLocals } from '../go/body.ts';
import { watchedCalls, watchedImports } from '../go/calls.generated.ts';
import { type GoHeader, readHeader } from '../go/header.ts';
import type { Files } from '../io/files.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import type { Place } from '../model/place.ts';

/** A file that has to be parsed. */
export interface FileToParse {
  /** Relative to the module's root. */
  path: string;
  bytes: Uint8Array;
}

/** What a search in the bytes of a package's Go files gives, before any file is parsed. */
export interface PackageSearch {
  toParse: FileToParse[];
  imports: Record<string, Place>;
  files: number;
  bytes: number;
  limits: { reason: string; file: string }[];
}

const dynamicImport = Buffer.from('cgo_import_dynamic');
/** Most Go files are smaller; a larger one is read into memory of its own. */
const shared = Buffer.allocUnsafeSlow(1 << 20);

/** Bytes of a file, valid until the next call; null when it is gone. */
function bytesOf(path: string, files: Files): Buffer | null {
  const length = files.readInto(path, shared);
  if (length === null) return null;
  if (length < shared.length) return shared.subarray(0, length);
  const bytes = files.read(path);
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Path of a file relative to the module's root, both with `/`. */
export function moduleRelative(moduleDir: string, dir: string, name: string): string {
  const inside = dir === moduleDir ? '' : dir.startsWith(`${moduleDir}/`) ? dir.slice(moduleDir.length + 1) : dir;
  return inside === '' ? name : `${inside}/${name}`;
}

/** Names to search for when a package imports the watched package. */
const watchedNames: [path: string, names: Buffer[]][] = Object.entries(watchedCalls).map(([path, names]) => [
  path,
  names.map((name) => Buffer.from(name)),
]);

/** Whether the file uses one of the watched functions by the name under which it imports their package. */
function usesWatched(bytes: Buffer, header: () => GoHeader, wanted: Buffer[]): boolean {
  if (!wanted.some((name) => bytes.includes(name))) return false;
  return [...watchedLocals(header().imports)].some(([local, { names }]) =>
    names.some((name) => bytes.includes(`${local}.${name}`)),
  );
}

/**
 * Reads all Go files of a package and searches their bytes; only what has cgo or something that matters on musl is left
 * to be parsed. This runs on every file of a program, so it does nothing per line.
 */
export function searchPackage(pkg: GraphPackage, moduleDir: string, files: Files): PackageSearch {
  const found: PackageSearch = { toParse: [], imports: {}, files: 0, bytes: 0, limits: [] };
  const wanted = watchedNames.flatMap(([path, names]) => (pkg.imports.includes(path) ? names : []));
  const unplaced = new Set(watchedImports.filter((path) => pkg.imports.includes(path)));
  const cgo = new Set(pkg.cgoFiles);
  for (const name of [...pkg.cgoFiles, ...pkg.goFiles].sort()) {
    const path = moduleRelative(moduleDir, pkg.dir, name);
    const bytes = bytesOf(`${pkg.dir}/${name}`, files);
    if (bytes === null) {
      found.limits.push({ reason: 'the Go file that Go names is not there', file: path });
      continue;
    }
    found.files++;
    found.bytes += bytes.length;
    let header: GoHeader | undefined;
    const headerOnce = () => {
      header ??= readHeader(bytes);
      return header;
    };
    if (unplaced.size > 0) {
      for (const spec of headerOnce().imports) {
        if (!unplaced.delete(spec.path)) continue;
        found.imports[spec.path] = { file: path, line: spec.line, column: spec.column };
      }
    }
    if (cgo.has(name) || bytes.includes(dynamicImport) || usesWatched(bytes, headerOnce, wanted)) {
      found.toParse.push({ path, bytes: Uint8Array.from(bytes) });
    }
  }
  return found;
}
