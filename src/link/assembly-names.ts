import { dirname, join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { GraphPackage } from '../model/package-graph.ts';

/** Files that are read for one package at most. */
const fileLimit = 500;

function includeFolders(pkg: GraphPackage): string[] {
  const words = [...pkg.cgoFlags.cppflags, ...pkg.cgoFlags.cflags];
  return words.flatMap((word, at) => {
    const folder = word === '-I' ? words[at + 1] : /^-I(.+)$/.exec(word)?.[1];
    return folder === undefined ? [] : [folder.startsWith('/') ? folder : join(pkg.dir, folder)];
  });
}

/**
 * Names in a package's assembly for the C compiler, files that it includes among them, whatever the conditions: which
 * of them it defines, only the assembler knows.
 */
export function namesInAssembly(pkg: GraphPackage, files: Files): Set<string> {
  const names = new Set<string>();
  const folders = includeFolders(pkg);
  const queue = pkg.sFiles.map((name) => join(pkg.dir, name));
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < fileLimit; at++) {
    const path = queue[at] as string;
    const bytes = files.read(path);
    if (bytes === null) continue;
    const text = new TextDecoder().decode(bytes);
    for (const [word] of text.matchAll(/[A-Za-z_$.][\w$.]*/g)) names.add(word);
    for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm)) {
      const found = [dirname(path), ...folders]
        .map((folder) => join(folder, match[1] ?? ''))
        .find((one) => files.size(one) !== null);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      queue.push(found);
    }
  }
  return names;
}
