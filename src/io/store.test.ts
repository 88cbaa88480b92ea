import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskStore, userCacheFolder } from './store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps texts from run to run, and leaves nothing half-written', () => {
  diskStore(join(folder, 'a/b')).put('key', 'text');
  expect(diskStore(join(folder, 'a/b')).get('key')).toBe('text');
  expect(diskStore(join(folder, 'a/b')).get('other')).toBeNull();
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['key']);
});

it('trusts nothing that another user can have written', () => {
  const store = diskStore(folder);
  store.put('key', 'text');
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
  chmodSync(join(folder, 'key'), 0o620);
  expect(store.get('key')).toBeNull();
  store.put('key', 'text');
  expect(store.get('key')).toBe('text');
});

it('removes what nobody asks for, and the least used beyond a number', () => {
  const store = diskStore(folder);
  const names = ['plan-a', 'plan-b', 'plan-c', 'plan-d', 'other'];
  for (const [at, name] of names.entries()) {
    store.put(name, name);
    const used = Date.now() / 1000 - (at === 3 ? 90 : 10 - at) * 86_400;
    utimesSync(join(folder, name), used, used);
  }
  expect(store.get('plan-a')).toBe('plan-a'); // that is a use of it
  store.prune('plan-', 2, 60);
  expect(readdirSync(folder).sort()).toEqual(['other', 'plan-a', 'plan-c']);
});

it('bears a cache that cannot be written', () => {
  writeFileSync(join(folder, 'file'), '');
  const store = diskStore(join(folder, 'file/cache'));
  store.put('key', 'text');
  expect(store.get('key')).toBeNull();
  const tree = store.tree('t', { x: { text: folder } });
  expect(readFileSync(join(tree, 'x'), 'utf8')).toBe(folder);
  rmSync(tree, { recursive: true });
});

it('places a folder whole, at a path that its content decides', () => {
  const store = diskStore(folder);
  const entries = { 'bin/cc': { text: '#!/bin/sh\n', mode: 0o755 }, linux: { link: '/usr/include/linux' } };
  const first = store.tree('tools', entries);
  expect(statSync(join(first, 'bin/cc')).mode & 0o777).toBe(0o755);
  chmodSync(join(first, 'bin/cc'), 0o700);
  expect(store.tree('tools', entries)).toBe(first);
  expect(statSync(join(first, 'bin/cc')).mode & 0o777).toBe(0o700);
  expect(store.tree('tools', { 'bin/cc': { text: 'other' } })).not.toBe(first);
  expect(readdirSync(join(folder, 'trees')).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('knows the place of the cache by the environment alone', () => {
  expect(userCacheFolder({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/gomusl');
  expect(userCacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/h' })).toBe('/h/.cache/gomusl');
  expect(userCacheFolder({})).toBeNull();
});
