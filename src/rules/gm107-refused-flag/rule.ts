import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM107',
  title: 'A #cgo flag that cmd/go refuses',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.flags
      .filter((use) => use.refused)
      .map((use) => ({
        severity: 'error' as const,
        what: `cmd/go refuses the flag ${use.flag}.`,
        why: `It is not on the list of flags that a #cgo ${use.variable} line may bring.`,
        action: `Allow it with CGO_${use.variable}_ALLOW, if you trust the module.`,
        package: view.package.importPath,
        location: use.place,
        related: [],
        evidence: { name: use.flag },
        remedies: [],
      }));
  },
});
