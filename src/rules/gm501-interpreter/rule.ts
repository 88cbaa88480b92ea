import { executableFinding, onlyStdCallsC } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM501',
  title: 'The executable asks for a loader',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    if (view.interpreter === null || view.type === 'shared-object') return [];
    const internal = onlyStdCallsC(view);
    return [
      executableFinding(view, {
        severity: 'error',
        what: `The executable asks for the loader ${view.interpreter}.`,
        why: internal
          ? 'Only the standard library calls C in it, so Go linked it by itself and passed over -extldflags.'
          : 'It was linked dynamically, so the kernel starts that loader first, and stops where there is none.',
        action:
          "Link with -ldflags '-linkmode external -extldflags -static' and a musl compiler, as gomusl build does.",
        evidence: { name: view.interpreter },
        remedies: [
          { kind: 'linker-flag', automatic: true, flags: ['-linkmode', 'external', '-extldflags', '-static'] },
        ],
      }),
    ];
  },
});
