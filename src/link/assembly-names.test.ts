import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import { namesInAssembly } from './assembly-names.ts';

it('reads what the assembly includes, beside it and in -I folders, once each', () => {
  const files = memoryFiles({
    '/p/entry.S': '#include "all.S"\n',
    '/build/all.S': '#if defined(__x86_64__)\n# include "elf/add.s"\n#endif\n#include "all.S"\n#include "gone.S"\n',
    '/build/elf/add.s': '.globl add_mod\nadd_mod:\n ret\n',
  });
  const cgoFlags = { cppflags: [], cflags: ['-I../build'], cxxflags: [], ldflags: [] };
  const pkg = { dir: '/p', sFiles: ['entry.S'], cgoFlags } as unknown as GraphPackage;
  expect(namesInAssembly(pkg, files).has('add_mod')).toBe(true);
});
