import { type Semantics, semanticsFor } from '../../libc/semantics.ts';
import type { SymbolUse } from '../../model/view.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM314',
  title: 'A prebuilt object uses a C function that works otherwise on musl',
  stage: 'run',
  severity: 'warning',
  scope: 'program',
  check({ uses, target, packages }) {
    const first = new Map<string, { use: SymbolUse; difference: Semantics }>();
    for (const use of uses) {
      // Objects that Go itself brings are Go's own matter: nobody can change what they call.
      if (packages[use.package]?.standard) continue;
      const differences = [
        ...semanticsFor(use.symbol, target.libc, 'symbol'),
        ...semanticsFor(use.symbol, target.libc).filter(({ severity }) => severity !== 'note'),
      ];
      for (const difference of differences) {
        const key = `${use.package}\0${difference.id}`;
        if (!first.has(key)) first.set(key, { use, difference });
      }
    }
    return [...first.values()].map(({ use, difference }) => ({
      severity: difference.blocks ? ('error' as const) : ('warning' as const),
      what: `${use.symbol}, in ${use.file.slice(use.file.lastIndexOf('/') + 1)}: ${difference.what}`,
      why: difference.why,
      action: difference.action,
      package: use.package,
      location: null,
      related: [],
      evidence: { name: use.symbol, difference: difference.id, member: use.member },
      remedies: [],
    }));
  },
});
