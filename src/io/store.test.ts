import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
