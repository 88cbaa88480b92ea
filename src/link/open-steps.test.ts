import { describe, expect, it } from 'vitest';
import { writeArchive } from '../../test/archives.ts';
import { archive, kinds, link, symbols } from '../../test/links.ts';
import { writeObject } from '../../test/objects.ts';

const both = [{ linker: 'ld' as const }, { linker: 'lld' as const }];

describe('a linker script in place of a library', () => {
  const files = {
    '/x/libreal.a': archive({ defines: ['f'], needs: ['deep'] }),
    '/x/libscript.a': '/* GNU ld script */\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( libreal.a AS_NEEDED ( -lreal ) )\n',
    '/x/libnested.a': 'INPUT(libscript.a)',
    '/x/libself.a': 'INPUT(libself.a)',
    '/x/libnone.a': 'INPUT(libreal.a -lmissing gone.o)',
    '/x/libpage.a': '<!DOCTYPE html><title>Not Found</title>',
    '/x/libpointer.a': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n',
    '/x/libfull.a': 'SEARCH_DIR("/x"); f = g; EXTERN(h)\nSECTIONS { .x : { *(.x) } }\nINPUT("libreal.a");\n',
  };
  const view = (linker: 'ld' | 'lld', ...ldflags: string[]) =>
    link({ linker, files, packages: [{ ldflags, references: ['f'] }] });

  it.each(both)('is followed by $linker', ({ linker }) => {
    expect(symbols(view(linker, '-L/x', '-lscript'))).toEqual(['deep']);
    expect(symbols(view(linker, '-L/x', '-lnested'))).toEqual(['deep']);
    expect(kinds(view(linker, '-L/x', '-lnone'))).toEqual(['library-absent -lmissing', 'library-absent gone.o']);
    expect(kinds(view(linker, '-L/x', '-lself'))).toEqual(['not-elf -lself']);
    expect(kinds(view(linker, '/x/libpage.a'))).toEqual(['not-elf /x/libpage.a']);
    expect(view(linker, '/x/libpointer.a').problems).toMatchObject([
      { kind: 'malformed', detail: expect.stringContaining('Git LFS') },
    ]);
  });

  it('names files beside it for GNU ld, and in the folders of the line alone for zig', () => {
    expect(kinds(view('ld', '/x/libscript.a'))).toEqual(['library-absent -lreal']);
    expect(kinds(view('lld', '/x/libscript.a'))).toEqual(['library-absent libreal.a', 'library-absent -lreal']);
  });

  it('may hold the whole language for GNU ld, which is a limit, and INPUT and GROUP for zig', () => {
    const full = view('ld', '-L/x', '-lfull');
    expect(symbols(full)).toEqual(['deep']);
    expect(full.limits.map(({ reason }) => reason)).toEqual([
      'f in the linker script libfull.a is not followed.',
      'EXTERN in the linker script libfull.a is not followed.',
      'SECTIONS in the linker script libfull.a is not followed.',
    ]);
    expect(kinds(view('lld', '-L/x', '-lfull'))).toEqual(['not-elf -lfull']);
  });
});

