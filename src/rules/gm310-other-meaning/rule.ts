import { semanticsFor } from '../../libc/semantics.ts';
import type { Severity } from '../../model/finding.ts';
import type { Place } from '../../model/place.ts';
import type { CompileView } from '../../model/view.ts';
import { defineRule } from '../rule.ts';

interface Use {
  name: string;
  place: Place;
}

/** C functions that Go calls as `C.name`, and those that the package's C code names; the first place of each. */
function uses(view: CompileView): Use[] {
  const found = new Map<string, Use>();
  const add = (name: string, place: Place) => {
    if (!found.has(name)) found.set(name, { name, place });
  };
  for (const use of view.cNames) add(use.name, use.place);
  for (const unit of view.units) {
    for (const name of unit.references ?? []) add(name, { file: unit.file, line: 1, column: 1 });
  }
  return [...found.values()];
}

/** Whether the code comes by the call is not known: what is sure to fail there may fail in the program. */
function milder(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity;
}

export const rule = defineRule({
  id: 'GM310',
  title: 'A C function that works otherwise on musl',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    if (!view.target.cgo) return [];
    return uses(view).flatMap(({ name, place }) =>
      semanticsFor(name, view.target.libc).map((difference) => ({
        severity: milder(difference.severity),
        what: `${name}: ${difference.what}`,
        why: difference.why,
        action: difference.action,
        package: view.package.importPath,
        location: place,
        related: [],
        evidence: { name, difference: difference.id },
        remedies: [],
      })),
    );
  },
});
