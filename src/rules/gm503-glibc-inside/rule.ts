import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM503',
  title: 'glibc is inside a static executable',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    if (view.libc !== 'glibc' || (view.type !== 'static' && view.type !== 'static-pie')) return [];
    const signs = view.evidence.map(({ sign }) => sign);
    const says = view.evidence.map((evidence) => evidence.says);
    return [
      executableFinding(
        view,
        {
          severity: 'error',
          what: `The executable is static, but the libc inside is glibc: it shows ${says.join(' and ')}.`,
          why: 'A compiler for glibc linked it; static glibc still loads shared libraries for names, users and character sets.',
          action: 'Set CC and, for C++ sources, CXX to compilers for musl, as gomusl build does.',
          evidence: { signs },
        },
        'glibc',
      ),
    ];
  },
});
