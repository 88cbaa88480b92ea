import { describe, expect, it } from 'vitest';
import { knownLibcs, openLibc, parseLibcRef } from './open.ts';
import { allSemantics, type SemanticsUse, semanticsFor } from './semantics.ts';

function ids(name: string, version: string, use?: SemanticsUse): string[] {
  const ref = parseLibcRef(version);
  if (!ref) throw new Error(version);
  return semanticsFor(name, ref, use).map((one) => one.id);
}

describe('semanticsFor', () => {
  it('keeps to the versions that have the difference', () => {
    expect(ids('getaddrinfo', '1.2.3-debian')).toEqual(['dns-tcp', 'dns-search']);
    expect(ids('getaddrinfo', '1.2.4')).toEqual(['dns-search']);
    expect(ids('setuid', '1.2.3')).toEqual(['setxid-signal']);
    expect(ids('setuid', '1.2.5')).toEqual([]);
  });

  it('tells source, objects and imports apart', () => {
    expect(ids('plugin', '1.2.5', 'import')).toEqual(['dlopen-static']);
    expect(ids('plugin', '1.2.5')).toEqual([]);
    expect(ids('strerror_r', '1.2.5')).toEqual([]);
    expect(ids('strerror_r', '1.2.5', 'symbol')).toEqual(['object-strerror']);
  });

  it('says nothing of a name that works alike', () => {
    expect(ids('strlen', '1.2.3')).toEqual([]);
    expect(ids('constructor', '1.2.3')).toEqual([]);
  });
});

describe('data/semantics.yaml', () => {
  it('names only what links: musl has each name, in some recorded version', () => {
    const libcs = knownLibcs().map(openLibc);
    const names = allSemantics().flatMap((one) => [...one.names, ...one.symbols]);
    expect(names.filter((name) => !libcs.some((libc) => libc.exports(name)))).toEqual([]);
  });

  it('says what, why and what to do in one sentence each', () => {
    const wrong = allSemantics().filter((one) =>
      [one.what, one.why, one.action].some((text) => !/^[^.]+(\.[^ ][^.]*)*\.$/.test(text)),
    );
    expect(wrong.map((one) => one.id)).toEqual([]);
    expect(allSemantics().every((one) => ['error', 'warning', 'note'].includes(one.severity))).toBe(true);
  });
});
