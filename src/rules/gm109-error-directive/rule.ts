import { defineRule } from '../rule.ts';
import { severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM109',
  title: 'An #error that this target reaches',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.units.flatMap((unit) =>
      unit.errors.map((error) => ({
        severity: severityWhen(error.reached),
        what: `The C text stops with #error ${error.message}.`,
        why: 'The conditions around it hold for this target.',
        action: 'Read the lines above it: they say what the author expects to be defined.',
        package: view.package.importPath,
        location: error.place,
        related: [],
        evidence: { name: error.message },
        remedies: [],
      })),
    );
  },
});
