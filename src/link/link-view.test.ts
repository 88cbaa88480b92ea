import { describe, expect, it } from 'vitest';
import { archive, kinds, link, symbols } from '../../test/links.ts';
import { type ObjectText, writeObject } from '../../test/objects.ts';

const both = [{ linker: 'ld' as const }, { linker: 'lld' as const }];

describe.each(both)('$linker', ({ linker }) => {
  it('pulls members for what the package needs, and names what stays undefined with the way there', () => {
    const view = link({
      linker,
      files: {
        '/x/libx.a': archive(
          { defines: ['f'], needs: ['g', 'printf'] },
          { defines: ['g'], needs: ['__fprintf_chk'] },
          { defines: ['unused'], needs: ['never'] },
        ),
      },
      packages: [{ ldflags: ['/x/libx.a'], references: ['f'] }],
    });
    expect(view.pulled.map(({ member, for: symbol, by }) => [member, symbol, by])).toEqual([
      ['m0.o', 'f', 'p'],
      ['m1.o', 'g', 'libx.a(m0.o)'],
    ]);
    expect(view.undefined).toEqual([
      {
        symbol: '__fprintf_chk',
        printed: '__fprintf_chk',
        package: 'p',
        file: '/x/libx.a',
        member: 'm1.o',
        undecided: false,
        path: ['f', 'g', '__fprintf_chk'],
      },
    ]);
    expect(view.problems).toEqual([]);
    expect(view.limits).toEqual([]);
  });

  it('finds the libraries of musl without a toolchain, by the tables', () => {
    const view = link({ withoutToolchain: true, ldflags: ['-lpthread', '-lm', '-lc', '-lnot-of-musl'] });
    expect(view.problems.map(({ kind, word }) => [kind, word])).toEqual([['library-absent', '-lnot-of-musl']]);
  });

  it('lets weak needs, Go symbols, exported Go functions and shims pass', () => {
    const view = link({
      linker,
      shims: ['gnu_get_libc_version'],
      files: {
        '/x/libx.a': archive({
          defines: ['f'],
          weak: ['maybe'],
          needs: ['goCallback', 'crosscall2', '_GLOBAL_OFFSET_TABLE_', 'gnu_get_libc_version'],
        }),
      },
      packages: [
        {
          ldflags: ['/x/libx.a'],
          references: ['f'],
          goText: 'package p\n\n//export goCallback\nfunc goCallback() {}\n',
        },
      ],
    });
    expect(symbols(view)).toEqual([]);
  });

  it('counts a COMDAT group once, with the references of the copy that stays', () => {
    const copy = (need: string): ObjectText => ({
      sections: [
        { name: '.text.own', defines: [need === 'a' ? 'first' : 'second'], needs: ['shared'] },
        { name: '.text.shared', defines: [{ name: 'shared', binding: 'weak' }], needs: [need], group: 'shared' },
      ],
    });
    const view = link({
      linker,
      files: { '/x/libx.a': archive(copy('a'), copy('b')) },
      packages: [{ ldflags: ['/x/libx.a'], references: ['first', 'second'] }],
    });
    expect(symbols(view)).toEqual(['a']);
    expect(kinds(view)).toEqual([]);
  });

  it('tells two strong definitions, unless the line forgives them', () => {
    const files = {
      '/x/liba.a': archive({ defines: ['a', 'same'] }),
      '/x/libb.a': archive({ defines: ['b', 'same'] }),
    };
    const packages = [{ ldflags: ['/x/liba.a', '/x/libb.a'], references: ['a', 'b'] }];
    expect(kinds(link({ linker, files, packages }))).toEqual(['duplicate-definition same']);
    expect(
      kinds(link({ linker, name: 'given', files, packages, ldflags: ['-Wl,--allow-multiple-definition'] })),
    ).toEqual([]);
  });

  it('finds -l through every -L, whatever its place, and only as an archive of the target', () => {
    const files = {
      '/arm/libx.a': archive({ machine: 183, defines: ['f'] }),
      '/x/libx.a': archive({ defines: ['f'], needs: ['deep'] }),
      '/x/liby.so': writeObject({}),
    };
    const view = link({
      linker,
      files,
      packages: [{ ldflags: ['-lx'], references: ['f'] }, { ldflags: ['-L/arm', '-L/x'] }],
    });
    expect(symbols(view)).toEqual(['deep']);
    const absent = link({
      linker,
      files,
      packages: [{ ldflags: ['-L/arm', '-lx', '-L/x', '-ly', '-lz'], references: ['f', 'g'] }],
    });
    expect(kinds(absent)).toEqual(['library-absent -ly', 'library-absent -lz']);
    expect(absent.undefined).toEqual([]);
  });

  it('refuses what is no object of the target', () => {
    const view = link({
      linker,
      files: {
        '/x/a.o': writeObject({ machine: 183 }),
        '/x/b.o': Uint8Array.from([1, 2, 3, 4, 5]),
        '/x/d.a': archive({ machine: 183, defines: ['f'] }),
        '/p/e.syso': Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe]),
      },
      packages: [{ ldflags: ['/x/a.o', '/x/b.o', '/x/d.a', '/x/none.a'], sysoFiles: ['e.syso'] }],
    });
    expect(kinds(view).sort()).toEqual([
      'library-absent /x/none.a',
      'not-elf /x/b.o',
      'not-elf e.syso',
      'other-architecture /x/a.o',
      'other-architecture /x/d.a',
    ]);
  });
});

