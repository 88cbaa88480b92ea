import { needOfPackage } from '../empty-image.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM323',
  title: '/etc/resolv.conf, which an empty image lacks',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check({ program }) {
    if (!program.packages.includes('net')) return [];
    return [
      needOfPackage(
        {
          path: '/etc/resolv.conf',
          what: 'To look up names, an empty image needs /etc/resolv.conf.',
          why: 'Without it the name server is taken to be on 127.0.0.1; containers get the file, a chroot does not.',
          action: 'Let the container runtime put /etc/resolv.conf and /etc/hosts in place, or copy them.',
        },
        'net',
      ),
    ];
  },
});
