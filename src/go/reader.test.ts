import { beforeAll, describe, expect, test } from 'vitest';
import { placeInPreamble } from './preamble.ts';
import { type GoReader, openGoReader } from './reader.ts';

let reader: GoReader;
beforeAll(async () => {
  reader = await openGoReader();
});
const read = (text: string) => reader.read(new TextEncoder().encode(text), 'a/x.go');

const whole = `//go:build linux
package a

// #cgo linux LDFLAGS: -lm
/*
#include <math.h>
#cgo CFLAGS: -DX
int ü(void); /* no nesting *\\/
*/
import "C"
import "syscall"

//go:linkname local runtime.remote
func local()

//go:cgo_import_dynamic _ _ "libdl.so.2"

func f() {
	x, err := C.sqrt(2)
	y := C.sqrt(3)
	syscall.Setuid(0)
	// C.comment()
	_ = "C.text()"
}

//export f
//exported g
`;

test('one file, all facts, equal after a JSON round trip', () => {
  const facts = read(whole);
  const place = (line: number, column: number) => ({ file: 'a/x.go', line, column });
  expect(facts).toEqual({
    path: 'a/x.go',
    imports: [
      { path: 'C', place: place(10, 8) },
      { path: 'syscall', place: place(11, 8) },
    ],
    constraint: 'linux',
    preambles: [
      {
        text: '\n\n#include <math.h>\n\nint ü(void); /* no nesting *\\/\n',
        line: 4,
        indent: 2,
        laterIndent: 0,
        segments: [
          { textLine: 0, textColumn: 0, line: 4, indent: 2, laterIndent: 2 },
          { textLine: 1, textColumn: 0, line: 5, indent: 2, laterIndent: 0 },
        ],
      },
    ],
    directives: [
      { constraint: 'linux', variable: 'LDFLAGS', words: ['-lm'], place: place(4, 4) },
      { constraint: '', variable: 'CFLAGS', words: ['-DX'], place: place(7, 1) },
    ],
    cNames: [
      { name: 'sqrt', form: 'call2', place: place(19, 12) },
      { name: 'sqrt', form: 'call', place: place(20, 7) },
    ],
    dynamicImports: [{ words: ['_', '_', 'libdl.so.2'], place: place(16, 1) }],
    linknames: [{ local: 'local', remote: 'runtime.remote', place: place(13, 1) }],
    exports: [{ name: 'f', place: place(26, 1) }],
    calls: [{ package: 'syscall', name: 'Setuid', place: place(21, 2) }],
    limits: [],
  });
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

// The forms are cgo's contexts: see File.walk and File.saveRef in cmd/cgo/ast.go.
test.each([
  ['C.f()', 'f', 'call'],
  ['_ = C.f', 'f', 'other'],
  ['a := C.f()', 'f', 'call'],
  ['a, b := C.f()', 'f', 'call2'],
  ['a, b = (C.f)((1))', 'f', 'call2'],
  ['a, b = *(C.f())', 'f', 'call2'],
  ['var a, b = C.f()', 'f', 'call2'],
  ['var a, b int = C.f()', 'f', 'call2'],
  ['a, b := C.f(), 1', 'f', 'call'],
  ['a, b, c := C.f()', 'f', 'call'],
  ['a, b := int(C.f())', 'f', 'call'],
  ['if a, err := C.f(); err != nil {}', 'f', 'call2'],
  ['defer C.f()', 'f', 'call'],
  ['g(C.f())', 'f', 'call'],
  ['var s C.struct_x', 'struct_x', 'other'],
  ['s := C.struct_x{}', 'struct_x', 'other'],
  ['p := (*C.enum_x)(nil)', 'enum_x', 'other'],
  ['n := C.sizeof_struct_x', 'sizeof_struct_x', 'other'],
  ['m := map[C.union_u][]*C.union_u{}', 'union_u', 'other'],
  ['x := C.a.b.c', 'a', 'other'],
  ['x := f[C.t](1)', 't', 'other'],
  ['x := C.ü', 'ü', 'other'],
  ['g(\n\t\tC.\n\t\t\tf())', 'f', 'call'],
])('%s names C.%s as %s', (statement, name, form) => {
  const facts = read(`package a\nimport "C"\nfunc g() {\n${statement}\n}\n`);
  expect(facts.limits).toEqual([]);
  expect(facts.cNames.map((use) => [use.name, use.form])).toContainEqual([name, form]);
  expect(new Set(facts.cNames.map((use) => use.name))).toEqual(new Set([name]));
});

describe('what only looks like a use', () => {
  test.each([
    'x.C.f()',
    'x().\n\tC.f()',
    '// C.f()',
    '/* C.f() */',
    's := "C.f()"',
    's := `\nC.f()`',
    "r := 'C'",
    'xC.f()',
  ])('%s is none', (statement) => {
    expect(read(`package a\nimport "C"\nfunc g() {\n${statement}\n}\n`)).toMatchObject({ cNames: [], limits: [] });
  });

  test('C without import "C", and a watched function of another package, are none', () => {
    const facts = read('package a\nimport "x/syscall"\nfunc g() { C.f(); syscall.Setuid(1) }\n');
    expect([facts.cNames, facts.calls]).toEqual([[], []]);
  });

  test('a renamed package is seen through', () => {
    const facts = read('package a\nimport sys "syscall"\nfunc g() { sys.Setgroups(nil); syscall.Setuid(1) }\n');
    expect(facts.calls.map((call) => call.name)).toEqual(['Setgroups']);
  });

  test('directives inside block comments and strings are none', () => {
    const facts = read('package a\n/*\n//go:linkname a b\n*/\nvar s = `\n//go:cgo_import_dynamic a b "c"\n`\n');
    expect([facts.linknames, facts.dynamicImports]).toEqual([[], []]);
  });
});

test('variadic and generic types name C types', () => {
  const facts = read('package a\nimport "C"\nfunc f[T C.a](x ...C.b) *C.c { return nil }\ntype s struct { C.d }\n');
  expect(facts.cNames.map((use) => use.name)).toEqual(['a', 'b', 'c', 'd']);
});

test('columns count bytes', () => {
  const facts = read('package a\nimport "C"\nfunc g() { s := "ü😀"; C.f() }\n');
  expect(facts.cNames[0]?.place).toEqual({ file: 'a/x.go', line: 3, column: 27 });
});

test('files beyond 32 KiB and with carriage returns are read whole', () => {
  const filler = '// filler line of a long file\r\n'.repeat(3000);
  const facts = read(`package a\r\n\r\n/*\r\nint x;\r\n*/\r\nimport "C"\r\n${filler}func g() { C.f() }\r\n`);
  expect(facts.preambles[0]?.text).toBe('\nint x;\n');
  expect(facts.cNames).toEqual([{ name: 'f', form: 'call', place: { file: 'a/x.go', line: 3007, column: 12 } }]);
});

test('several import "C" give several preambles', () => {
  const facts = read('package a\n// int a;\nimport "C"\n// int b;\nimport "C"\n');
  expect(facts.preambles.map((preamble) => [preamble.text, preamble.line])).toEqual([
    [' int a;\n', 2],
    [' int b;\n', 4],
  ]);
});

describe('limits', () => {
  test('a syntax error in the body keeps the rest', () => {
    const facts = read('package a\n// int a;\nimport "C"\nfunc f() { C.a( }\nfunc g() { C.b() }\n');
    expect(facts.preambles).toHaveLength(1);
    expect(facts.limits).toEqual(['the Go file has a syntax error at line 4']);
  });

  test('bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('package a\nimport "C"\n// '), 0xff, 0xfe, 0x0a]);
    expect(reader.read(bytes, 'x.go').limits).toEqual(['the Go file is not valid UTF-8']);
  });

  test('a #cgo line that Go refuses', () => {
    const facts = read('package a\n// #cgo LDFLAGS: "-lx\nimport "C"\n');
    expect(facts.limits).toEqual(['the #cgo line 2 is not valid: a quote is not closed']);
    expect(facts.preambles[0]?.text).toBe('\n');
  });

  test('every cut of a file gives facts', () => {
    const bytes = new TextEncoder().encode(whole);
    for (let end = 0; end < bytes.length; end += 7) {
      expect(reader.read(bytes.subarray(0, end), 'x.go').path).toBe('x.go');
    }
  });
});

test('placeInPreamble finds lines and columns again, whatever comments made them', () => {
  const text = `package a

import (
\t// int one;
\t/* int two;
ü int three; */
\t// int four;
\t// int five;
\t/* int six; */
\t/* int seven; */ /* int eight; */
\t"C"
)
`;
  const preamble = read(text).preambles[0];
  if (preamble === undefined) throw new Error('no preamble');
  const bytes = (line: string) => Buffer.from(line);
  const source = text.split('\n').map(bytes);
  const found: string[] = [];
  for (const [at, line] of preamble.text.split('\n').entries()) {
    for (const match of line.matchAll(/int/g)) {
      const place = placeInPreamble(preamble, 'x.go', at + 1, bytes(line.slice(0, match.index)).length + 1);
      found.push(`${source[place.line - 1]?.subarray(place.column - 1)}`.split(';')[0] ?? '');
    }
  }
  expect(found).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((word) => `int ${word}`));
});
