import { defineRule } from '../rule.ts';
import { severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM106',
  title: 'A C.name that nothing in the preamble declares, whatever the libc',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.names.flatMap((use) => {
        if (use.form !== 'cgo' || libc.names(use.name).length > 0) return [];
        return [
          {
            severity: severityWhen(use.reached, use.certain),
            what: `C.${use.name} is declared by no header that the preamble includes.`,
            why: 'Neither libc has the name, so this is a matter of the module or of the version of a library.',
            action: 'Install the version of the C library that the module asks for, or another version of the module.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.name },
            remedies: [],
          },
        ];
      }),
    );
  },
});
