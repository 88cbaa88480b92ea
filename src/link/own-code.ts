import { exportedNames } from '../compile/export-header.ts';
import { emptyObject } from '../elf/object.ts';
import type { Files } from '../io/files.ts';
import type { ObjectFacts } from '../model/object.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import type { CompileView } from '../model/view.ts';
import { namesInAssembly } from './assembly-names.ts';
import { namesInInlineAssembly } from './inline-assembly.ts';

/** A section for what a package defines and needs. */
const section = 1;

/**
 * A package's cgo and C code, seen as one object: what its units leave undefined at most, and what they and Go's
 * `//export` functions define. `called`: symbols that its C++ may call, or that the compiler calls by itself. Definitions are weak, since a unit may define a thing under a condition.
 */
export function ownCode(
  pkg: GraphPackage,
  view: CompileView | undefined,
  files: Files,
  called: Iterable<string> = [],
): { facts: ObjectFacts; limits: { reason: string; file: string }[] } {
  const limits: { reason: string; file: string }[] = [];
  const defined = new Set<string>();
  const needed = new Set<string>(called);
  for (const name of pkg.cgoFiles) {
    const bytes = files.read(`${pkg.dir}/${name}`);
    if (bytes === null) continue;
    for (const exported of exportedNames(new TextDecoder().decode(bytes))) defined.add(exported);
  }
  for (const unit of view?.units ?? []) {
    for (const name of unit.defines ?? []) defined.add(name);
    for (const name of unit.references ?? []) needed.add(name);
    if (unit.kind !== 'cxx' && (unit.references === null || unit.defines === null)) {
      limits.push({ reason: 'What its object leaves undefined was not found out.', file: unit.file });
    }
  }
  for (const name of defined) needed.delete(name);
  for (const name of namesInAssembly(pkg, files)) needed.delete(name);
  for (const name of namesInInlineAssembly(pkg, files)) needed.delete(name);
  return {
    facts: {
      ...emptyObject('elf'),
      type: 'relocatable',
      symbols: [
        ...[...defined].map((name) => ({
          name,
          binding: 'weak' as const,
          kind: 'function' as const,
          section,
          hidden: false,
        })),
        ...[...needed].map((name) => ({
          name,
          binding: 'global' as const,
          kind: 'other' as const,
          section: null,
          hidden: false,
        })),
      ],
      sections: [
        {
          index: section,
          name: '.text',
          group: null,
          retained: true,
          executable: true,
          refersTo: { symbols: [...needed], sections: [] },
        },
      ],
    },
    limits,
  };
}
