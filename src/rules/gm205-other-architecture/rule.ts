import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM205',
  title: 'An object for another architecture',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'other-architecture')
      .map((problem) => ({
        severity: 'error' as const,
        what: `${basename(problem.file)} is made for another architecture.`,
        why: `The linker cannot use it: ${problem.detail}.`,
        action: 'Choose the archive of the target architecture, by a tag or a #cgo constraint.',
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: { name: basename(problem.file), file: basename(problem.file), detail: problem.detail },
        remedies: [],
      }));
  },
});
