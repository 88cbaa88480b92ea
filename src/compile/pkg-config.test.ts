import { describe, expect, it } from 'vitest';
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

it('puts a library behind all that require it, however they are asked for', () => {
  const all = memoryFiles({
    '/pc/opus.pc': 'Version: 1\nLibs: -lopus\n',
    '/pc/ogg.pc': 'Version: 1\nLibs: -logg\n',
    '/pc/file.pc': 'Version: 1\nRequires: opus ogg\nLibs: -lfile\n',
    '/pc/all.pc': 'Version: 1\nRequires: opus file\nLibs: -lall\n',
  });
  const libs = (...names: string[]) => lookUpPackages(line(...names), target({}), all).libs;
  expect(libs('opus', 'file')).toEqual(['-lfile', '-lopus', '-logg']);
  expect(libs('all')).toEqual(['-lall', '-lfile', '-lopus', '-logg']);
});

it('orders versions by runs of digits and letters', () => {
  const ordered = ['1.2', '1.2.1', '1.10', '1.10a', '2'];
  expect([...ordered].reverse().sort(comparePcVersions)).toEqual(ordered);
});

describe('hostile .pc files', () => {
  const whole = new TextDecoder().decode(files.read('/pc/z.pc') ?? new Uint8Array());
  const quick = (text: string) => {
    const started = performance.now();
    const read = readPcFile(text, '/pc');
    expect(performance.now() - started).toBeLessThan(1000);
    return read;
  };

  it('cut at every byte, and behind every cut, are read to their end', () => {
    for (let at = 0; at <= whole.length; at++) {
      const text = memoryFiles({ '/pc/z.pc': whole.slice(0, at), '/pc/y.pc': whole.slice(at) });
      const { uses } = lookUpPackages(line('z', 'y'), target({}), text);
      expect(uses.map(({ state }) => state)).toEqual(['found', 'found']);
    }
  });

  it('with versions of 0, -1 and 2^63 compare them as text of digits', () => {
    const states = ['0', '-1', '9223372036854775808', '', '1'.repeat(3000)].map((version) => {
      const text = memoryFiles({ '/pc/v.pc': `Version: ${version}\nRequires: v >= 0, v < 9223372036854775808\n` });
      const [use] = lookUpPackages(line(`v >= ${version || '0'}`), target({}), text).uses;
      return [use?.state, use?.missingRequires.length];
    });
    expect(states).toEqual([
      ['found', 0],
      ['found', 0],
      ['found', 1],
      ['absent', 0],
      ['found', 1],
    ]);
  });

  it('that grow, nest or never end a line take no time and no memory', () => {
    const blanks = ' '.repeat(500_000);
    expect(quick(`a=x${blanks}y\nVersion: 1${blanks}\n`).version).toBe('1');
    expect(quick(`Cflags: ${'$'.concat('{').repeat(400_000)}`).cflags.join('').length).toBeLessThan(5000);
    const doubling = Array.from({ length: 60_000 }, (_, at) => `v${at + 1}=\${v${at}}\${v${at}}`).join('\n');
    expect(quick(`v0=x\n${doubling}\nVersion: 1\n`).version).toBe('');
    expect(quick(`x=${'y'.repeat(4096)}\nCflags: ${'$'.concat('{x}').repeat(100_000)}`).cflags.join('')).toHaveLength(
      4096,
    );
    expect(quick(`Requires: ${'a,'.repeat(200_000)}${blanks}`).requires.length).toBeLessThan(4096);
    expect(quick(`${'"'.repeat(500_000)}\nLibs: "${'\\'.repeat(99_999)}`).libs).toHaveLength(1);
    const loop = memoryFiles({ '/pc/a.pc': 'Version: 1\nRequires: b\n', '/pc/b.pc': 'Version: 1\nRequires: a b\n' });
    expect(lookUpPackages(line('a'), target({}), loop).uses).toMatchObject([{ state: 'found', missingRequires: [] }]);
  });
});
