import { expect, it } from 'vitest';
import { compareGoVersions, formatGoVersion, parseGoVersion } from './go-version.ts';

const parsed = (text: string) => {
  const version = parseGoVersion(text);
  if (version === null) throw new Error(text);
  return version;
};

it('orders releases, their candidates and trees in development', () => {
  const inOrder = ['go1', 'go1.0.3', 'go1.5', 'go1.5.4', 'go1.6beta1', 'go1.6rc2', 'go1.6', 'go1.9.7', 'go1.10'];
  inOrder.push('go1.21rc1', 'go1.21.0', 'go1.23.4', 'go1.28-devel', 'go1.28rc1', 'go1.28.0');
  const shuffled = [...inOrder].reverse().sort((a, b) => compareGoVersions(parsed(a), parsed(b)));
  expect(shuffled).toEqual(inOrder);
  expect(inOrder.map((text) => formatGoVersion(parsed(text)))).toEqual(inOrder);
});

it('takes the suffixes of distributions and experiments apart from the release', () => {
  for (const text of ['go1.22.4-1', 'go1.22.4 X:boringcrypto', 'go1.22.4-fips', 'go1.22.4+deb12', '1.22.4']) {
    expect(compareGoVersions(parsed(text), parsed('go1.22.4')), text).toBe(0);
  }
  expect(parsed('go1.22.4-1').suffix).toBe('-1');
  expect(parsed('go1.22.4 X:boringcrypto').suffix).toBe(' X:boringcrypto');
});

it('reads a tree in development as `go version` has printed it before 1.26', () => {
  expect(parsed('devel go1.20-1a2b3c Tue Jan 2 00:00:00 2022')).toMatchObject({ minor: 20, pre: { kind: 'devel' } });
  expect(compareGoVersions(parsed('devel go1.20-1a2b3c'), parsed('go1.20beta1'))).toBeLessThan(0);
});

it('says null to what is no version', () => {
  for (const text of ['', 'go', 'weekly.2011-01-01', 'go1.x', '1.2.3.4', 'goo1.2'])
    expect(parseGoVersion(text), text).toBeNull();
});
