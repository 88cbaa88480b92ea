import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM505',
  title: 'The stack is executable',
  stage: 'run',
  severity: 'warning',
  scope: 'executable',
  check(view) {
    if (view.executableStack !== true || view.type === 'relocatable') return [];
    return [
      executableFinding(
        view,
        {
          severity: 'warning',
          what: 'The executable asks for a stack that can be executed.',
          why: 'One object of assembly without a .note.GNU-stack section is enough; hardened kernels refuse such a program.',
          action: 'Add that section to the assembly, or link with -Wl,-z,noexecstack when no code runs on the stack.',
          evidence: { name: 'PT_GNU_STACK' },
          remedies: [{ kind: 'linker-flag', automatic: false, flags: ['-Wl,-z,noexecstack'] }],
        },
        'executable-stack',
      ),
    ];
  },
});
