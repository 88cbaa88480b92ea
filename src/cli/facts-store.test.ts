import { beforeEach, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { memoryStore, type Store } from '../io/store.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import { openFactsStore } from './facts-store.ts';

let store: Store = memoryStore();
beforeEach(() => {
  store = memoryStore();
});

const dir = '/cache/example.org/m@v1.0.0/p';
const pkg = { importPath: 'example.org/m/p', dir, standard: false, goFiles: ['a.go'], cgoFiles: [], imports: ['os'] };
const known = pkg as unknown as GraphPackage;
const facts: PackageFacts = {
  package: 'example.org/m/p',
  go: [],
  dynamicImports: [],
  imports: {},
  files: 1,
  bytes: 20,
  limits: [],
};
const telling: PackageFacts = { ...facts, imports: { 'os/user': { file: 'a.go', line: 3, column: 8 } } };
const open = (stamp = 'one', changed = 5) =>
  openFactsStore(store, stamp, '/cache', '/project', { ...memoryFiles({}), modified: () => changed });

function kept(of: PackageFacts, one: Partial<GraphPackage> = {}) {
  const cache = open();
  cache.put({ ...known, ...one }, of);
  cache.settle();
}

it.each([facts, telling])('gives the same facts in a later run', (of) => {
  kept(of);
  expect(open().get(known)).toEqual(of);
});

it.each<[string, Partial<GraphPackage>]>([
  ['other files', { goFiles: ['a.go', 'b.go'] }],
  ['files with cgo', { goFiles: [], cgoFiles: ['a.go'] }],
  ['an import that is asked about', { imports: ['os', 'os/user'] }],
  ['another folder', { dir: '/cache/example.org/m@v1.0.1/p' }],
])('has none for a package with %s', (_, change) => {
  kept(telling);
  expect(open().get({ ...known, ...change })).toBeNull();
});

it('has none for a folder that changed, for another gomusl, and outside the module cache', () => {
  kept(telling);
  expect(open('one', 6).get(known)).toBeNull();
  expect(open('two').get(known)).toBeNull();
  kept(telling, { dir: '/project/p' });
  expect(open().get({ ...known, dir: '/project/p' })).toBeNull();
});

it('keeps nothing of a package of which a file could not be read', () => {
  kept({ ...facts, limits: [{ reason: 'gone', file: 'a.go' }] });
  expect(open().get(known)).toBeNull();
});

it('keeps those of a run before that this one did not ask for', () => {
  kept(telling);
  kept(facts, { importPath: 'example.org/m/q' });
  expect(open().get(known)).toEqual(telling);
});

it.each(['', '[[', '{}', '[["x",[1]]]', '[["x",[1,null]]]', '[["x",null]]', '[1]'])('takes %j for none', (text) => {
  store = { ...store, get: () => text };
  expect(open().get(known)).toBeNull();
  kept(facts);
});
