import { defineRule } from '../rule.ts';
import { severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM103',
  title: 'A header that is not there, whatever the libc',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.includes.flatMap((use) => {
        if (use.found !== 'nowhere' || libc.header(use.header) !== undefined) return [];
        const own = use.form === 'quote';
        return [
          {
            severity: severityWhen(use.reached),
            what: own ? `"${use.header}" is not found.` : `<${use.header}> is not found.`,
            why: own
              ? 'Neither the module nor a folder named by -I has it; this is no fault of musl.'
              : "It belongs to another library; the host's copy, if any, is for glibc and does not count.",
            action:
              'Build that library for musl and point CGO_CFLAGS and CGO_LDFLAGS at it, or use a tag that leaves it out.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.header },
            remedies: [
              { kind: 'library' as const, automatic: false as const, form: 'header' as const, name: use.header },
            ],
          },
        ];
      }),
    );
  },
});
