import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { openHeaderCache } from './header-cache.ts';
import { mark } from './output.ts';
import { preprocess } from './preprocess.ts';
import type { PreprocessOptions } from './preprocessed.ts';

/** What is left of a text, tokens parted by blanks; `?` stands before what an undecided condition left. */
function left(text: string, files: Record<string, string> = {}, change: Partial<PreprocessOptions> = {}): string {
  const cache = openHeaderCache(memoryFiles(files));
  const result = preprocess(cache.parse('/m/main.c', new TextEncoder().encode(text), false), {
    cache,
    search: {
      quote: [],
      angle: [
        { path: '/first', kind: 'module' },
        { path: '/second', kind: 'system' },
      ],
      made: new Map(),
      found: new Map(),
    },
    cxx: false,
    predefined: '#define __x86_64__ 1\n',
    commandLine: '',
    flags: '#define ON 1\n',
    forced: [],
    elsewhere: () => 'nowhere',
    libcMayDefine: (name) => name.startsWith('LIBC_'),
    onlyCompilerDefines: (name) => name === '_WIN32',
    feature: () => null,
    hasOperator: (operator) => operator === '__has_attribute' || operator.startsWith('__has_include'),
    text: true,
    stepLimit: 1_000_000,
    ...change,
  });
  const { output, files: read } = result;
  const words: string[] = [];
  for (let at = 0; at < output.count; at++) {
    const id = output.id[at] as number;
    const source = read[output.file[at] as number]?.file.source;
    const position = output.position[at] as number;
    const literal = /^(?:"[^"]*"|'[^']*'|[\w.]+)/.exec(source?.text(position, position + 40) ?? '');
    const undecided = ((output.marks[at] as number) & mark.undecided) !== 0;
    words.push(`${undecided ? '?' : ''}${id === 0 ? (literal?.[0] ?? '""') : cache.spellings.text(id)}`);
  }
  return words.join(' ');
}

describe('macros', () => {
  it('expand as the examples of the C standard do (6.10.3.5)', () => {
    const head = [
      '#define x 3',
      '#define f(a) f(x * (a))',
      '#undef x',
      '#define x 2',
      '#define g f',
      '#define z z[0]',
      '#define h g(~',
      '#define m(a) a(w)',
      '#define w 0,1',
      '#define t(a) a',
      '#define p() int',
      '#define q(x) x',
      '#define r(x,y) x ## y',
    ].join('\n');
    const of = (text: string) => left(`${head}\n${text}`);
    expect(of('f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);')).toBe(
      'f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;',
    );
    expect(of('g(x+(3,4)-w) | h 5) & m\n(f)^m(m);')).toBe(
      'f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;',
    );
    expect(of('p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };')).toBe('int i [ ] = { 1 , 23 , 4 , 5 , } ;');
  });

  it('know GNU commas, named variadic arguments, __VA_OPT__ and calls over several lines', () => {
    const head =
      '#define L(a, ...) a , ## __VA_ARGS__ ;\n#define N(rest...) rest\n#define O(a, ...) a __VA_OPT__(+ __VA_ARGS__)\n';
    expect(left(`${head}L(1) L(1,2) N(3,4) O(5) O(6,7)`)).toBe('1 ; 1 , 2 ; 3 , 4 5 6 + 7');
    expect(left(`${head}N\n(\n#ifdef ON\n1\n#else\n2\n#endif\n)`)).toBe('1');
    expect(left('#define A(x) x\nA A (1) (2)')).toBe('A 1 ( 2 )');
  });
});

describe('conditions', () => {
  it('are decided by arithmetic, also unsigned and short-circuit', () => {
    const holds = (condition: string) => left(`#if ${condition}\nyes\n#else\nno\n#endif`);
    for (const yes of [
      '-1 > 0u',
      '1 ? 2 : (1/1)',
      "'a' == 97 && 0x10 == 020",
      '(2 || 1/0) && 1L << 3 == 8',
      '!UNKNOWN',
    ]) {
      expect([yes, holds(yes)]).toEqual([yes, 'yes']);
    }
    for (const no of ['-1 > 0', 'defined OFF', '0 && MACRO(1)', '7 / 2 != 3', '~0u == 1']) {
      expect([no, holds(no)]).toEqual([no, no === '0 && MACRO(1)' ? '?yes ?no' : 'no']);
    }
  });

  it('that can not be told leave both branches, and merge what they define', () => {
    const text = [
      '#if __has_attribute(odd)',
      '#define SAME 1',
      '#define OTHER 1',
      '#define SOME 1',
      '#else',
      '#define SAME 1',
      '#define OTHER 2',
      '#endif',
      '#ifdef SAME',
      'SAME',
      '#endif',
      '#ifdef OTHER',
      'other',
      '#endif',
      '#if OTHER > 1',
      'more',
      '#endif',
      '#ifdef SOME',
      'some',
      '#endif',
      '#ifdef NONE',
      'none',
      '#endif',
    ].join('\n');
    expect(left(text)).toBe('1 other ?more ?some');
  });

  it('on macros are open behind a header that is not there, except where only a compiler defines them', () => {
    const text = '#include "gone.h"\n#ifdef _WIN32\nwindows\n#endif\n#ifdef HAVE_X\nx\n#endif\n#ifdef ON\non\n#endif';
    expect(left(text)).toBe('?x on');
    const libc = '#include "gone.h"\n#ifdef LIBC_X\nx\n#endif\n#ifdef HAVE_X\nhave\n#endif';
    expect(left(libc, {}, { elsewhere: () => 'libc' })).toBe('?x');
  });
});

describe('includes', () => {
  it('go on with #include_next, keep guards, #pragma once and #import', () => {
    const files = {
      '/first/a.h': '#ifndef A\n#define A\nfirst\n#include_next <a.h>\n#endif\n',
      '/second/a.h': 'second\n',
      '/m/once.h': '#pragma once\nonce\n',
      '/m/plain.h': 'plain\n',
    };
    const text =
      '#include <a.h>\n#include <a.h>\n#include "once.h"\n#include "once.h"\n#import "plain.h"\n#import "plain.h"\n';
    expect(left(text, files)).toBe('first second once plain');
    expect(left('#define H <a.h>\n#if __has_include(H) && !__has_include("no.h")\n#include H\n#endif', files)).toBe(
      'first second',
    );
  });
});
