import { expect, it } from 'vitest';
import { openLibc } from '../libc/open.ts';
import { readBuildLog } from './read-log.ts';
import { explainLog } from './rule-of.ts';

const libc = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });
const ruleIds = (log: string) => explainLog(readBuildLog(log), libc).map(({ ruleId }) => ruleId);

it.each([
  ['x.go:1:10: fatal error: execinfo.h: No such file or directory', 'GM101'],
  ['x.go:1:10: fatal error: linux/magic.h: No such file or directory', 'GM102'],
  ["./x.h:1:10: fatal error: 'absentlib/absentlib.h' file not found", 'GM103'],
  ["x.c:1:10: error: use of undeclared identifier 'pread64'", 'GM105'],
  ['x.go:25:18: could not determine what C.RTLD_DEEPBIND refers to', 'GM104'],
  ['x.go:25:18: could not determine what C.absent_other refers to', 'GM106'],
  ["x.c:1:10: error: 'absent_other' undeclared", 'GM110'],
  ['Package absentlib was not found in the pkg-config search path.', 'GM108'],
  ["x.c:(.text+0x1): undefined reference to `__fprintf_chk'", 'GM201'],
  ['/usr/bin/ld: cannot find -labsent: No such file or directory', 'GM202'],
  ["x.c:3:4: error: expected ';' before 'int'", null],
])('%s is explained by %s', (log, rule) => {
  expect(ruleIds(log)).toEqual([rule]);
});

it('says each trouble once, and leaves Go errors out where C is to blame', () => {
  const log = [
    "x.c:(.text+0x1): undefined reference to `__strdup'",
    "x.c:(.text+0x9): undefined reference to `__strdup'",
    './a.go:6:5: undefined: T',
  ].join('\n');
  expect(explainLog(readBuildLog(log), libc)).toMatchObject([{ ruleId: 'GM201', count: 2 }]);
  expect(explainLog(readBuildLog('./a.go:6:5: undefined: T'), libc)).toMatchObject([
    { ruleId: null, first: { kind: 'go-error' } },
  ]);
});
