import type { Files } from '../io/files.ts';
import type { LinkedCode } from '../model/executable.ts';
import { findLicences } from './licences.ts';
import type { LinkedC } from './linked-c.ts';

/** The C code of a program by package, as a list to show: what was compiled, what was linked as it was, under which licence. */
export function listLinkedCode(linked: LinkedC[], files: Files): LinkedCode[] {
  return linked.map((one) => {
    const root = one.module.dir ?? '';
    const inside = (path: string) => path.slice(root.length + 1);
    const names = [...one.preambles, ...one.c, ...one.cxx, ...one.assembly];
    const own = one.objects.map((path) => path.replace(/^.*\/lib|\.(a|so|o|syso)$/g, ''));
    const named = one.ldflags.filter((word) => /^-l./.test(word) && !own.includes(word.slice(2)));
    const deeper =
      one.dir === root
        ? []
        : findLicences(one.dir, files).map(({ file, spdx }) => ({ file: inside(`${one.dir}/${file}`), spdx }));
    return {
      package: one.package,
      module: { path: one.module.path, version: one.module.version },
      sources: names.map((name) => inside(`${one.dir}/${name}`)),
      objects: one.objects.map(inside),
      libraries: [...new Set([...named, ...one.pkgConfig])],
      licences: [...findLicences(root, files), ...deeper],
    };
  });
}
