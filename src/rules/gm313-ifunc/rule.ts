import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM313',
  title: 'A function that is chosen at start by IFUNC',
  stage: 'run',
  severity: 'warning',
  scope: 'program',
  check({ ifuncs }) {
    return ifuncs.map(({ symbol, package: brings, file, member }) => ({
      severity: 'warning' as const,
      what: `A call of ${symbol}, in ${file.slice(file.lastIndexOf('/') + 1)}, crashes on musl.`,
      why: 'It is an IFUNC, which the libc has to resolve at start, and musl never does.',
      action: 'Build the library without ifunc and target_clones, such as with --disable-ifunc.',
      package: brings,
      location: null,
      related: [],
      evidence: { name: symbol, member },
      remedies: [],
    }));
  },
});
