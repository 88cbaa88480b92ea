import { defineRule } from '../rule.ts';
import { libcName, severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM101',
  title: 'A header that glibc has and musl has not',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.includes.flatMap((use) => {
        const fact = use.found === 'nowhere' ? libc.header(use.header) : undefined;
        if (fact?.owner !== 'libc' || !fact.glibc || fact.musl) return [];
        const since = fact.muslSince === null ? 'no musl ships it' : `musl has it since ${fact.muslSince}`;
        return [
          {
            severity: severityWhen(use.reached),
            what: `<${use.header}> is not in ${libcName(view.target.libc)}.`,
            why: `It is glibc's own header, and ${since}.`,
            action: 'Guard the #include with #ifdef __GLIBC__, or leave this package out of the build.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.header },
            remedies: [{ kind: 'source' as const, automatic: false as const, advice: 'guard with #ifdef __GLIBC__' }],
          },
        ];
      }),
    );
  },
});
