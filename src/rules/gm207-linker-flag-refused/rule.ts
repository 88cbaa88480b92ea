import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM207',
  title: 'A linker flag that this toolchain refuses',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'flag-refused')
      .map((problem) => ({
        severity: 'error' as const,
        what: `The linker refuses ${problem.word}.`,
        why: `This toolchain does not know the flag: ${problem.detail}.`,
        action: problem.translates
          ? 'Let gomusl build call zig by its script, which takes that flag, or use another toolchain.'
          : 'Use another toolchain, or a version of the module without that flag.',
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: { name: problem.word, file: basename(problem.file), detail: problem.detail },
        remedies: problem.translates ? [{ kind: 'arguments' as const, automatic: true, words: [problem.word] }] : [],
      }));
  },
});