describe('order', () => {
  const files = { '/x/libx.a': archive({ defines: ['f'], needs: ['g'] }), '/x/liby.a': archive({ defines: ['g'] }) };
  const packages = (ldflags: string[]) => [{ ldflags, references: ['f'] }];

  it('matters to GNU ld, but not inside a group or for a library that stands again', () => {
    expect(symbols(link({ files, packages: packages(['/x/liby.a', '/x/libx.a']) }))).toEqual(['g']);
    expect(symbols(link({ files, packages: packages(['/x/libx.a', '/x/liby.a']) }))).toEqual([]);
    expect(symbols(link({ files, packages: packages(['/x/liby.a', '/x/libx.a', '/x/liby.a']) }))).toEqual([]);
    const group = ['-Wl,--start-group', '/x/liby.a', '/x/libx.a', '-Wl,--end-group'];
    expect(symbols(link({ files, packages: packages(group) }))).toEqual([]);
  });

  it('does not matter to lld', () => {
    expect(symbols(link({ linker: 'lld', files, packages: packages(['/x/liby.a', '/x/libx.a']) }))).toEqual([]);
  });

  it('of packages is that of cmd/link: breadth first from the main package, the environment before each', () => {
    const view = link({
      ldflags: ['-O1'],
      packages: [
        { ldflags: ['-L/0'], imports: ['p/1', 'p/2'] },
        { ldflags: ['-L/1'], imports: ['p/3'] },
        { ldflags: ['-L/2'] },
        { ldflags: ['-L/3'] },
      ],
    });
    expect(view.words.map(({ word }) => word).join(' ')).toBe('-O1 -L/0 -O1 -L/1 -O1 -L/2 -O1 -L/3');
  });
});

describe('unused sections', () => {
  const files = {
    '/x/libx.a': archive({
      sections: [
        { name: '.text.f', defines: ['f'], needs: ['kept'] },
        { name: '.text.g', defines: ['g'], needs: ['dropped'] },
        { name: '.data.h', flags: 3, needs: ['held'] },
        { name: '.init_array', type: 14, flags: 3, refersTo: [2] },
      ],
    }),
  };
  const packages = [{ ldflags: ['/x/libx.a'], references: ['f'] }];

  it('are dropped by lld when an optimisation level stands on the line', () => {
    expect(symbols(link({ linker: 'lld', files, packages })).sort()).toEqual(['held', 'kept']);
    expect(symbols(link({ linker: 'lld', files, packages, ldflags: ['-g'] })).sort()).toEqual([
      'dropped',
      'held',
      'kept',
    ]);
  });

  it('stay with GNU ld', () => {
    expect(symbols(link({ files, packages })).sort()).toEqual(['dropped', 'held', 'kept']);
  });

  it('are not kept by the unwind table', () => {
    const view = link({
      linker: 'lld',
      files: {
        '/x/libx.a': archive({
          sections: [
            { name: '.text.f', defines: ['f'] },
            { name: '.text.g', defines: ['g'], needs: ['dropped'] },
            { name: '.eh_frame', flags: 2, needs: ['personality'], refersTo: [0, 1] },
          ],
        }),
      },
      packages,
    });
    expect(symbols(view)).toEqual(['personality']);
  });
});

