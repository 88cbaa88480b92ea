import { describe, expect, test } from 'vitest';
import { readHeader } from './header.ts';

const read = (text: string) => readHeader(new TextEncoder().encode(text));
const docOf = (text: string) => read(text).imports.map((spec) => [spec.path, spec.doc.map((comment) => comment.text)]);

describe('imports', () => {
  test('have names, places in bytes, and stop at the first declaration', () => {
    const header = read(
      'package a\nimport (\n\tb "x/y"\n\t. "z"\n/* ü */ _ `raw`\n); import "q"\nvar s = "\nimport "no"',
    );
    expect(header.packageName).toBe('a');
    expect(header.imports.map(({ path, name, line, column }) => [path, name, line, column])).toEqual([
      ['x/y', 'b', 3, 2],
      ['z', '.', 4, 2],
      ['raw', '_', 5, 10],
      ['q', null, 6, 11],
    ]);
    expect(header.problem).toBeNull();
  });

  test.each([
    ['', 1, 'no package clause'],
    ['pakage a', 1, 'no package clause'],
    ['package a\nimport (\n"x"\n', 4, 'an import path is expected'],
    ['package a\nimport "x\n', 2, 'a comment or string does not end'],
    ['/* package a', 1, 'a comment or string does not end'],
  ])('%j is a problem at line %i', (text, line, message) => {
    expect(read(text).problem).toEqual({ line, message });
  });

  test('a byte order mark and carriage returns change nothing', () => {
    const header = read('\uFEFFpackage a\r\n\r\n// int x;\r\nimport "C"\r\n');
    expect(header.imports).toEqual([
      { path: 'C', name: null, line: 4, column: 8, doc: [{ text: '// int x;', line: 3, column: 1 }] },
    ]);
  });
});

// Each case is what go/parser attaches, see consumeCommentGroup and parseGenDecl in go/parser.
describe('the comment above import "C"', () => {
  test.each([
    ['right above', '// a\n// b\nimport "C"', [['C', ['// a', '// b']]]],
    ['after a blank line: nothing', '// a\n\nimport "C"', [['C', []]]],
    ['only the last group', '// a\n\n/* b */\nimport "C"', [['C', ['/* b */']]]],
    ['of both kinds', '// a\n/*\nb\n*/\nimport "C"', [['C', ['// a', '/*\nb\n*/']]]],
    ['on the same line: nothing', '/* a */ import "C"', [['C', []]]],
    ['between keyword and path: nothing', 'import /* a */ "C"', [['C', []]]],
    ['of the declaration, when it has one path', '// a\nimport (\n\t"C"\n)', [['C', ['// a']]]],
    ['of the path, which wins', '// a\nimport (\n\t// b\n\t"C"\n)', [['C', ['// b']]]],
    [
      'of a declaration with two paths: nothing',
      '// a\nimport (\n"C"\n"x"\n)',
      [
        ['C', []],
        ['x', []],
      ],
    ],
    [
      'of one path in a group',
      'import (\n"x"\n// b\n"C"\n)',
      [
        ['x', []],
        ['C', ['// b']],
      ],
    ],
    [
      'behind the path before: nothing',
      'import (\n"x" // b\n"C"\n)',
      [
        ['x', []],
        ['C', []],
      ],
    ],
    ['behind the bracket: nothing', 'import ( // b\n"C"\n)', [['C', []]]],
    [
      'for each of two imports',
      '// a\nimport "C"\n// b\nimport "C"',
      [
        ['C', ['// a']],
        ['C', ['// b']],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(docOf(`package p\n${text}\n`)).toEqual(expected);
  });

  test('behind the package clause is no part of the group below it', () => {
    expect(docOf('package p // a\n// b\nimport "C"\n')).toEqual([['C', ['// b']]]);
  });
});

describe('constraint', () => {
  test.each([
    ['//go:build linux && cgo\n\npackage a', 'linux && cgo'],
    ['// Copyright\n\n//go:build  x\npackage a', 'x'],
    ['/* c */\n//go:build x\npackage a', 'x'],
    ['/*\n//go:build x\n*/\npackage a', null],
    ['//go:buildx\n\npackage a', null],
    ['package a\n//go:build x\n', null],
    ['// +build linux,!android darwin\n// +build cgo\n\npackage a', '(linux && !android || darwin) && cgo'],
    ['// +build x\npackage a', null],
    ['//+build x\n\npackage a', 'x'],
    ['//go:build y\n// +build x\n\npackage a', 'y'],
    ['/* c */\n\n// +build x\n\npackage a', null],
  ])('%j has %j', (text, constraint) => {
    expect(read(text)).toMatchObject({ constraint, problem: null });
  });

  test.each(['//go:build a\n//go:build b\npackage a', '//go:build a b\npackage a'])('%j is a problem', (text) => {
    expect(read(text).problem).not.toBeNull();
  });
});
