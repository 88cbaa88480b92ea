import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import type { Toolchain } from '../model/target.ts';
import { staticPieWords } from './static-pie.ts';

const toolchain = (name: Toolchain['name']): Toolchain => ({
  name,
  cc: ['/bin/cc'],
  cxx: null,
  compiler: { family: 'gcc', version: '12.2.0' },
  linker: { name: 'ld', dropsUnusedSections: false },
  libc: { name: 'musl', version: '1.2.5', flavor: 'upstream' },
  c: { macros: '', includeDirs: [] },
  cxxEnvironment: null,
  kernelHeaders: false,
  libraryDirs: [],
  driverInputs: [],
  threadStackSize: null,
});

/** Asks a driver that would link these objects. */
const wordsOf = (name: Toolchain['name'], objects: string[], onDisk: string[] = objects) => {
  const stderr = `gcc version 12\n /gcc/collect2 -static ${objects.join(' ')} -lc\n`;
  const processes: Processes = {
    run: async () => ({ code: 0, signal: null, stdout: '', stderr, timedOut: false }),
  };
  const files = memoryFiles(Object.fromEntries(onDisk.map((path) => [path, 'ELF'])));
  return staticPieWords(toolchain(name), {}, processes, files);
};

it('leaves it to a driver that starts such a program by rcrt1.o, and to zig', async () => {
  expect(await wordsOf('native', ['/lib/rcrt1.o', '/lib/crti.o'])).toEqual(['-static-pie']);
  expect(await wordsOf('zig', [])).toEqual(['-static']);
});

it("names rcrt1.o in the place of the Scrt1.o of musl-gcc's specs, in the order of a driver", async () => {
  const objects = ['/musl/Scrt1.o', '/musl/crti.o', '/gcc/crtbeginS.o', '/gcc/crtendS.o', '/musl/crtn.o'];
  expect(await wordsOf('musl-gcc', objects, [...objects, '/musl/rcrt1.o'])).toEqual([
    '-static',
    '-nostartfiles',
    '-Wl,-pie,--no-dynamic-linker,-z,text',
    '/musl/rcrt1.o',
    '/musl/crti.o',
    '/gcc/crtbeginS.o',
    '/gcc/crtendS.o',
    '/musl/crtn.o',
  ]);
  await expect(wordsOf('musl-gcc', objects)).rejects.toThrow('has no rcrt1.o');
});
