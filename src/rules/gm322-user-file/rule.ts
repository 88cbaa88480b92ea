import { needOfPackage } from '../empty-image.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM322',
  title: '/etc/passwd, which an empty image lacks',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check({ program }) {
    if (!program.packages.includes('os/user')) return [];
    return [
      needOfPackage(
        {
          path: '/etc/passwd',
          what: 'os/user finds nobody in an empty image.',
          why: 'Users and groups stand in /etc/passwd and /etc/group.',
          action: 'Copy both files into the image, or be ready for user.UnknownUserIdError.',
        },
        'os/user',
      ),
    ];
  },
});
