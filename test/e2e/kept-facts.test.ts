// What is kept of packages from run to run changes no result.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { writeModuleProxy } from '../support/module-proxy.ts';

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

function check(cache = 'cache', cwd = dir, more: Record<string, string> = {}) {
  // Of a file that changed within the last moment nothing is kept.
  spawnSync('sleep', ['0.1']);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, cache), GOCACHE: join(folder, 'go'), ...more };
  const ended = spawnSync('node', [gomusl, 'check', '--format', 'json', '.'], { cwd, encoding: 'utf8', env });
  return { code: ended.status, said: ended.stderr, out: ended.stdout };
}

const cached = (names: RegExp) => readdirSync(join(folder, 'cache/gomusl')).filter((name) => names.test(name));
/** Without the whole result, what was kept of single packages is used. */
const forget = () => {
  for (const name of cached(/^check-/)) rmSync(join(folder, 'cache/gomusl', name));
};

it('gives the same bytes from the cache, from one that is damaged, and from one that cannot be written', () => {
  const cold = check();
  expect(cold).toMatchObject({ code: 0, said: '' });
  expect(check()).toEqual(cold);
  expect(cached(/^check-/)).toHaveLength(1);
  forget();
  expect(check()).toEqual(cold);
  expect(cached(/^view-/)).not.toEqual([]);
  for (const name of cached(/^(check|view|facts)-/)) truncateSync(join(folder, 'cache/gomusl', name), 40);
  expect(check()).toEqual(cold);
  forget();
  chmodSync(join(folder, 'cache/gomusl'), 0o500);
  expect(check()).toEqual(cold);
  writeFileSync(join(folder, 'file'), '');
  expect(check('file')).toEqual(cold);
});

it('gives the same bytes for modules of the module cache, whose files are read once', () => {
  const library = { path: 'example.org/lib', version: 'v1.0.0' };
  const text = 'package lib\n\nimport "os"\n\nvar Current, _ = os.CreateTemp("", "x")\n';
  writeModuleProxy(join(folder, 'proxy'), [
    { ...library, files: { 'go.mod': 'module example.org/lib\n', 'lib.go': text } },
  ]);
  const means = {
    GOPROXY: `file://${folder}/proxy`,
    GOSUMDB: 'off',
    GOMODCACHE: join(folder, 'modules'),
    GOFLAGS: '-mod=mod -modcacherw',
  };
  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'go.mod'), 'module example.org/user\n\ngo 1.21\n\nrequire example.org/lib v1.0.0\n');
  writeFileSync(join(user, 'go.sum'), '');
  writeFileSync(
    join(user, 'main.go'),
    'package main\n\nimport "example.org/lib"\n\nfunc main() { println(lib.Current) }\n',
  );
  const cold = check('cache', user, means);
  expect(cold.out).toContain('"file": "lib.go"');
  expect(cached(/^facts-/)).toHaveLength(1);
  // With -mod=mod no whole result is remembered.
  expect(check('cache', user, means)).toEqual(cold);
  writeFileSync(join(folder, 'modules/example.org/lib@v1.0.0/lib.go'), 'package lib\n\nvar Current = 1\n');
  writeFileSync(join(folder, 'modules/example.org/lib@v1.0.0/more.go'), 'package lib\n');
  expect(check('cache', user, means).out).not.toContain('"file": "lib.go"');
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
