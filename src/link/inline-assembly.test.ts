import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import { namesInInlineAssembly } from './inline-assembly.ts';

const names = (text: string) => {
  const pkg = { dir: '/m', cFiles: ['a.c'], cxxFiles: [], hFiles: [], cgoFiles: [] } as unknown as GraphPackage;
  return [...namesInInlineAssembly(pkg, memoryFiles({ '/m/a.c': text }))];
};

it('reads labels and directives of asm statements, in pieces and with qualifiers', () => {
  expect(names('__asm__ __volatile__("\\nrestorer:\\n\\tmov $15,%rax\\n\\tsyscall\\n");')).toEqual(['restorer']);
  expect(names('asm (".globl entry\\n"\n    "entry:\\n" "nop");')).toEqual(['entry']);
});

it('takes nothing else for a label', () => {
  expect(names('puts("label: text"); int asmcode(void); asm("mov %0, %1" : "=r"(x) : "r"(y)); // asm("no")')).toEqual(
    [],
  );
});

it('ends soon on quotes without end', () => {
  const begin = performance.now();
  names(`asm(${'"a" '.repeat(100_000)}\\`);
  names(`${'asm("'.repeat(100_000)}`);
  expect(performance.now() - begin).toBeLessThan(1000);
});
