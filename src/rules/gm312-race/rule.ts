import { compareGoVersions, parseGoVersion } from '../../gomod/go-version.ts';
import { defineRule } from '../rule.ts';

/** golang.org/issue/14481: the objects of the race detector were built anew in go1.14.3 and go1.15. */
const repaired = parseGoVersion('go1.14.3');

export const rule = defineRule({
  id: 'GM312',
  title: 'The race detector of Go before 1.14.3',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check({ program, target }) {
    const version = parseGoVersion(target.goVersion);
    if (!target.race || !target.cgo || !version || !repaired || compareGoVersions(version, repaired) >= 0) return [];
    return [
      {
        severity: 'error',
        what: `The race detector of ${target.goVersion} does not link with musl.`,
        why: 'Its objects were built for glibc and ask for __libc_stack_end.',
        action: 'Build without -race, or use Go 1.14.3 or newer.',
        package: program.roots[0] ?? program.id,
        location: null,
        related: [],
        evidence: { name: '__libc_stack_end', goVersion: target.goVersion },
        remedies: [],
      },
    ];
  },
});
