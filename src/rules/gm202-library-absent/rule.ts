import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM202',
  title: 'A library that is not there for musl',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'library-absent')
      .map((problem) => ({
        severity: 'error' as const,
        what: `${problem.word} is not found for musl.`,
        why: "The folders that the driver searches have no such archive; the host's is for glibc and does not count.",
        action:
          'Build that library for musl and pass its folder with -L in CGO_LDFLAGS, or use a tag that leaves it out.',
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: { name: problem.word, file: basename(problem.file), detail: problem.detail },
        remedies: [
          {
            kind: 'library' as const,
            automatic: false as const,
            form: 'archive' as const,
            name: problem.word.replace(/^-l/, ''),
          },
        ],
      }));
  },
});
