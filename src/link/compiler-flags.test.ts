import { describe, expect, it } from 'vitest';
import { archive, kinds, link, symbols } from '../../test/links.ts';

const gomp = archive({ defines: ['GOMP_parallel'], needs: ['__sysconf'] });

describe('what the compiler calls by itself', () => {
  it.each([
    ['-pg', 'mcount', 'mcount'],
    ['-fsanitize=undefined,address', '__asan_init', '__asan_init'],
    ['--coverage', '__gcov_exit', 'llvm_gcda_emit_arcs'],
    ['-finstrument-functions', '__cyg_profile_func_enter', '__cyg_profile_func_enter'],
    ['-O2', undefined, undefined],
  ])('with %s is needed, unless the package defines it', (flag, gcc, clang) => {
    const packages = (defines: string[]) => [{ cflags: [flag], defines }];
    expect(symbols(link({ packages: packages([]) }))).toEqual(gcc === undefined ? [] : [gcc]);
    expect(symbols(link({ packages: packages([gcc ?? '']) }))).toEqual([]);
    expect(symbols(link({ linker: 'lld', family: 'clang', packages: packages([]) }))).toEqual(
      clang === undefined ? [] : [clang],
    );
  });

  it('with -fopenmp is needed where a parallel region stands; gcc adds a libgomp.a that was built for glibc', () => {
    const of = (parallel: boolean, ldflags: string[]) =>
      symbols(
        link({
          files: { '/gcc/libgomp.a': gomp },
          libraryDirs: ['/gcc'],
          packages: [{ cflags: ['-fopenmp'], parallel, ldflags }],
        }),
      );
    expect(of(false, [])).toEqual([]);
    expect(of(true, [])).toEqual(['GOMP_parallel']);
    expect(of(true, ['-fopenmp'])).toEqual(['__sysconf']);
    expect(of(true, ['-lgomp'])).toEqual(['__sysconf']);
  });
});

it('gcc refuses sanitizers on the line of a static program, zig brings the one for threads', () => {
  const packages = [{ cflags: ['-fsanitize=thread'], ldflags: ['-fsanitize=thread'] }];
  expect(kinds(link({ packages }))).toEqual(['flag-refused -fsanitize=thread']);
  expect(link({ linker: 'lld', family: 'clang', packages })).toMatchObject({ problems: [], undefined: [] });
});
