import { describe, expect, test } from 'vitest';
import { buildTags } from './build-tags.ts';
import {
  evaluateConstraint,
  fileNameMatches,
  formatConstraint,
  matchesCgoConstraint,
  parseCgoConstraint,
  parseConstraint,
  parsePlusBuild,
  tagsNamed,
} from './constraint.ts';

const linux = buildTags({ goos: 'linux', goarch: 'amd64', goVersion: 'go1.22.3', tags: ['musl'], cgo: true });

describe('parseConstraint', () => {
  test.each([
    ['linux', true],
    ['!linux', false],
    ['linux && !android', true],
    ['darwin || linux && amd64', true],
    ['(darwin || linux) && arm64', false],
    ['unix && cgo && gc && !gccgo', true],
    ['go1.22 && !go1.23', true],
    ['amd64.v1 && !amd64.v3', true],
    ['musl', true],
    ['  ( linux )\t', true],
    ['\u00fcber || linux', true],
  ])('%s holds on linux/amd64 with tag musl: %s', (text, holds) => {
    const parsed = parseConstraint(text);
    expect(parsed && evaluateConstraint(parsed, linux)).toBe(holds);
    expect(parsed && evaluateConstraint(parseConstraint(formatConstraint(parsed)) ?? parsed, linux)).toBe(holds);
  });

  test.each(['', 'linux &', 'linux & amd64', '!!linux', '(linux', 'linux)', 'linux amd64', 'a-b', '&& a', 'a || ||'])(
    'refuses %j as Go does',
    (text) => expect(parseConstraint(text)).toBeNull(),
  );

  test('refuses expressions beyond the size that Go takes', () => {
    expect(parseConstraint(Array(1000).fill('a').join('&&'))).not.toBeNull();
    expect(parseConstraint(Array(1001).fill('a').join('&&'))).toBeNull();
    expect(parseConstraint('('.repeat(100_000))).toBeNull();
  });
});

test.each([
  ['linux darwin', 'linux || darwin'],
  ['linux,!android darwin', 'linux && !android || darwin'],
  ['!!x', 'ignore'],
  ['!', 'ignore'],
  ['a-b,c', 'ignore && c'],
  ['!a-b', '!ignore'],
  ['', 'ignore'],
])('the old line %j means %j', (old, now) => {
  const parsed = parsePlusBuild(old);
  expect(parsed && formatConstraint(parsed)).toBe(now);
});

test.each([
  ['', true],
  ['linux', true],
  ['!linux', false],
  ['darwin linux', true],
  ['linux,!android', true],
  ['linux,arm64', false],
  ['linux&&amd64', true],
  ['(darwin||linux)&&cgo', true],
  ['windows musl', true],
  ['linux&&', false],
])('a #cgo line for %j holds: %s', (text, holds) => {
  expect(matchesCgoConstraint(text, linux)).toBe(holds);
});

test('tagsNamed gives each tag once, negated or not', () => {
  const parsed = parseConstraint('linux && (musl || !static) && !linux');
  expect(parsed && tagsNamed(parsed)).toEqual(['linux', 'musl', 'static']);
  const cgo = parseCgoConstraint('linux,musl darwin');
  expect(cgo && tagsNamed(cgo)).toEqual(['darwin', 'linux', 'musl']);
});

test.each([
  ['x.go', true],
  ['linux.go', true],
  ['windows.go', true],
  ['x_linux.go', true],
  ['x_windows.go', false],
  ['x_amd64.s', true],
  ['x_arm64_test.go', false],
  ['x_linux_amd64.c', true],
  ['x_linux_arm64.go', false],
  ['x_darwin_amd64.go', false],
  ['x_unix.go', true],
  ['x_windows.linux.go', false],
  ['windows_linux.go', true],
  ['_windows.go', false],
  ['x_linux_foo.go', true],
])('the name %s admits the file on linux/amd64: %s', (name, admits) => {
  expect(fileNameMatches(name, 'linux', 'amd64')).toBe(admits);
});

test('android files take what is for linux', () => {
  expect(fileNameMatches('x_linux.go', 'android', 'arm64')).toBe(true);
  expect(buildTags({ goos: 'android', goarch: 'arm64', goVersion: 'go1.26', tags: [], cgo: false })).toContain('linux');
});

test.each([
  ['go1.18.10', false, 18],
  ['go1.19', true, 19],
  ['go1.26.8-X:foo', true, 26],
])('%s has the tag unix: %s', (goVersion, unix, minor) => {
  const tags = buildTags({ goos: 'linux', goarch: 'arm64', goVersion, tags: [], cgo: false });
  expect(tags.has('unix')).toBe(unix);
  expect(tags.has(`go1.${minor}`)).toBe(true);
  expect(tags.has(`go1.${minor + 1}`)).toBe(false);
  expect(tags.has('cgo')).toBe(false);
});
