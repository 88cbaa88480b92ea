import { expect, it } from 'vitest';
import { compilerHasHeader } from './compiler-headers.ts';

it('knows the headers of a compiler, by architecture for gcc', () => {
  expect(compilerHasHeader('gcc', 'amd64', 'xmmintrin.h')).toBe(true);
  expect(compilerHasHeader('gcc', 'arm64', 'xmmintrin.h')).toBe(false);
  expect(compilerHasHeader('gcc', 'arm64', 'arm_neon.h')).toBe(true);
  expect(compilerHasHeader('clang', 'arm64', 'arm_neon.h')).toBe(true);
  expect(compilerHasHeader('gcc', 'amd64', 'sanitizer/asan_interface.h')).toBe(true);
  expect(compilerHasHeader('gcc', 'riscv64', 'stddef.h')).toBe(false);
  expect(compilerHasHeader('clang', 'amd64', 'stdio.h')).toBe(false);
});
