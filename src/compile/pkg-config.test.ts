import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { CgoDirective } from '../model/facts.ts';
import type { Target } from '../model/target.ts';
import { comparePcVersions, readPcFile } from './pc-file.ts';
import { lookUpPackages } from './pkg-config.ts';

const place = { file: 'a.go', line: 4, column: 1 };
const line = (...words: string[]): CgoDirective[] => [{ constraint: '', variable: 'pkg-config', words, place }];
const target = (change: Partial<Target>) => ({ sysroot: null, pkgConfigPath: ['/pc'], ...change }) as Target;
const files = memoryFiles({
  '/pc/z.pc':
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of pkg-config
    'prefix=/opt/z\nincludedir = ${prefix}/include # where\nVersion: 1.3.1\nCflags: -I${includedir} -DZ="a b"\nLibs: -L${prefix}/lib \\\n  -lz\nLibs.private: -lm\n',
  '/pc/png.pc':
    'Version: 1.6\nRequires: z >= 1.2, m\nRequires.private: deep\nLibs: -lpng -lz\nCflags: -I/usr/include -I/p\n',
  '/pc/m.pc': 'Version: 1\nLibs: -lm\n',
  '/pc/deep.pc': 'Version: 1\nCflags: -I/deep\nLibs: -ldeep\n',
  '/pc/broken.pc': 'Version: 1\nRequires: z > 2 nothing\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of pkg-config
  '/pc/loop.pc': 'a=${a}x\nVersion: 1\nRequires: loop\nCflags: ${a}',
});

it('reads variables, continuation lines, comments and quotes', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of pkg-config
  expect(readPcFile('a=1\nb=${a}2${c}\nName: x\nCflags: -I"${b} y"  -D\\"q\\" # no\n', '/pc')).toMatchObject({
    cflags: ['-I12 y', '-D"q"'],
    version: '',
  });
});

it('joins what is required, private ones for flags, and for libraries with --static', () => {
  expect(lookUpPackages(line('png'), target({}), files)).toEqual({
    uses: [{ name: 'png', place, state: 'found', missingRequires: [] }],
    cflags: ['-I/p', '-I/opt/z/include', '-DZ=a b', '-I/deep'],
    libs: ['-lpng', '-L/opt/z/lib', '-lz', '-lm'],
  });
  expect(lookUpPackages(line('--static', 'png'), target({}), files).libs).toContain('-ldeep');
});

it('names what is absent, too old, or required and absent', () => {
  const states = (...words: string[]) => {
    const { uses, cflags } = lookUpPackages(line(...words), target({}), files);
    return [...uses.map(({ name, state, missingRequires }) => [name, state, ...missingRequires]), cflags];
  };
  expect(states('gone')).toEqual([['gone', 'absent'], []]);
  expect(states('z', '>=', '1.3.2')).toEqual([['z', 'absent'], []]);
  expect(states('z >= 1.3')).toEqual([
    ['z', 'found'],
    ['-I/opt/z/include', '-DZ=a b'],
  ]);
  expect(states('broken')).toEqual([['broken', 'found', 'z', 'nothing'], []]);
  expect(states('loop')).toEqual([['loop', 'found'], ['x']]);
});

it('takes folders as below the sysroot where the file is, and finds libraries of recipes behind all others', () => {
  const all = memoryFiles({
    '/sys/usr/lib/pkgconfig/z.pc': 'Version: 1\nCflags: -I/opt/z/include -I/sys/own\n',
    '/built/z-1/lib/pkgconfig/z.pc': 'Version: 2\nCflags: -I/built/z-1/include\n',
  });
  const cflags = (change: Partial<Target>) => lookUpPackages(line('z'), target(change), all).cflags;
  expect(cflags({ sysroot: '/sys', libraries: ['/built/z-1'] })).toEqual(['-I/sys/opt/z/include', '-I/sys/own']);
  expect(cflags({ sysroot: '/other', libraries: ['/built/z-1'] })).toEqual(['-I/built/z-1/include']);
});

it('orders versions by runs of digits and letters', () => {
  const ordered = ['1.2', '1.2.1', '1.10', '1.10a', '2'];
  expect([...ordered].reverse().sort(comparePcVersions)).toEqual(ordered);
});
