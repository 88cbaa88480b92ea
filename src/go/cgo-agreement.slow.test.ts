// Holds the reader against cgo itself: `go tool cgo -debug-gcc` prints what it gives to the C compiler.
import { afterEach, expect, test } from 'vitest';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import { openGoReader } from './reader.ts';

const scratch = diskScratch();
let folder = '';
afterEach(() => scratch.remove(folder));

const environment = { ...process.env, CGO_ENABLED: '1', GOOS: 'linux', GOTOOLCHAIN: 'local' };

async function go(words: string[]): Promise<{ stdout: string; stderr: string }> {
  const result = await children.run(['go', ...words], { cwd: folder, env: environment, timeout: 120_000 });
  if (result.code !== 0) throw new Error(`go ${words.join(' ')}: ${result.stderr.slice(-2000)}`);
  return result;
}

interface CgoView {
  preambles: { line: number; text: string }[];
  /** Names about which cgo asks the C compiler. */
  names: string[];
  /** Macros that the preamble's headers define: cgo knows those with an integer without asking. */
  macros: Set<string>;
}

async function askCgo(path: string): Promise<CgoView> {
  const { stderr } = await go([
    'tool',
    'cgo',
    '-debug-gcc',
    '-import_runtime_cgo=false',
    '-objdir',
    `${folder}/`,
    path,
  ]);
  const blocks = stderr.split('\nEOF\n');
  const preambles = (blocks[0] ?? '').matchAll(/^#line (\d+) "\/[^"]*"\n([\s\S]*?)\n#line 1 "cgo-generated-wrapper"/gm);
  // The questions about the file's own names come second, if there are any; later ones are about what the answers named.
  const asked = blocks[1]?.includes('"not-declared"') ? blocks[1] : '';
  const names = [...asked.matchAll(/__typeof__\(([^)]+)\) \*__cgo_undefined__/g)].map((match) => match[1] ?? '');
  return {
    preambles: [...preambles].map(([, line, text = '']) => ({ line: Number(line), text })),
    names: [...new Set(names)].sort(),
    macros: new Set([...stderr.matchAll(/^#define (\w+) /gm)].map((match) => match[1] ?? '')),
  };
}

/** A name after `C.` as cgo spells it for the compiler: cname and nameToC in cmd/cgo/gcc.go. */
function spelledInC(name: string): string {
  const types: Record<string, string> = { malloc: '_CMalloc', uchar: 'unsigned char', uint: 'unsigned int' };
  return types[name] ?? name;
}

async function compare(path: string): Promise<void> {
  const bytes = disk.read(path);
  if (bytes === null) throw new Error(`${path} is gone`);
  const facts = (await openGoReader()).read(bytes, path);
  const cgo = await askCgo(path);
  expect(facts.limits).toEqual([]);
  expect(facts.preambles.map(({ line, text }) => ({ line, text }))).toEqual(cgo.preambles);
  // Tags are types without asking.
  const asked = facts.cNames.map((use) => use.name).filter((name) => !/^(?:struct|union|enum)_/.test(name));
  const names = [...new Set(asked.map(spelledInC))].filter((name) => !cgo.macros.has(name)).sort();
  expect(names).toEqual(cgo.names.filter((name) => !cgo.macros.has(name)));
}

const samples: Record<string, string> = {
  'both-kinds.go': `package p

// #cgo CFLAGS: -DONE
/*
#cgo LDFLAGS: -lm
#include <math.h>
struct s { int a; };
enum e { E1 };
*/
// static int f(struct s *x) { return x->a; }
import "C"

func g(x *C.struct_s) (r C.int) {
	var e C.enum_e
	_ = e
	v, err := C.sqrt(2)
	_, _ = v, err
	return C.f(x)
}
`,
  'grouped.go': `package p

import (
	"unsafe"

	// static int one(void) { return 1; }
	// #cgo noescape one
	"C"
)

var _ = unsafe.Pointer(nil)

func g() { C.one() }
`,
  'alone-in-brackets.go': `package p

/* static int one(void) { return 1; } */
import (
	"C"
)

func g() { C.one() }
`,
  'twice.go': `package p

// typedef int one;
import "C"
/*
typedef int two;
*/ /* typedef int three; */
import "C"

var a C.one
var b C.two
var c C.three
`,
  'no-preamble.go': 'package p\n\n// not for cgo\n\nimport "C"\n\nvar a C.int\nvar b = C.CString("x")\n',
  'behind.go': 'package p // int behind;\n// typedef int below;\nimport "C"\n\nvar a C.below\n',
  'carriage-returns.go':
    'package p\r\n\r\n/*\r\ntypedef int one;\r\n*/\r\n// typedef int two;\r\nimport "C"\r\n\r\nvar a C.one\r\n',
};

test.each(Object.keys(samples))('%s: text, lines and names as cgo has them', async (name) => {
  folder = scratch.folder('gomusl-cgo-');
  scratch.write(`${folder}/${name}`, samples[name] ?? '');
  await compare(`${folder}/${name}`);
});

test('std: text, lines and names as cgo has them', async () => {
  folder = scratch.folder('gomusl-cgo-');
  const { stdout } = await go([
    'list',
    '-f',
    '{{range .CgoFiles}}{{$.Dir}}/{{.}}\n{{end}}',
    'net',
    'os/user',
    'plugin',
  ]);
  const paths = stdout.split('\n').filter((path) => path !== '');
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) await compare(path);
});
