import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM507',
  title: 'A segment is writable and executable',
  stage: 'run',
  severity: 'warning',
  scope: 'executable',
  check(view) {
    if (view.type === 'relocatable') return [];
    return view.writableCode.map(({ address, size }) =>
      executableFinding(
        view,
        {
          severity: 'warning',
          what: `The segment at 0x${address.toString(16)} (${size} bytes) is writable and executable.`,
          why: 'Kernels with SELinux or PaX rules refuse to map it, and any overflow there becomes code.',
          action: 'Find the object with a section of flags "awx", or a linker flag such as -Wl,-N or -Wl,--omagic.',
          evidence: { name: 'PT_LOAD', address, size },
        },
        'writable-code',
      ),
    );
  },
});
