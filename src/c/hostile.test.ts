import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { openHeaderCache } from './header-cache.ts';
import { preprocess } from './preprocess.ts';
import type { Preprocessed, PreprocessOptions } from './preprocessed.ts';
import { resolve } from './resolve.ts';

const sample = `#include "a.h"
#if defined(A) && (A > 0x10u || __has_include(<b.h>))
#define F(x, ...) x ## 1 #x __VA_OPT__(, __VA_ARGS__)
static int f(const struct s *p, int n) { int a[n]; for (int i = 0; i < n; i++) a[i] = p->x; return F(n, 2); }
#elif 1 ? 'c' : "s"
enum e { R = 1 << 3, G }; typedef int (*fn)(void); struct { int b : 3; } v = { .b = 1 };
#else
L"raw" u8R"x(\\)x" /* comment */ // line \\
#endif
_Pragma("once") int g(a, b) int a, b; { asm("x" : "=r"(a)); return ({ a; }) + sizeof(int[3]) + (long)b; }
`;

function read(text: string, files: Record<string, string> = {}, change: Partial<PreprocessOptions> = {}) {
  const cache = change.cache ?? openHeaderCache(memoryFiles(files));
  const main = cache.parse('/m/main.c', new TextEncoder().encode(text), change.cxx ?? false);
  const angle = [{ path: '/m', kind: 'module' as const }];
  const result: Preprocessed = preprocess(main, {
    cache,
    search: { quote: [], angle, made: new Map(), found: new Map() },
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
    stepLimit: 100_000,
    ...change,
  });
  return { result, names: resolve(result.output, cache.spellings, { c23: false, builtin: () => false }) };
}

describe('hostile C', () => {
  it('cut at every byte, alone and behind each cut, is read to its end', () => {
    const cache = openHeaderCache(memoryFiles({ '/m/a.h': '#define A 0x20\n' }));
    for (let at = 0; at <= sample.length; at++) {
      expect(read(sample.slice(0, at), {}, { cache }).result.limit).toBeNull();
      expect(read(sample.slice(at), {}, { cache, cxx: true }).result.limit).toBeNull();
    }
  });

  it('stops at a limit when a file includes itself, or files include each other without end', () => {
    expect(read('#include "main.c"', { '/m/main.c': '#include "main.c"\n#include "main.c"' }).result.limit).toMatch(
      /200 deep/,
    );
    const wide = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`/m/${at}.h`, `#include "${at + 1}.h"\n`.repeat(3)]),
    );
    expect(read('#include "0.h"', { ...wide, '/m/40.h': '' }).result.limit).toMatch(/limit/);
  });

  it('stops at a limit when macros grow without end', () => {
    const names = Array.from({ length: 40 }, (_, at) => `#define A${at} A${at + 1} A${at + 1}`).join('\n');
    expect(read(`${names}\nA0`).result.limit).toMatch(/limit/);
    const calls = Array.from({ length: 40 }, (_, at) => `#define C${at}(x) C${at + 1}(x x)`).join('\n');
    expect(read(`${calls}\nC0(y)`).result.limit).toMatch(/limit/);
    expect(read(`${names}\n#if A0\n#endif`).result.limit).toBeNull();
    expect(read(`${names}\n#if 0\n#elif defined(A0) && (A0)\n#endif\nA0`).result.limit).toMatch(/limit/);
  });

  it('follows nesting as deep as compilers do, and no deeper', () => {
    for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair])) {
      const deep = `int x = ${open?.repeat(20_000)}1${close?.repeat(20_000)};\nint after(void) { return gone; }`;
      const { names } = read(deep);
      expect(names.uses.map((use) => use.name)).toEqual(['gone']);
    }
    read(`#if ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n#endif\n${'#if 1\n'.repeat(20_000)}`);
    read(`${'if (1) '.repeat(20_000)};\nvoid f(void) { ${'if (1) '.repeat(20_000)}; }`);
    read(`int f(void) { return ${'-'.repeat(20_000)}1 ${'? 1 : 2'.repeat(20_000)}; }`);
    read(`${'*'.repeat(20_000)} x; int (${'*'.repeat(20_000)}p); struct ${'s { struct '.repeat(20_000)} s`);
  });

  it('reads long lines, and bytes that are no text', () => {
    const line = `int a = 0${' + 1'.repeat(220_000)};`;
    const started = performance.now();
    expect(read(line, {}, { stepLimit: 10_000_000 }).result.limit).toBeNull();
    expect(performance.now() - started).toBeLessThan(5000);
    read(
      `\u0000\uFFFF${'\\'.repeat(1000)}\n#define\n#define (\n#include\n#include <\n#if\n#elif\n#else\n#endif\n##\n#`,
    );
    read(`#define __VA_ARGS__ 1\n#define defined 2\n#if defined defined\n#endif\n#define f(...) __VA_OPT__(\nf(1)`);
  });

  it('takes sizes, shifts and divisors of 0, -1 and 2^63 for what they are, and no frame for larger than it is', () => {
    const values = ['0', '-1', '9223372036854775808', '0xffffffffffffffff', '(1ull << 63)'];
    const text = values.map((v, at) =>
      [
        `int a${at}[${v}]; struct s${at} { char x[${v}][${v}]; int b : ${v}; }; enum e${at} { Q${at} = ${v} };`,
        `void f${at}(void) { char b[${v}]; struct s${at} c[${v}]; __builtin_alloca(${v}); gone${at}(); }`,
        `#if ${v} << ${v} || ${v} >> ${v} || ${v} / ${v} || ${v} % ${v}\n#endif\n#line ${v}`,
      ].join('\n'),
    );
    const { result, names } = read(`${text.join('\n')}\n#if (-9223372036854775807 - 1) / -1\n#endif`);
    expect(result.limit).toBeNull();
    const missed = names.uses.map((use) => use.name).filter((name) => !name.startsWith('__builtin_'));
    expect(missed).toEqual(values.map((_, at) => `gone${at}`));
    expect(names.largestFrame).toBe(0);
  });
});