describe('the driver', () => {
  const unwinding = {
    files: { '/x/libx.a': archive({ defines: ['f'], needs: ['_Unwind_Resume'] }) },
    packages: [{ ldflags: ['/x/libx.a'], references: ['f'] }],
  };

  it('of gcc brings a libgcc_eh.a made for glibc: what that lacks is laid to the package that needs it', () => {
    const view = link({
      ...unwinding,
      files: {
        ...unwinding.files,
        '/gcc/libgcc_eh.a': archive({ defines: ['_Unwind_Resume'], needs: ['_dl_find_object', 'abort'] }),
        '/musl/libc.a': archive({ defines: ['abort'] }),
        '/musl/crt1.o': writeObject({ needs: ['main', 'abort'] }),
      },
      driverInputs: ['/musl/crt1.o', '/gcc/libgcc_eh.a', '/musl/libc.a'],
    });
    expect(view.undefined).toMatchObject([
      { symbol: '_dl_find_object', package: 'p', path: ['f', '_Unwind_Resume', '_dl_find_object'] },
    ]);
    expect(view.pulled.map(({ file }) => file)).toEqual(['/x/libx.a']);
  });

  it('of zig has an unwinder only when the line asks for one', () => {
    expect(symbols(link({ linker: 'lld', ...unwinding }))).toEqual(['_Unwind_Resume']);
    const asked = [{ ldflags: ['/x/libx.a', '-lgcc_s'], references: ['f'] }];
    expect(symbols(link({ linker: 'lld', ...unwinding, packages: asked }))).toEqual([]);
  });

  it('of zig has C++ for -lstdc++, and refuses flags that it does not know', () => {
    const view = link({
      linker: 'lld',
      files: {
        '/x/libx.a': archive({
          defines: ['f'],
          needs: ['__cxa_throw', '_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm'],
        }),
      },
      packages: [{ ldflags: ['/x/libx.a', '-lstdc++', '-lm'], references: ['f'] }],
    });
    expect(symbols(view)).toEqual(['_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm']);
    const refused = link({ linker: 'lld', packages: [{ ldflags: ['-Wl,--defsym=x=0', '-Wl,-z,text'] }] });
    expect(kinds(refused)).toEqual(['flag-refused --defsym', 'flag-refused -z text']);
  });

  it('is the host g++ when a package has C++ sources and the toolchain has none: that link is not this one', () => {
    const packages = [{ cxxFiles: ['a.cc'], ldflags: ['-lnone'] }];
    expect(link({ packages })).toMatchObject({ cxx: { package: 'p', file: 'a.cc' }, problems: [] });
    expect(kinds(link({ packages, cxx: true }))).toEqual(['library-absent -lnone']);
  });
});

it('takes what the assembly of a package names for defined: only the assembler knows', () => {
  const packages = [{ sFiles: ['a.S'], references: ['loop', 'lost'] }];
  expect(symbols(link({ files: { '/p/a.S': '.globl loop\nloop:\n\tret\n' }, packages }))).toEqual(['lost']);
});

it('misses nothing that the rest of a file may define which was not read to its end', () => {
  expect(symbols(link({ packages: [{ references: ['lost'], unread: 'it is too long' }] }))).toEqual([]);
  expect(symbols(link({ packages: [{ references: ['lost'] }] }))).toEqual(['lost']);
});

it('says what it could not find out', () => {
  expect(link({ packages: [{ references: null }] }).limits).toMatchObject([{ package: 'p', file: 'a.go' }]);
});
