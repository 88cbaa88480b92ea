import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM502',
  title: 'The executable needs shared libraries',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    if (view.type === 'shared-object' || view.type === 'relocatable') return [];
    return view.needed.map((library) =>
      executableFinding(
        view,
        {
          severity: 'error',
          what: `The executable needs the shared library ${library}.`,
          why: `It is looked for where the program starts, and an empty image has none${asked(library, view.versions)}.`,
          action: 'Link the static archive of this library instead, built for musl.',
          evidence: { name: library, versions: view.versions },
        },
        'needed',
        library,
      ),
    );
  },
});

/** The newest glibc that the program's symbols ask for. */
function asked(library: string, versions: string[]): string {
  const numbers = versions.flatMap((version) => /^GLIBC_([\d.]+)$/.exec(version)?.[1] ?? []);
  const [newest] = numbers.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return library.startsWith('libc.so') && newest !== undefined ? `; it has to be glibc ${newest} or newer` : '';
}
