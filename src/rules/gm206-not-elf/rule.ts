import { basename } from 'node:path';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM206',
  title: 'An object that the linker cannot read',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    return view.problems
      .filter((problem) => problem.kind === 'not-elf' || problem.kind === 'malformed')
      .map((problem) => ({
        severity: 'error' as const,
        what: `${basename(problem.file)} is no object that can be read.`,
        why: `The linker cannot use it: ${problem.detail}.`,
        action: /COFF/.test(problem.detail)
          ? 'Keep it to Windows by its name, such as rsrc_windows_amd64.syso, or get it for linux and musl.'
          : 'Get or build the library for linux and musl.',
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
