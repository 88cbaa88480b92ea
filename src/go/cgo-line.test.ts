import { expect, test } from 'vitest';
import { isCgoLine, parseCgoLine } from './cgo-line.ts';

test.each([
  ['#cgo LDFLAGS: -lfoo', { constraint: '', variable: 'LDFLAGS', words: ['-lfoo'] }],
  ['  #cgo\tlinux,!android CFLAGS: -DA=1 ', { constraint: 'linux,!android', variable: 'CFLAGS', words: ['-DA=1'] }],
  ['#cgo linux darwin pkg-config: a b', { constraint: 'linux darwin', variable: 'pkg-config', words: ['a', 'b'] }],
  [`#cgo CFLAGS: -DA='"x y"' "" -I\${SRCDIR}/a\\ b`, 'a word has a character that Go does not allow there'],
  ['#cgo CFLAGS: "-Ia b" c\\ d', { constraint: '', variable: 'CFLAGS', words: ['-Ia b', 'c d'] }],
  [
    `#cgo LDFLAGS: -L\${SRCDIR}/lib \${SRCDIR}`,
    { constraint: '', variable: 'LDFLAGS', words: [`-L\${SRCDIR}/lib`, `\${SRCDIR}`] },
  ],
  ['#cgo CXXFLAGS:', { constraint: '', variable: 'CXXFLAGS', words: [] }],
  ['#cgo CFLAGS: -DX=a:b', { constraint: '', variable: 'CFLAGS', words: ['-DX=a:b'] }],
  ['#cgo noescape f', { constraint: '', variable: 'noescape', words: ['f'] }],
  ['#cgo nocallback f', { constraint: '', variable: 'nocallback', words: ['f'] }],
  ['#cgo LDFLAGS -lfoo', 'it has no colon'],
  ['#cgo : -lfoo', 'it names no variable'],
  ['#cgo LDFLAG: -lfoo', 'its variable is unknown'],
  ['#cgo LDFLAGS: "-lfoo', 'a quote is not closed'],
  ['#cgo LDFLAGS: -lfoo\\', 'it ends in a backslash'],
  ['#cgo LDFLAGS: -lfoo;ls', 'a word has a character that Go does not allow there'],
])('%s', (line, expected) => {
  expect(parseCgoLine(line)).toEqual(typeof expected === 'string' ? { problem: expected } : expected);
});

test.each([
  ['#cgo LDFLAGS: x', true],
  ['\t#cgo\tx', true],
  ['#cgo', false],
  ['#cgox LDFLAGS: x', false],
  ['// #cgo LDFLAGS: x', false],
])('%j is a #cgo line: %s', (line, is) => {
  expect(isCgoLine(line)).toBe(is);
});
