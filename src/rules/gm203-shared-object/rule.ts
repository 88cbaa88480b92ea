import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM203',
  title: 'A shared object on the line of a static link',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'shared-object')
      .map((problem) => ({
        severity: 'error' as const,
        what: `${basename(problem.file)} is a shared object.`,
        why: 'A static executable has no loader, so the linker refuses shared objects.',
        action: 'Get or build the library as an archive (.a) for musl.',
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: { name: basename(problem.file), file: basename(problem.file), detail: problem.detail },
        remedies: [],
      }));
  },
});