describe('what is no plain ELF object', () => {
  const table = (name: string, kind: number) => [
    ...new TextEncoder().encode(`${name}\0\0`),
    kind,
    ...new Array(13).fill(0),
  ];
  const lto = (version: number) => ({
    common: ['__gnu_lto_slim'],
    sections: [
      { name: '.gnu.lto_.lto.1', flags: 0, bytes: [version, 0] },
      { name: '.gnu.lto_.symtab.1', flags: 0, bytes: [...table('f', 0), ...table('deep', 2)] },
    ],
  });
  const bitcode = Uint8Array.from([0x42, 0x43, 0xc0, 0xde, 0x35, 0x14, 0, 0]);
  const resources = (machine: number[]) => {
    const bytes = new Uint8Array(60);
    bytes.set([...machine, 1, 0]);
    bytes.set(new TextEncoder().encode('.rsrc'), 20);
    return bytes;
  };
  const object = (linker: 'ld' | 'lld', bytes: Uint8Array) =>
    link({ linker, files: { '/x/a.o': bytes }, packages: [{ ldflags: ['/x/a.o'], references: ['f'] }] });
  const syso = (linker: 'ld' | 'lld', bytes: Uint8Array | string) =>
    kinds(link({ linker, files: { '/p/rsrc.syso': bytes }, packages: [{ sysoFiles: ['rsrc.syso'] }] }));

  it('is compiled at the link where gcc wrote it and links it; lld finds nothing in it', () => {
    expect(symbols(object('ld', writeObject(lto(12))))).toEqual(['deep']);
    expect(symbols(object('lld', writeObject(lto(12))))).toEqual(['f']);
    expect(object('ld', writeObject(lto(11))).problems).toMatchObject([
      { kind: 'not-elf', detail: 'it is code for link-time optimisation by gcc 11, not 12' },
    ]);
  });

  it('is compiled by lld where it is bitcode: what it needs and defines is a limit', () => {
    expect(kinds(object('ld', bitcode))).toEqual(['not-elf /x/a.o']);
    expect(object('lld', bitcode)).toMatchObject({ problems: [], undefined: [], limits: [{ package: 'p' }] });
  });

  it('is let pass by GNU ld where it holds resources of Windows for the same machine', () => {
    expect(syso('ld', resources([0x64, 0x86]))).toEqual([]);
    expect(syso('ld', resources([0x4c, 0x01]))).toEqual(['not-elf rsrc.syso']);
    expect(syso('lld', resources([0x64, 0x86]))).toEqual(['not-elf rsrc.syso']);
  });

  it.each(both)('may be an archive or empty under the name of .syso ($linker)', ({ linker }) => {
    expect(syso(linker, archive({ defines: ['f'] }))).toEqual([]);
    expect(syso(linker, '')).toEqual([]);
    expect(syso(linker, 'some text')).toEqual(['not-elf rsrc.syso']);
  });

  it('may be an archive without an index for lld, which makes one; GNU ld stops, but for --whole-archive', () => {
    const members = [{ name: 'a.o', bytes: writeObject({ defines: ['f'], needs: ['deep'] }) }];
    const files = { '/x/liba.a': writeArchive(members, { index: false }) };
    const view = (linker: 'ld' | 'lld', ...ldflags: string[]) =>
      link({ linker, files, packages: [{ ldflags: ['-L/x', ...ldflags], references: ['f'] }] });
    expect(kinds(view('ld', '-la'))).toEqual(['no-index -la']);
    expect(symbols(view('ld', '-Wl,--whole-archive', '-la', '-Wl,--no-whole-archive'))).toEqual(['deep']);
    expect(symbols(view('lld', '-la'))).toEqual(['deep']);
  });

  it('is no harm when it is empty, and told beside what is missing', () => {
    const empty = (references: string[]) =>
      link({ files: { '/x/a.a': '' }, packages: [{ ldflags: ['/x/a.a'], references }] });
    expect(empty([]).problems).toEqual([]);
    expect(kinds(empty(['f']))).toEqual(['malformed /x/a.a']);
    expect(symbols(empty(['f']))).toEqual(['f']);
  });
});

it.each(both)('a common symbol makes GNU ld take the member that defines it, and lld not ($linker)', ({ linker }) => {
  const view = link({
    linker,
    files: {
      '/x/a.o': writeObject({ common: ['shared'] }),
      '/x/libd.a': archive(
        { defines: [{ name: 'shared', kind: 'object' }], needs: ['deep'] },
        { common: ['shared'], defines: ['other'], needs: ['never'] },
      ),
    },
    packages: [{ ldflags: ['/x/a.o', '/x/libd.a'] }],
  });
  expect(symbols(view)).toEqual(linker === 'ld' ? ['deep'] : []);
});
