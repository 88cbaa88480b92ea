import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM208',
  title: 'A symbol that two inputs define',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'duplicate-definition')
      .map((problem) => ({
        severity: 'error' as const,
        what: `${problem.word} is defined twice.`,
        why: `Both are pulled into the link: ${problem.detail}.`,
        action: 'Leave one of the two libraries out of the build.',
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: { name: problem.word, file: basename(problem.file), detail: problem.detail },
        remedies: [],
      }));
  },
});
