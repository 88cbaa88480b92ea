import { expect, it } from 'vitest';
import type { Toolchain } from '../model/target.ts';
import { overruledVariables, refuseFlags, withoutDynamic } from './contradictions.ts';

const toolchain = { name: 'musl-gcc', cc: ['/usr/bin/musl-gcc'], cxx: null } as Toolchain;

it('names each variable that gives way, in one line, and only where it does', () => {
  expect(overruledVariables({ GOOS: 'windows', CC: 'gcc -O1', CXX: 'g++' }, toolchain)).toEqual([
    'GOOS=windows gives way to linux, which musl is for',
    'CC=gcc gives way to that of musl-gcc; --toolchain names another',
    'CXX=g++ gives way to none: musl-gcc has no C++ for musl; --toolchain names another',
  ]);
  expect(overruledVariables({ GOOS: 'linux', CC: 'musl-gcc -O1' }, toolchain)).toEqual([]);
  expect(overruledVariables({ CC: 'gcc' }, null)).toEqual([]);
});

it('keeps flags but those that contradict -static', () => {
  expect(withoutDynamic(['-lz', '-shared', '-Wl,-Bdynamic', '-shared'], 'CGO_LDFLAGS')).toEqual({
    kept: ['-lz'],
    notes: ['-shared of CGO_LDFLAGS gives way to -static', '-Wl,-Bdynamic of CGO_LDFLAGS gives way to -static'],
  });
});

it.each([['-msan=true'], ['-asan'], ['-compiler=gccgo'], ['-linkshared=true']])('refuses %s', (word) => {
  expect(() => refuseFlags(['-o=app', word])).toThrow();
  expect(() => refuseFlags(['-msan=false', '-compiler=gc', '-race=true'])).not.toThrow();
});
