import { basename } from 'node:path';
import type { LinkProblem } from '../../model/view.ts';
import { defineRule } from '../rule.ts';

/** What to do: the kinds of problems ask for different things. */
function actionFor({ kind, detail }: LinkProblem): string {
  if (kind === 'no-index') return 'Run ranlib on it.';
  return /COFF/.test(detail)
    ? 'Keep it to Windows by its name, such as rsrc_windows_amd64.syso, or get it for linux and musl.'
    : 'Get or build the library for linux and musl.';
}

export const rule = defineRule({
  id: 'GM206',
  title: 'An object that the linker cannot read',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter(({ kind }) => kind === 'not-elf' || kind === 'malformed' || kind === 'no-index')
      .map((problem) => ({
        severity: 'error' as const,
        what:
          problem.kind === 'no-index'
            ? `${basename(problem.file)} is an archive without an index.`
            : `${basename(problem.file)} is no object that can be read.`,
        why: `The linker cannot use it: ${problem.detail}.`,
        action: actionFor(problem),
        package: problem.package,
        location: problem.place,
        related: [],
        evidence: {
          name: basename(problem.file),
          file: basename(problem.file),
          detail: problem.detail,
          damaged: problem.kind === 'malformed',
        },
        remedies: [],
      }));
  },
});
