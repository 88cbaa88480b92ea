import { describe, expect, it } from 'vitest';
import { openLibc } from '../libc/open.ts';
import { type Compiler, elsewhereByTables, knowsUndeclared } from './compiler.ts';

const libc = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });

function gcc(goarch: string): Compiler {
  return { language: 'c', family: 'gcc', goarch, predefined: '', includeDirs: [], kernelHeaders: false };
}

describe('elsewhereByTables', () => {
  it.each([
    ['amd64', 'stdio.h', 'libc'],
    ['amd64', 'stdint.h', 'libc'],
    ['amd64', 'smmintrin.h', 'compiler'],
    ['arm64', 'smmintrin.h', 'nowhere'],
    ['arm64', 'arm_acle.h', 'compiler'],
    ['arm64', 'stddef.h', 'libc'],
    ['amd64', 'linux/limits.h', 'nowhere'],
    ['amd64', 'execinfo.h', 'nowhere'],
    ['amd64', 'zlib.h', 'nowhere'],
  ])('on %s finds <%s> in %s', (goarch, header, place) => {
    expect(elsewhereByTables(header, gcc(goarch), libc)).toBe(place);
  });
});

it('knows what each compiler takes without a declaration', () => {
  const clang = { ...gcc('amd64'), family: 'clang' as const };
  const names = ['__builtin_expect', '__rdtsc', '_mm_pause', 'printf'];
  expect(names.filter((name) => knowsUndeclared(clang, name))).toEqual(['__builtin_expect', '__rdtsc']);
  expect(names.filter((name) => knowsUndeclared(gcc('amd64'), name))).toEqual(['__builtin_expect']);
});
