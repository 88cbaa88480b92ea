import { describe, expect, it } from 'vitest';
import type { NameFact } from './libc.ts';
import { knownLibcs, openLibc, parseLibcRef } from './open.ts';

function libc(text: string) {
  const ref = parseLibcRef(text);
  if (!ref) throw new Error(`no musl: ${text}`);
  return openLibc(ref);
}

function only(facts: NameFact[]): NameFact | undefined {
  expect(facts).toHaveLength(1);
  return facts[0];
}

describe('parseLibcRef', () => {
  it('reads a version and a flavor, and nothing else', () => {
    expect(parseLibcRef('1.2.3')).toEqual({ name: 'musl', version: '1.2.3', flavor: 'upstream' });
    expect(parseLibcRef('1.2.3-debian')).toEqual({ name: 'musl', version: '1.2.3', flavor: 'debian' });
    for (const bad of ['', '1.2', '1.2.3-alpine', 'musl-1.2.3', '1.2.3 ', '-1.2.3']) {
      expect(parseLibcRef(bad), bad).toBeNull();
    }
  });

  it('knows the recorded builds, the newest last', () => {
    const all = knownLibcs().map((one) => (one.flavor === 'debian' ? `${one.version}-debian` : one.version));
    expect(all).toEqual(['1.2.3', '1.2.3-debian', '1.2.5', '1.2.5-debian', '1.2.6', '1.2.6-debian']);
  });
});

describe('header', () => {
  it.each([
    ['execinfo.h', { owner: 'libc', glibc: true, musl: false }],
    ['sys/cdefs.h', { owner: 'libc', glibc: true, musl: false }],
    ['sys/queue.h', { owner: 'libc', glibc: true, musl: false }],
    ['linux/limits.h', { owner: 'kernel', glibc: false, musl: false }],
    ['stdarg.h', { owner: 'compiler', musl: true, muslSince: '0.5.0' }],
    ['stropts.h', { owner: 'libc', glibc: false, musl: true }],
    ['unistd.h', { owner: 'libc', glibc: true, musl: true }],
    ['sys/sysctl.h', { owner: 'libc', glibc: true, musl: false, muslSince: '0.5.0' }],
  ])('%s', (header, fact) => {
    expect(libc('1.2.5').header(header)).toMatchObject({ header, ...fact });
  });

  it('knows what Debian adds and drops', () => {
    expect(libc('1.2.3').header('fts.h')?.musl).toBe(false);
    expect(libc('1.2.3-debian').header('fts.h')?.musl).toBe(true);
    expect(libc('1.2.3').header('crypt.h')?.musl).toBe(true);
    expect(libc('1.2.3-debian').header('crypt.h')?.musl).toBe(false);
    expect(libc('1.2.2-debian').header('crypt.h')?.musl).toBe(true);
  });

  it('says nothing of a header of another library', () => {
    expect(libc('1.2.5').header('zlib.h')).toBeUndefined();
    expect(libc('1.2.5').header('constructor')).toBeUndefined();
  });
});

describe('names', () => {
  it('shows LFS64 names under _GNU_SOURCE until 1.2.3, and only under _LARGEFILE64_SOURCE since 1.2.4', () => {
    for (const name of ['pread64', 'off64_t', 'struct stat64']) {
      for (const version of ['1.1.24', '1.2.3', '1.2.3-debian']) {
        expect(only(libc(version).names(name))).toMatchObject({ musl: 'declared', lfs64: true, visibleIn: 'glL' });
      }
      for (const version of ['1.2.4', '1.2.5', '1.2.6-debian']) {
        const fact = only(libc(version).names(name));
        expect(fact).toMatchObject({ musl: 'declared', lfs64: true, visibleIn: 'lL', needs: '_LARGEFILE64_SOURCE' });
      }
    }
    expect(only(libc('1.2.5').names('off64_t'))?.muslHeader).toBe('fcntl.h');
  });

  it.each([
    ['backtrace', { kind: 'function', glibcHeaders: ['execinfo.h'], muslSince: null }],
    ['RTLD_DEEPBIND', { kind: 'macro', glibcHeaders: ['dlfcn.h'] }],
    ['struct mallinfo', { kind: 'type', glibcHeaders: ['malloc.h'] }],
    ['error', { kind: 'function', glibcHeaders: ['error.h'] }],
    ['TEMP_FAILURE_RETRY', { kind: 'macro', glibcHeaders: ['unistd.h'] }],
    ['ARGP_KEY_ARG', { kind: 'macro', glibcHeaders: ['argp.h'] }],
  ])('%s is in glibc and in no musl', (name, fact) => {
    for (const ref of knownLibcs()) {
      expect(only(openLibc(ref).names(name))).toMatchObject({ musl: 'absent', muslHeader: null, ...fact });
    }
  });

  it('follows a name through the versions', () => {
    const states = (name: string) =>
      ['1.2.2', '1.2.3', '1.2.4', '1.2.5', '1.2.6'].map((one) => only(libc(one).names(name))?.musl);
    expect(states('qsort_r')).toEqual(['absent', 'declared', 'declared', 'declared', 'declared']);
    expect(states('statx')).toEqual(['absent', 'absent', 'absent', 'declared', 'declared']);
    expect(states('renameat2')).toEqual(['absent', 'absent', 'absent', 'absent', 'declared']);
    expect(states('strlcpy')).toEqual(Array(5).fill('declared'));
  });

  it('knows the names that Debian adds and drops', () => {
    const state = (version: string, name: string) => only(libc(version).names(name))?.musl;
    expect(state('1.2.3', 'fts_open')).toBe('absent');
    expect(state('1.2.3-debian', 'fts_open')).toBe('declared');
    expect(state('1.2.3', 'crypt')).toBe('declared');
    expect(state('1.2.3-debian', 'crypt')).toBe('unexported');
    expect(state('1.2.3-debian', 'crypt_r')).toBe('absent');
    expect(state('1.2.5-debian', 'crypt_r')).toBe('undeclared');
    expect(state('1.2.5-debian', 'renameat2')).toBe('declared');
  });

  it('tells a name declared and not exported from one exported and not declared', () => {
    expect(only(libc('1.2.5').names('getcontext'))?.musl).toBe('unexported');
    expect(only(libc('1.2.5').names('__ctype_b_loc'))?.musl).toBe('undeclared');
  });

  it('names the least feature macro that shows a name', () => {
    expect(only(libc('1.2.5').names('gettid'))?.needs).toBe('_GNU_SOURCE');
    expect(only(libc('1.2.3').names('memmem'))?.needs).toBe('_GNU_SOURCE');
    expect(only(libc('1.2.5').names('memmem'))?.needs).toBe('');
  });

  it('knows a macro that both libcs have by its header', () => {
    expect(only(libc('1.2.5').names('EINVAL'))).toMatchObject({ musl: 'declared', muslHeader: 'errno.h', needs: '' });
  });

  it('is empty for what neither libc has', () => {
    expect(libc('1.2.5').names('sqlite3_open')).toEqual([]);
    expect(libc('1.2.5').names('toString')).toEqual([]);
  });
});

