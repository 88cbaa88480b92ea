import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM508',
  title: 'Code throws, and the unwind table has no index',
  stage: 'run',
  severity: 'warning',
  scope: 'executable',
  check(view) {
    const isStatic = view.type === 'static' || view.type === 'static-pie';
    if (view.libc !== 'musl' || !isStatic || view.unwindIndex || !view.unwinders?.length) return [];
    return [
      executableFinding(
        view,
        {
          severity: 'warning',
          what: `The executable contains ${view.unwinders.join(' and ')}, but no index of its unwind table.`,
          why: 'gcc leaves out --eh-frame-hdr with -static, so a C++ exception or a Rust panic ends in abort.',
          action: 'Link with -Wl,--eh-frame-hdr, as gomusl build does where code throws.',
          evidence: { name: view.unwinders[0] ?? '', symbols: view.unwinders },
          remedies: [{ kind: 'linker-flag', automatic: true, flags: ['-Wl,--eh-frame-hdr'] }],
        },
        'unwinder',
      ),
    ];
  },
});
