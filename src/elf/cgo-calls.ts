import type { GoBuildInfo } from '../model/executable.ts';
import { latin1 } from './fields.ts';
import type { Image } from './image.ts';
import { dataRanges, search } from './search.ts';

const call = Buffer.from('._Cfunc_', 'latin1');
const longestName = 512;
const mostNames = 20_000;

/**
 * Packages that call C, by the function names that cgo makes (`net._Cfunc_getaddrinfo`). They stand in the table of
 * function names that the Go runtime needs, so they are there in a stripped file, too.
 */
export function readCgoCalls(
  image: Image,
  go: GoBuildInfo,
): { package: string; module: string | null; functions: string[] }[] {
  const packages = new Map<string, Set<string>>();
  let seen = 0;
  for (const range of dataRanges(image)) {
    search(image.source, range, [call], (_, offset) => {
      const start = Math.max(range.offset, offset - longestName);
      const length = Math.min(2 * longestName, range.offset + range.size - start, image.source.size - start);
      const around = latin1(image.source.read(start, length));
      const middle = offset - start;
      const path = around.slice(around.lastIndexOf('\0', middle) + 1, middle);
      const name = /^[A-Za-z0-9_]+(?=\0)/.exec(around.slice(middle + call.length))?.[0];
      if (name !== undefined && /^[\w.~%/-]+$/.test(path)) {
        const functions = packages.get(path) ?? new Set();
        packages.set(path, functions.add(name));
      }
      return ++seen > mostNames;
    });
  }
  return [...packages]
    .map(([path, functions]) => ({ package: unescapePath(path, go), functions: [...functions].sort() }))
    .map((entry) => ({ ...entry, module: moduleOf(entry.package, go) }))
    .sort((left, right) => (left.package < right.package ? -1 : 1));
}

/** Undoes the linker's escaping of the last element (`gopkg.in/yaml%2ev2`); `main` gets its import path. */
function unescapePath(path: string, go: GoBuildInfo): string {
  if (path === 'main' && go.path !== '') return go.path;
  return path.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The module with the longest path that the package is in; null for std and for what build info does not name. */
function moduleOf(path: string, go: GoBuildInfo): string | null {
  const modules = [...(go.main === null ? [] : [go.main]), ...go.deps].map((module) => module.path);
  const inside = modules.filter((module) => path === module || path.startsWith(`${module}/`));
  return inside.sort((left, right) => right.length - left.length)[0] ?? null;
}
