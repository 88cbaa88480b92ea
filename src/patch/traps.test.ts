import { expect, it } from 'vitest';
import { parseGoVersion } from '../gomod/go-version.ts';
import type { PatchAnswer } from './patch.ts';
import { type Delivery, overlayOf, type Surroundings, traps } from './traps.ts';

const tool = { patch: { name: 'faster-link', target: 'tool', packages: ['cmd/link'] }, state: 'needed' };
const calm: Surroundings = { goroot: null, gotoolchain: null, goflags: null };

function told(version: string, delivery: Delivery, more: Partial<Surroundings> = {}, answers: unknown[] = []): string {
  const parsed = parseGoVersion(version);
  if (parsed === null) throw new Error(version);
  return traps(parsed, delivery, answers as PatchAnswer[], { ...calm, ...more }, '/copy').join('\n');
}

it('tells of a GOTOOLCHAIN that may switch to an unpatched Go, where Go knows it', () => {
  expect(told('go1.21.0', 'copy', { gotoolchain: 'auto' })).toContain('GOTOOLCHAIN is auto: a go.mod could switch');
  expect(told('go1.26.8', 'overlay', { gotoolchain: 'go1.30.0' })).toContain('set GOTOOLCHAIN=local');
  expect(told('go1.26.8', 'copy', { gotoolchain: 'local' })).toBe('');
  expect(told('go1.20.14', 'copy', { gotoolchain: 'auto' })).toBe('');
});

it('tells of a GOROOT and an overlay that pass a copy by', () => {
  expect(told('go1.26.8', 'copy', { goroot: '/usr/go' })).toContain('GOROOT is set to /usr/go and wins over the copy');
  expect(told('go1.26.8', 'copy', { goroot: '/copy' })).toBe('');
  expect(told('go1.26.8', 'copy', { goflags: '-mod=mod -overlay=/o.json' })).toContain('GOFLAGS has -overlay');
});

it('tells who does not see an overlay: go vet does since Go 1.24', () => {
  expect(told('go1.23.4', 'overlay')).toMatch(/^go vet and gopls do not see the overlay;/);
  expect(told('go1.24.0', 'overlay')).toMatch(/^gopls does not see the overlay;/);
});

it('tells what else old releases need, and what patches of tools need', () => {
  expect(told('go1.9.7', 'copy')).toContain('CC=musl-gcc bin/go install -a std, in the copy');
  expect(told('go1.10', 'copy')).toBe('');
  expect(told('go1.2.2', 'copy')).toContain('-extld=musl-gcc');
  expect(told('go1.3', 'copy')).not.toContain('-extld');
  expect(told('go1.26.8', 'copy', {}, [tool])).toContain('give this copy a GOCACHE of its own');
  expect(told('go1.26.8', 'overlay', {}, [tool])).toContain('faster-link changes cmd/link: it needs --out.');
});

it('finds the last -overlay of GOFLAGS, however it is written', () => {
  expect(overlayOf('-overlay=/a.json --overlay=/b.json')).toBe('/b.json');
  expect(overlayOf("'-overlay=/with-quotes.json'")).toBe('/with-quotes.json');
  expect(overlayOf('-mod=mod')).toBeNull();
  expect(overlayOf(null)).toBeNull();
});
