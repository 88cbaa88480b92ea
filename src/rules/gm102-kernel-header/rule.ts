import { defineRule } from '../rule.ts';
import { severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM102',
  title: 'A kernel header that the toolchain does not search',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.includes.flatMap((use) => {
        if (use.found !== 'nowhere' || libc.header(use.header)?.owner !== 'kernel') return [];
        return [
          {
            severity: severityWhen(use.reached),
            what: `<${use.header}> is not found.`,
            why: 'It is a header of the Linux kernel, and musl-gcc does not look in the folder that has them.',
            action: 'Run gomusl build, which gives the compiler a folder with kernel headers alone.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.header },
            remedies: [{ kind: 'kernel-headers' as const, automatic: true }],
          },
        ];
      }),
    );
  },
});
