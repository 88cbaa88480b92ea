import { callersOfC, executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM502',
  title: 'The executable needs shared libraries',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    if (view.type === 'shared-object' || view.type === 'relocatable') return [];
    return view.needed.map((library) =>
      executableFinding(view, {
        severity: 'error',
        what: `The executable needs the shared library ${library}.`,
        why: `It is looked for where the program starts, and an empty image has none. ${callersOfC(view)}`,
        action: 'Link the static archive of this library instead, built for musl.',
        evidence: { name: library, versions: view.versions },
      }),
    );
  },
});
