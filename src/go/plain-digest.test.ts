import { expect, it } from 'vitest';
import { plainGoDigest } from './plain-digest.ts';

const digest = (text: string, path = 'a.go') => plainGoDigest(path, new TextEncoder().encode(text));
const plain = 'package a\n\nimport "fmt"\n\nfunc f() { fmt.Println(1) }\n';

it('is the same while constraint, package and imports are', () => {
  expect(digest(plain)).not.toBeNull();
  expect(digest(plain.replace('Println(1)', 'Println("C")'))).toBe(digest(plain));
  expect(digest(plain.replace('f()', 'Setuid()'))).toBe(digest(plain));
  expect(digest('anything', 'a_test.go')).toBe(digest('', 'b_test.go'));
});

it.each([
  ['an import', plain.replace('"fmt"', '"net"')],
  ['a constraint', `//go:build linux\n\n${plain}`],
  ['the package', plain.replace('package a', 'package b')],
])('is another with %s', (_, text) => {
  expect(digest(text)).not.toBe(digest(plain));
  expect(digest(text)).not.toBeNull();
});

it.each([
  ['cgo', 'package a\n\nimport "C"\n'],
  ['a watched function', 'package a\n\nimport "syscall"\n\nvar _ = syscall.Setuid\n'],
  ['a directive of the linker', 'package a\n\n//go:linkname x y\n'],
  ['a header that Go refuses', 'package a\n\nimport fmt\n'],
])('is none for a file with %s', (_, text) => {
  expect(digest(text)).toBeNull();
});
