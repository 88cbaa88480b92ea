import { expect, it } from 'vitest';
import { mergeLdflags } from './ldflags.ts';

it('gives the three settings when a person gave nothing', () => {
  expect(mergeLdflags([], ['-static'])).toEqual({ values: ['-linkmode=external -extldflags=-static'], notes: [] });
});

it('keeps what a person gave', () => {
  const given = [`-s -w -X 'main.version=1 2' -extldflags "-L/opt/lib -static"`];
  expect(mergeLdflags(given, ['-static', '-Wl,-u,x'])?.values).toEqual([
    `-s -w -X 'main.version=1 2' -linkmode=external '-extldflags=-static -Wl,-u,x -L/opt/lib'`,
  ]);
});

it('says what gives way', () => {
  const merged = mergeLdflags(['-linkmode internal -extldflags=-Wl,-Bdynamic -s'], ['-static']);
  expect(merged?.values).toEqual(['-s -linkmode=external -extldflags=-static']);
  expect(merged?.notes).toEqual([
    "-linkmode internal gives way to -linkmode external: Go's own linker links no static libc",
    '-Wl,-Bdynamic of -extldflags gives way to -static',
  ]);
});

it('reaches packages within and without a pattern', () => {
  expect(mergeLdflags(['example.org/x=-s'], ['-static'])?.values).toEqual([
    '-linkmode=external -extldflags=-static',
    'example.org/x=-s -linkmode=external -extldflags=-static',
  ]);
});

it('has no answer for an open quote', () => {
  expect(mergeLdflags([`-X 'main.a`], ['-static'])).toBeNull();
  expect(mergeLdflags([`'-extldflags=-static "'`], ['-static'])).toBeNull();
});