describe('library', () => {
  it("tells musl's empty archives from what musl has not, and from what is no libc's", () => {
    expect(['m', 'pthread', 'dl', 'resolv'].map((one) => libc('1.2.5').library(one))).toEqual(Array(4).fill('empty'));
    expect(libc('1.2.3').library('crypt')).toBe('empty');
    expect(libc('1.2.3-debian').library('crypt')).toBe('absent');
    expect(libc('1.2.5').library('anl')).toBe('absent');
    expect(libc('1.2.5').library('z')).toBeUndefined();
    expect(libc('1.2.5').library('stdc++')).toBeUndefined();
  });
});

describe('exports and symbol', () => {
  it('knows public, reserved and removed symbols of libc.a', () => {
    const has = (version: string, symbol: string) => libc(version).exports(symbol);
    expect(has('1.2.5', 'malloc')).toBe(true);
    expect(has('1.2.5', '__errno_location')).toBe(true);
    expect(has('1.2.5', '__libc_start_main')).toBe(true);
    expect(has('1.2.5', '__ctype_b_loc')).toBe(true);
    expect(has('1.2.3', 'pread64')).toBe(true);
    expect(has('1.2.4', 'pread64')).toBe(false);
    expect(has('1.2.5', '__fprintf_chk')).toBe(false);
    expect(has('1.1.20', '__strdup')).toBe(true);
    expect(has('1.1.21', '__strdup')).toBe(false);
    expect(has('1.2.5', 'getcontext')).toBe(false);
  });

  it('keeps to the architecture where a symbol is not on all', () => {
    expect(libc('1.2.5').exports('iopl', 'amd64')).toBe(true);
    expect(libc('1.2.5').exports('iopl', 'arm64')).toBe(false);
    expect(libc('1.2.5').exports('malloc', 'arm64')).toBe(true);
    const time64 = ['386', 'arm', 'riscv64'].map((goarch) => libc('1.2.5').exports('__stat_time64', goarch));
    expect(time64).toEqual([true, true, false]);
    expect(libc('1.2.5').exports('iopl', '386')).toBe(true);
  });

  it('says what a symbol is in glibc', () => {
    expect(libc('1.2.5').symbol('__fprintf_chk')).toMatchObject({ category: 'fortify', glibcLibrary: 'libc' });
    expect(libc('1.2.5').symbol('cos')).toMatchObject({ category: 'public', glibcLibrary: 'libm' });
    expect(libc('1.2.5').symbol('__dso_handle')).toMatchObject({ fromCompiler: true });
    expect(libc('1.2.5').symbol('sqlite3_open')).toBeUndefined();
  });
});

describe('macroKnown', () => {
  it('is true for a macro of any header, and false for one that musl never defines', () => {
    expect(libc('1.2.5').macroKnown('PATH_MAX')).toBe(true);
    expect(libc('1.2.5').macroKnown('_STDIO_H')).toBe(true);
    expect(libc('1.2.5').macroKnown('__GLIBC__')).toBe(false);
    expect(libc('1.2.5').macroKnown('__MUSL__')).toBe(false);
    expect(libc('1.2.3').macroKnown('STATX_ALL')).toBe(false);
    expect(libc('1.2.5').macroKnown('STATX_ALL')).toBe(true);
    expect(libc('1.2.3-debian').macroKnown('FTS_PHYSICAL')).toBe(true);
    expect(libc('1.2.3').macroKnown('FTS_PHYSICAL')).toBe(false);
  });
});
