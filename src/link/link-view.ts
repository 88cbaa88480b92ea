import type { Files } from '../io/files.ts';
import type { Libc } from '../libc/libc.ts';
import type { PackageGraph, Program } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { Target } from '../model/target.ts';
import type { CompileView, LinkView, LinkWord } from '../model/view.ts';

/** Words of the link line that bring code which is not read yet. */
function bringsCode(word: string, libc: Libc): boolean {
  if (word.startsWith('-l')) return libc.library(word.slice(2)) !== 'empty';
  return /\.(a|o|so|syso)(\.\d+)*$/.test(word);
}

/** What the linker pulls into one program: the words of its line; archives and objects are limits. */
export function linkView(
  program: Program,
  graph: PackageGraph,
  compiled: Record<string, CompileView>,
  target: Target,
  _files: Files,
  libc: Libc,
): LinkView {
  const words: LinkWord[] = [];
  const limits: Limit[] = [];
  let cxx: LinkView['cxx'] = null;
  for (const path of program.packages) {
    const pkg = graph.packages[path];
    if (!pkg || pkg.standard || !target.cgo) continue;
    for (const word of pkg.cgoFlags.ldflags) words.push({ word, package: path, place: null });
    for (const file of pkg.sysoFiles) words.push({ word: file, package: path, place: null });
    const [file] = pkg.cxxFiles;
    if (file !== undefined) cxx ??= { package: path, file };
  }
  for (const { word, package: path } of words) {
    if (bringsCode(word, libc)) limits.push({ reason: 'what it links is not read', package: path, file: word });
  }
  return {
    program,
    target,
    packages: graph.packages,
    compiled,
    words,
    pulled: [],
    undefined: [],
    problems: [],
    cxx,
    limits,
  };
}
