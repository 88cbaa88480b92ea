import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM506',
  title: 'The executable carries a search path for libraries',
  stage: 'run',
  severity: 'warning',
  scope: 'executable',
  check(view) {
    if (view.type === 'relocatable') return [];
    const paths = [...new Set([...view.rpath, ...view.runpath])];
    if (paths.length === 0) return [];
    const tag = view.rpath.length > 0 ? 'RPATH' : 'RUNPATH';
    return [
      executableFinding(
        view,
        {
          severity: 'warning',
          what: `The executable carries the ${tag} ${paths.join(':')}.`,
          why: 'A static program loads no libraries, so a -Wl,-rpath flag shows that something was meant to stay dynamic.',
          action: 'Take -Wl,-rpath out of the #cgo LDFLAGS or CGO_LDFLAGS that bring it.',
          evidence: { name: tag, paths },
        },
        'library-path',
      ),
    ];
  },
});
