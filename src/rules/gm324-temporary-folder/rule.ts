import { callsOf, needOfCalls } from '../empty-image.ts';
import { defineRule } from '../rule.ts';

const wanted = new Map([
  ['os', ['CreateTemp', 'MkdirTemp', 'TempDir']],
  ['io/ioutil', ['TempFile', 'TempDir']],
]);

export const rule = defineRule({
  id: 'GM324',
  title: '/tmp, which an empty image lacks',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check(view) {
    return needOfCalls(
      {
        path: '/tmp',
        what: 'Temporary files need a /tmp, which an empty image has not.',
        why: 'They are made in $TMPDIR or else in /tmp, and a missing folder is an error.',
        action: 'Make /tmp in the image, mount one, or set TMPDIR.',
      },
      callsOf(view, wanted),
    );
  },
});
