import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { openHeaderCache } from './header-cache.ts';
import { preprocess } from './preprocess.ts';
import { resolve } from './resolve.ts';

function read(text: string) {
  const cache = openHeaderCache(memoryFiles({}));
  const { output } = preprocess(cache.parse('/m/main.c', new TextEncoder().encode(text), false), {
    cache,
    search: { quote: [], angle: [], made: new Map(), found: new Map() },
    cxx: false,
    predefined: '',
    commandLine: '',
    flags: '',
    forced: [],
    elsewhere: () => 'nowhere',
    libcMayDefine: () => false,
    onlyCompilerDefines: () => false,
    feature: () => null,
    hasOperator: () => true,
    text: true,
    stepLimit: 1_000_000,
  });
  return resolve(output, cache.spellings, { c23: false, builtin: (name) => name.startsWith('__builtin_') });
}

const uses = (text: string) => read(text).uses.map((use) => `${use.form} ${use.name}`);

describe('names that something declares', () => {
  it.each([
    [
      'typedefs, tags, constants',
      'typedef struct s { int x; } s; enum e { A, B = A + 1 }; s v; int f(void) { return v.x + B; }',
    ],
    ['parameters, also in the sizes of others', 'int f(int n, int a[n], int (*cb)(int y)) { return cb(a[n - 1]); }'],
    ['parameters of old C', 'int f(a, b) int a; char *b; { return a + *b; }'],
    ['labels, also as values', 'void f(void) { void *p = &&end; goto *p; again: goto again; end: ; }'],
    [
      'members and designators',
      'struct p { int a, b; }; struct p v = { .a = 1, b: 2 }; int f(struct p *q) { return q->a + (*q).b; }',
    ],
    [
      'members in offsetof, a macro that was not read',
      'struct p { int a; }; unsigned long f(void) { return offsetof(struct p, a); }',
    ],
    [
      'offsetof and va_arg',
      'struct p { int a[2]; }; int f(int n, ...) { __builtin_va_list v; return __builtin_va_arg(v, int) + __builtin_offsetof(struct p, a[1]); }',
    ],
    [
      'a loop whose body is an if with else',
      'int f(int n) { for (int i = 0; i < n; i++) if (i) n--; else if (n) n = i; else n = -i; return n; }',
    ],
    ['loops and blocks', 'int f(void) { for (int i = 0; i < 3; i++) { int j = i; if (j) return j; } return 0; }'],
    [
      'casts, compound literals, statement expressions',
      'typedef int t; int f(long x) { t *p = (t[]){ 1, 2 }; return (t)x + ({ int y = *p; y; }); }',
    ],
    ['function pointers', 'int (*table[2])(int); int (*pick(int n))(int) { return table[n]; }'],
    ['assembly', 'int f(int in) { int out; __asm__ volatile ("x" : [o] "=r" (out) : "r" (in) : "cc"); return out; }'],
    [
      'attributes and typeof',
      '__attribute__((aligned(8))) int a; __typeof__(a) b; int f(void) __attribute__((unused));',
    ],
    ['generic selections', 'int g(int x) { return _Generic(x, int: 1, default: x); }'],
    [
      'switch and case ranges',
      'enum { K = 2 }; int f(int x) { switch (x) { case 1 ... K: return 1; case K ? 7 : 8: default: return 0; } }',
    ],
    ['local functions and extern', 'int f(void) { extern int e; int h(int); return h(e); }'],
  ])('%s are no uses', (_, text) => {
    const found = read(text);
    expect(found.uses.map((use) => use.name)).toEqual([]);
    expect(found.lostAt).toEqual([]);
  });
});

it('tells calls, types and other names that nothing declares', () => {
  expect(uses('int f(void) { return call(value) + (size_x)1; }')).toEqual(['call call', 'name value', 'type size_x']);
  expect(uses('off_x global; static int f(time_x *t, int n) { loff_x o; return 0; }')).toEqual([
    'type off_x',
    'type time_x',
    'type loff_x',
  ]);
  expect(uses('int f(void) { { int inner; } return inner; }')).toEqual(['name inner']);
});

it('goes on behind text that is no C, and trusts nothing in it', () => {
  const found = read(
    'int f(void) { return if } ; }\nint g(void) { return gone; }\nWHAT? not C at all;\nint h(void) { return f() + lost; }',
  );
  expect(found.uses.filter((use) => use.certain).map((use) => use.name)).toEqual(['gone', 'lost']);
});
