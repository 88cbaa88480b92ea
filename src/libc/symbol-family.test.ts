import { describe, expect, it } from 'vitest';
import { table } from './columns.ts';
import { knownLibcs, openLibc } from './open.ts';
import { shimSymbols, symbolFamilies, symbolFamily } from './symbol-family.ts';

const libcs = knownLibcs().map(openLibc);
const newest = libcs.at(-1);

describe('data/symbol-families.yaml', () => {
  const families = symbolFamilies();

  it('says of each family exactly one of shim, recipe, provider, present and refused', () => {
    const wrong = families.filter(
      (one) =>
        [one.shim, one.recipe, one.provider, one.refused].filter((what) => what !== null).length +
          Number(one.present) !==
        1,
    );
    expect(wrong.map((one) => one.id)).toEqual([]);
    expect(new Set(families.map((one) => one.id)).size).toBe(families.length);
  });

  it('lists only symbols that glibc has, each once', () => {
    const listed = families.flatMap((one) => one.symbols);
    expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([]);
    expect(listed.filter((name) => newest?.symbol(name) === undefined)).toEqual([]);
  });

  it('finds each listed symbol in its own family', () => {
    const lost = families.flatMap((one) => one.symbols.filter((name) => symbolFamily(name) !== one));
    expect(lost).toEqual([]);
  });

  it('shims only what some musl lacks, and lists one by one what a shim defines', () => {
    for (const one of families.filter((family) => family.shim !== null)) {
      expect(one.symbols.length, one.id).toBeGreaterThan(0);
      const needless = one.symbols.filter((name) => libcs.every((libc) => libc.exports(name)));
      expect(needless, one.id).toEqual([]);
    }
  });

  it('forwards only to what every recorded musl exports', () => {
    const targets = families.flatMap((one) => Object.values(one.forwards));
    expect(targets.filter((name) => !libcs.every((libc) => libc.exports(name)))).toEqual([]);
  });

  it('calls present only what every recorded musl exports', () => {
    for (const one of families.filter((family) => family.present)) {
      const names = one.symbols.length > 0 ? one.symbols : [...table('symbols').names()];
      const here = names.filter((name) => symbolFamily(name) === one);
      expect(here.length, one.id).toBeGreaterThan(0);
      expect(
        here.filter((name) => !libcs.every((libc) => libc.exports(name))),
        one.id,
      ).toEqual([]);
    }
  });

  it('refuses, or leaves to the compiler, nothing that musl has under that name', () => {
    const names = [...table('symbols').names(), ...table('functions').names()];
    const wrong = names.filter((name) => {
      const family = symbolFamily(name);
      return family && !family.present && family.shim === null && libcs.every((libc) => libc.exports(name));
    });
    expect(wrong).toEqual([]);
  });

  it('matches a pattern by a symbol of the tables, where glibc has one', () => {
    const names = [...table('symbols').names(), ...table('functions').names()];
    const foreign = new Set([
      'glibc-version',
      'fortify-other',
      'isoc23-other',
      'unwinder',
      'libstdcxx-strings',
      'libcxx',
      'cxx-library',
      'cxx-run-time',
      'openmp',
      'sanitizers',
    ]);
    for (const one of families.filter((family) => family.symbols.length === 0 && !foreign.has(family.id))) {
      expect(
        names.some((name) => symbolFamily(name) === one),
        one.id,
      ).toBe(true);
    }
  });
});

describe('symbolFamily', () => {
  it.each([
    ['__memcpy_chk', 'fortify-memory'],
    ['__longjmp_chk', 'fortify-longjmp'],
    ['__obstack_printf_chk', 'fortify-other'],
    ['__isoc23_strtoul', 'isoc23-strtol'],
    ['fopen64', 'lfs64'],
    ['__res_init', 'resolver'],
    ['__res_ninit', 'resolver-state'],
    ['_dl_find_object', 'find-object'],
    ['_dl_open_hook', 'dynamic-linker'],
    ['_IO_2_1_stdout_', 'stdio-structure'],
    ['_IO_putc', 'stdio-present'],
    ['__ctype_b_loc', 'ctype-tables'],
    ['_Unwind_Resume', 'unwinder'],
    ['_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_appendEPKcm', 'libstdcxx-strings'],
    ['_ZNSt3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE6appendEPKc', 'libcxx'],
    ['_ZSt20__throw_length_errorPKc', 'cxx-library'],
    ['_ZNSt8ios_base4InitC1Ev', 'cxx-library'],
    ['_ZTVN10__cxxabiv117__class_type_infoE', 'cxx-run-time'],
    ['_Znwm', 'cxx-run-time'],
    ['__cxa_throw', 'cxx-run-time'],
    ['__cxa_thread_atexit_impl', 'thread-atexit'],
    ['_ZGVbN2v_cos', 'vector-math'],
    ['memcpy@GLIBC_2.2.5', 'glibc-version'],
  ])('%s is of %s', (symbol, id) => {
    expect(symbolFamily(symbol)?.id).toBe(id);
  });

  it("knows nothing of a project's own symbols, C++ or not", () => {
    for (const symbol of ['sqlite3_open', '_ZN5mylib3runEv', 'my_chk', '__mine', 'prototype', '', 'constructor']) {
      expect(symbolFamily(symbol), symbol).toBeNull();
    }
  });

  it('takes a long hostile symbol at once', () => {
    const start = performance.now();
    expect(symbolFamily(`_Z${'NSt'.repeat(1000)}`)).not.toBeUndefined();
    expect(symbolFamily('_Z'.repeat(1_000_000))).toBeNull();
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('shimSymbols', () => {
  it('keeps to the architectures on which layouts agree', () => {
    expect(shimSymbols('amd64').get('fopen64')).toBe('lfs64');
    expect(shimSymbols('386').get('fopen64')).toBeUndefined();
    expect(shimSymbols('386').get('__memcpy_chk')).toBe('fortify-memory');
    expect(shimSymbols('amd64').has('__longjmp_chk')).toBe(false);
  });
});
