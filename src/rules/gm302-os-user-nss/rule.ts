import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM302',
  title: 'os/user looks users up through musl, where it goes through C',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check({ program, packages, target }) {
    const user = packages['os/user'];
    if (!target.cgo || !user?.standard || user.cgoFiles.length === 0 || !program.packages.includes('os/user'))
      return [];
    return [
      {
        severity: 'note',
        what: 'os/user looks up users and groups through musl.',
        why: 'musl has no NSS: it reads /etc/passwd and /etc/group and asks nscd, nothing else.',
        action: 'Build with -tags osusergo to read the files in Go, or run nscd where users come from LDAP.',
        package: 'os/user',
        location: null,
        related: [],
        evidence: {},
        remedies: [{ kind: 'tag', automatic: false, tags: ['osusergo'] }],
      },
    ];
  },
});
