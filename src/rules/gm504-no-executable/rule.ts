import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM504',
  title: 'The file is no executable',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    if (view.type !== 'shared-object' && view.type !== 'relocatable') return [];
    const shared = view.type === 'shared-object';
    return [
      executableFinding(view, {
        severity: 'error',
        what: shared ? 'The file is a shared library.' : 'The file is an object that was not linked yet.',
        why: shared
          ? 'It runs only inside another program, which then is not static.'
          : 'It still has to go through a linker to become a program.',
        action: 'Name the executable that go build wrote; build with -buildmode=exe or pie.',
        evidence: { type: view.type },
      }),
    ];
  },
});
