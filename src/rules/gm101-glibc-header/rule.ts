import { ownHeaders } from '../../libc/own-headers.ts';
import { libraryOfHeader } from '../../libc/symbol-family.ts';
import { defineRule } from '../rule.ts';
import { libcName, severityWhen } from '../wording.ts';

const guard = { kind: 'source', automatic: false, advice: 'guard with #ifdef __GLIBC__' } as const;
const absentLibrary = { kind: 'library', automatic: false, form: 'recipe' } as const;

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
        const own = ownHeaders().has(use.header);
        const library = libraryOfHeader(use.header);
        const since = fact.muslSince === null ? 'no musl ships it' : `musl has it since ${fact.muslSince}`;
        return [
          {
            severity: severityWhen(use.reached),
            what: `<${use.header}> is not in ${libcName(view.target.libc)}.`,
            why: `It is glibc's own header, and ${since}.`,
            action: own
              ? 'Run gomusl build, which brings a header of its own for it, or guard the #include with #ifdef __GLIBC__.'
              : 'Guard the #include with #ifdef __GLIBC__, or leave this package out of the build.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.header },
            remedies: [
              ...(own ? [{ kind: 'own-headers' as const, automatic: true, headers: [use.header] }] : []),
              ...(library === null ? [] : [{ ...absentLibrary, name: library }]),
              ...(own ? [] : [guard]),
            ],
          },
        ];
      }),
    );
  },
});
