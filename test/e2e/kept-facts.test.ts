// What is kept of packages from run to run changes no result.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
let folder = '';
let dir = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-kept-'));
  dir = join(folder, 'app');
  mkdirSync(dir);
  write('go.mod', 'module example.org/app\n\ngo 1.21\n');
  write('main.go', 'package main\n\n// #include "s.h"\nimport "C"\n\nfunc main() { C.word() }\n');
  write('s.c', '#include "s.h"\n#include "t.h"\nint used(void) { return word(); }\n');
  write('t.h', '#include <stdio.h>\n');
});
beforeEach(() => {
  rmSync(join(folder, 'cache'), { recursive: true, force: true });
  write('s.h', 'static inline int word(void) { return 1; }\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string) {
  writeFileSync(join(dir, name), text);
}

function check(cache = 'cache') {
  // Of a file that changed within the last moment nothing is kept.
  spawnSync('sleep', ['0.1']);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, cache), GOCACHE: join(folder, 'go') };
  const ended = spawnSync('node', [gomusl, 'check', '--format', 'json', '.'], { cwd: dir, encoding: 'utf8', env });
  return { code: ended.status, said: ended.stderr, out: ended.stdout };
}

const kept = () => readdirSync(join(folder, 'cache/gomusl')).filter((name) => /^(view|facts)-/.test(name));

it('gives the same bytes from the cache, from one that is damaged, and from one that cannot be written', () => {
  const cold = check();
  expect(cold).toMatchObject({ code: 0, said: '' });
  expect(kept()).not.toEqual([]);
  expect(check()).toEqual(cold);
  for (const name of kept()) truncateSync(join(folder, 'cache/gomusl', name), 40);
  expect(check()).toEqual(cold);
  chmodSync(join(folder, 'cache/gomusl'), 0o500);
  expect(check()).toEqual(cold);
  writeFileSync(join(folder, 'file'), '');
  expect(check('file')).toEqual(cold);
});

it('sees a header that changed, and one that was not there before', () => {
  expect(check().code).toBe(0);
  write('s.h', '#include <gnu/lib-names.h>\nstatic inline int word(void) { return 1; }\n');
  expect(check()).toMatchObject({ code: 1, out: expect.stringContaining('gnu/lib-names.h') });
  mkdirSync(join(dir, 'gnu'));
  write('gnu/lib-names.h', '');
  write('main.go', 'package main\n\n// #cgo CFLAGS: -I.\n// #include "s.h"\nimport "C"\n\nfunc main() { C.word() }\n');
  expect(check().code).toBe(0);
  rmSync(join(dir, 'gnu'), { recursive: true });
  expect(check().code).toBe(1);
});
