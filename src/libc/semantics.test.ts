import { describe, expect, it } from 'vitest';
import { knownLibcs, openLibc, parseLibcRef } from './open.ts';
import { allSemantics, literalArguments, type SemanticsUse, semanticsFor, semanticsOfLiteral } from './semantics.ts';

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

describe('semanticsOfLiteral', () => {
  const told = (name: string, argument: number, text: string, version = '1.2.5') => {
    const ref = parseLibcRef(version);
    if (!ref) throw new Error(version);
    return semanticsOfLiteral(name, argument, text, ref).map(({ difference, piece }) => `${difference.id} ${piece}`);
  };

  it('finds the piece of a text that musl takes otherwise, in that argument alone', () => {
    expect(told('snprintf', 2, 'size %-8.3Zu of %%Zd')).toEqual(['printf-length %-8.3Zu']);
    expect(told('snprintf', 2, '%Lf %zu %lld %d%% Zu %%Zu %i')).toEqual([]);
    expect(told('snprintf', 1, '%Zu')).toEqual([]);
    expect(told('iconv_open', 0, 'utf-8//ignore')).toEqual(['charset-pair utf-8//ignore']);
    expect(told('iconv_open', 1, 'big5')).toEqual([]);
    expect(told('strptime', 1, '%F %k', '1.2.5')).toEqual(['strptime-conversion %F', 'strptime-gnu-conversion %k']);
    expect(told('strptime', 1, '%F %k', '1.2.6')).toEqual(['strptime-gnu-conversion %k']);
  });

  it('watches the arguments that the table names', () => {
    expect([...(literalArguments().get('iconv_open') ?? [])]).toEqual([0, 1]);
    expect(literalArguments().has('puts')).toBe(false);
  });
});

describe('data/semantics.yaml', () => {
  it('names only what links: musl has each name, in some recorded version', () => {
    const libcs = knownLibcs().map(openLibc);
    const names = allSemantics().flatMap((one) => [
      ...one.names,
      ...one.symbols,
      ...one.literals.flatMap(({ names: calls }) => calls),
    ]);
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
