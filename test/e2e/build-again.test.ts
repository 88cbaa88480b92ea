// What `gomusl build` does when it is asked again: without a change, with one, and with one that stands in the way.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const go = execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim();
let folder = '';
let dir = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-again-'));
  dir = join(folder, 'app');
  mkdirSync(dir, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  // A go that writes down what it is asked.
  const script = `#!/bin/sh\necho "$1" >> ${folder}/asked\nexec ${go} "$@"\n`;
  writeFileSync(join(folder, 'bin/go'), script);
  chmodSync(join(folder, 'bin/go'), 0o755);
  write('go.mod', 'module example.org/app\n\ngo 1.21\n');
  write('s.h', '#define WORD "one"\n');
  write('main.go', main('#include "s.h"'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => writeFileSync(join(folder, 'asked'), ''));

const main = (line: string) =>
  `package main\n\n/*\n${line}\nstatic const char *word(void) { return WORD; }\n*/\nimport "C"\n\nfunc main() { println(C.GoString(C.word())) }\n`;

function write(name: string, text: string) {
  writeFileSync(join(dir, name), text);
}

function build(words: string[] = []) {
  const env = {
    ...process.env,
    PATH: `${folder}/bin:${process.env.PATH}`,
    XDG_CACHE_HOME: join(folder, 'cache'),
    GOCACHE: execFileSync(go, ['env', 'GOCACHE'], { encoding: 'utf8' }).trim(),
  };
  // Files that changed within the last moment are looked at again.
  spawnSync('sleep', ['0.1']);
  const ended = spawnSync('node', [gomusl, 'build', ...words], { cwd: dir, encoding: 'utf8', env });
  const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
  return { code: ended.status, said: ended.stderr, asked };
}

const says = () => spawnSync(join(dir, 'app'), { encoding: 'utf8' }).stderr.trim();
const sources = ['go.mod', 'main.go', 's.h'];

it('starts nothing but go build when nothing changed, and still says what the product is', () => {
  const first = build();
  expect(first.said).toMatch(/app: static, musl/);
  expect(first.asked).toContain('list');
  writeFileSync(join(folder, 'asked'), '');
  const second = build();
  expect(second).toEqual({ code: 0, said: first.said, asked: ['build'] });
  rmSync(join(dir, 'app'));
  expect(build().said).toBe(first.said);
  expect(says()).toBe('one');
});

it('looks again when a header, a file of Go or the settings changed', () => {
  write('s.h', '#define WORD "two"\n');
  expect(build().asked).toContain('list');
  expect(says()).toBe('two');
  expect(readdirSync(dir).sort()).toEqual(['app', ...sources]);
  writeFileSync(join(folder, 'asked'), '');
  write('gomusl.yaml', 'toolchain: musl-gcc\n');
  expect(build().asked).toContain('list');
  rmSync(join(dir, 'gomusl.yaml'));
});

it('takes the plan as it is after an edit of Go that no check reads, and looks again after one that it does', () => {
  write('more.go', 'package main\n\nvar more = 1\n');
  expect(build().asked).toContain('list');
  writeFileSync(join(folder, 'asked'), '');
  write('more.go', 'package main\n\nvar more = 2\n\nfunc init() { println(more) }\n');
  expect(build().asked).toEqual(['build']);
  expect(says()).toBe('2\ntwo');
  write('more.go', 'package main\n\nimport "os"\n\nvar more = os.Args\n');
  expect(build().asked).toContain('list');
  rmSync(join(dir, 'more.go'));
});

it('refuses what can no longer be built, and leaves the old product and nothing else', () => {
  const old = statSync(join(dir, 'app')).mtimeMs;
  write('main.go', main('#include "s.h"\n#include <gnu/lib-names.h>'));
  const { code, said } = build();
  expect({ code, first: said.split(':')[0] }).toEqual({ code: 1, first: 'blocked' });
  expect(statSync(join(dir, 'app')).mtimeMs).toBe(old);
  expect(readdirSync(dir).sort()).toEqual(['app', ...sources]);
  write('main.go', main('#include "s.h"'));
  expect(build().code).toBe(0);
});

it("shows the compiler's errors, and leaves nothing behind", () => {
  write('main.go', main('#include "s.h"').replace('println(', 'printn('));
  const { code, said } = build();
  expect(code).toBe(3);
  expect(said).toContain('undefined: printn');
  expect(readdirSync(dir).sort()).toEqual(['app', ...sources]);
});

it('puts the header of a library for C in place too', () => {
  const library = join(folder, 'library');
  mkdirSync(library);
  const app = dir;
  dir = library;
  write('go.mod', 'module example.org/library\n\ngo 1.21\n');
  for (const name of ['One', 'Two']) {
    write('main.go', `package main\n\nimport "C"\n\n//export ${name}\nfunc ${name}() {}\n\nfunc main() {}\n`);
    expect(build(['-buildmode=c-archive', '-o', 'x.a']).code).toBe(0);
    expect(readFileSync(join(library, 'x.h'), 'utf8')).toContain(`extern void ${name}(`);
    rmSync(join(library, 'x.h'));
    expect(build(['-buildmode=c-archive', '-o', 'x.a']).code).toBe(0);
    expect(readdirSync(library).sort()).toEqual(['go.mod', 'main.go', 'x.a', 'x.h']);
  }
  dir = app;
});

it('asks of a plan that it remembers all that it would ask of a new one', () => {
  write('main.go', main('#include "s.h"'));
  expect(build(['-tags', 'x']).asked).toContain('list');
  writeFileSync(
    join(
      folder,
      'cache/gomusl',
      readdirSync(join(folder, 'cache/gomusl')).find((name) => name.startsWith('plan-')) ?? '',
    ),
    '{"plan":1',
  );
  expect(build().code).toBe(0);
});
