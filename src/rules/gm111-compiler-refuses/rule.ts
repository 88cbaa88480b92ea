import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM111',
  title: 'C text that the compiler refuses for a reason of its own',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.units.flatMap(({ file, refusal }) => {
      if (refusal === null) return [];
      return [
        {
          severity: 'error' as const,
          what: `The C compiler refuses ${file}: ${refusal.message}.`,
          why: 'With --confirm it was asked about the file, which reading alone could not decide.',
          action: 'Read the line: a build stops there with the same words, whether or not musl is to blame.',
          package: view.package.importPath,
          location: refusal.place,
          related: [],
          evidence: { name: refusal.name ?? refusal.message },
          remedies: [],
        },
      ];
    });
  },
});
