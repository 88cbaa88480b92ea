import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM301',
  title: 'net resolves names through musl, where it goes through C',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check({ program, packages, target }) {
    const net = packages.net;
    if (!target.cgo || !net?.standard || net.cgoFiles.length === 0 || !program.packages.includes('net')) return [];
    return [
      {
        severity: 'note',
        what: 'net may resolve names through musl.',
        why: 'musl has a resolver of its own: no NSS, so no mDNS and no myhostname, and search domains work otherwise.',
        action: 'Build with -tags netgo to keep to the resolver of Go.',
        package: 'net',
        location: null,
        related: [],
        evidence: {},
        remedies: [{ kind: 'tag', automatic: false, tags: ['netgo'] }],
      },
    ];
  },
});
