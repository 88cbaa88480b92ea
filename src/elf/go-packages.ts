import type { Files } from '../io/files.ts';
import { Fields, latin1 } from './fields.ts';
import { type Image, openImage } from './image.ts';
import { fileSource, Malformed } from './source.ts';

// Layout: src/runtime/symtab.go (pcHeader) and src/debug/gosym/pclntab.go of Go. The first word says which.
const magics: Record<number, { namesAt: number }> = {
  // Go 1.16 and 1.17
  4294967290: { namesAt: 2 },
  // Go 1.18 and 1.19
  4294967280: { namesAt: 3 },
  // Go 1.20 and newer
  4294967281: { namesAt: 3 },
};
const headSize = 8;
const longestNames = 256 * 1024 * 1024;

/**
 * Import paths of the packages whose functions are in a Go program, by the names that the runtime needs: they stay in
 * a stripped file. Empty where the file does not show its table; `main` stands for itself.
 */
export function readGoPackages(path: string, files: Files): string[] {
  const source = fileSource(path, files);
  if (source === null) return [];
  try {
    return packagesOf(functionNames(openImage(source)));
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

function functionNames(image: Image): string {
  const section = image.sections.find(({ name }) => name === '.gopclntab' || name === '.data.rel.ro.gopclntab');
  if (section === undefined) return '';
  const word = image.wide ? 8 : 4;
  const head = new Fields(image.source.read(section.offset, headSize + 6 * word), image.little, image.wide);
  const layout = magics[head.u32(0)];
  if (layout === undefined) return '';
  const start = head.word(headSize + layout.namesAt * word);
  const end = head.word(headSize + (layout.namesAt + 1) * word);
  if (!(start < end && end <= section.size && end - start <= longestNames)) return '';
  return latin1(image.source.read(section.offset + start, end - start));
}

/** The package of each function name: `a/b.(*T).M`, `a/b%2ev2.F[...]`; names that the compiler made up have none. */
function packagesOf(names: string): string[] {
  const packages = new Set<string>();
  for (const [, path] of names.matchAll(/(?:^|\0)((?:[\w.~%-]+\/)*[\w~%-]+)\./g)) {
    if (path !== undefined)
      packages.add(path.replace(/%([0-9a-f]{2})/g, (_, code) => latin1(Buffer.from(code, 'hex'))));
  }
  return [...packages].sort();
}
