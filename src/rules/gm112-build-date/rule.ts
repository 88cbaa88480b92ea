import { defineRule } from '../rule.ts';
import { severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM112',
  title: 'The date of the build in the text of C',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.units.flatMap(({ file, refusedDates }) => {
      const [first] = refusedDates;
      if (first === undefined) return [];
      const sure = refusedDates.find(({ reached }) => reached === 'true') ?? first;
      return [
        {
          severity: severityWhen(sure.reached, true),
          what: `${file} puts the date of the build into the program.`,
          why: `The compiler driver makes ${sure.macro} an error when it optimises, since no two builds are alike then.`,
          action: 'Add -Wno-error=date-time to CGO_CFLAGS, as gomusl build does.',
          package: view.package.importPath,
          location: sure.place,
          related: [],
          evidence: { name: 'date-time', macro: sure.macro },
          remedies: [
            {
              kind: 'define' as const,
              automatic: true,
              variable: 'CGO_CFLAGS' as const,
              flags: ['-Wno-error=date-time'],
            },
          ],
        },
      ];
    });
  },
});
