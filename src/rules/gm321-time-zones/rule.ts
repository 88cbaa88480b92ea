import { callsOf, needOfCalls } from '../empty-image.ts';
import { defineRule } from '../rule.ts';

const wanted = new Map([['time', ['LoadLocation']]]);

export const rule = defineRule({
  id: 'GM321',
  title: 'Time zones, which an empty image lacks',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check(view) {
    if (view.program.packages.includes('time/tzdata') || view.target.tags.includes('timetzdata')) return [];
    return needOfCalls(
      {
        path: '/usr/share/zoneinfo',
        what: 'time.LoadLocation fails in an empty image.',
        why: 'It reads the zone from /usr/share/zoneinfo, and Go brings a copy only when it is asked to.',
        action: 'Build with -tags timetzdata, import time/tzdata, or copy /usr/share/zoneinfo into the image.',
        remedies: [{ kind: 'tag', automatic: false, tags: ['timetzdata'] }],
      },
      callsOf(view, wanted),
    );
  },
});
