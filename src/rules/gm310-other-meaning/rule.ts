import { type Semantics, semanticsFor, semanticsOfLiteral } from '../../libc/semantics.ts';
import type { Severity } from '../../model/finding.ts';
import type { Place } from '../../model/place.ts';
import type { CompileView } from '../../model/view.ts';
import { defineRule } from '../rule.ts';

interface Use {
  name: string;
  place: Place;
  /** What of a text shows the difference; absent when the name alone does. */
  piece?: string;
}

/** C functions that Go calls as `C.name`, and those that the package's C code names; the first place of each. */
function uses(view: CompileView): Use[] {
  const found = new Map<string, Use>();
  const add = (name: string, place: Place) => {
    if (!found.has(name)) found.set(name, { name, place });
  };
  for (const use of view.cNames) add(use.name, use.place);
  for (const unit of view.units) {
    const begin = { file: unit.file, line: 1, column: 1 };
    for (const name of unit.references ?? []) add(name, unit.referencePlaces[name] ?? begin);
  }
  return [...found.values()];
}

/** Whether the code comes by the call is not known: what is sure to fail there may fail in the program. */
function milder(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity;
}

/** The differences that the package's code shows, each with the uses that show it. */
function shown(view: CompileView): { difference: Semantics; found: Use[] }[] {
  const byId = new Map<string, { difference: Semantics; found: Use[] }>();
  for (const use of uses(view)) {
    for (const difference of semanticsFor(use.name, view.target.libc)) {
      if (view.target.shims.includes(difference.shim ?? '')) continue;
      const entry = byId.get(difference.id) ?? { difference, found: [] };
      entry.found.push(use);
      byId.set(difference.id, entry);
    }
  }
  for (const { name, argument, text, place } of view.units.flatMap(({ literals }) => literals)) {
    for (const { difference, piece } of semanticsOfLiteral(name, argument, text, view.target.libc)) {
      const entry = byId.get(difference.id) ?? { difference, found: [] };
      entry.found.push({ name, place, piece });
      byId.set(difference.id, entry);
    }
  }
  return [...byId.values()].filter(({ difference: { impliedBy } }) => impliedBy === null || !byId.has(impliedBy));
}

export const rule = defineRule({
  id: 'GM310',
  title: 'A C function that works otherwise on musl',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    if (!view.target.cgo) return [];
    return shown(view).flatMap(({ difference, found }) => {
      const [first] = found;
      if (first === undefined) return [];
      const { id, severity, what, why, action, shim } = difference;
      return {
        severity: milder(severity),
        what: first.piece === undefined ? `${first.name}: ${what}` : `${first.name} with "${first.piece}": ${what}`,
        why,
        action,
        package: view.package.importPath,
        location: first.place,
        related: [],
        evidence: { name: first.name, difference: id, names: found.map(({ name }) => name) },
        remedies: shim === null ? [] : [{ kind: 'shim' as const, automatic: true, symbols: [shim] }],
      };
    });
  },
});
