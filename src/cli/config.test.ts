import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { Failure } from '../model/failure.ts';
import { readBuildOptions } from './build-options.ts';
import { readCheckOptions } from './check-options.ts';
import { parseConfig, readConfig } from './config.ts';

/** The one line that a failure prints. */
function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.message}: ${error.where}; ${error.action}`;
    throw error;
  }
  return 'none';
}

const whole = 'allow: [tags, module-patches]\ntags: [netgo]\ntoolchain: zig\nmusl: 1.2.5\nfail-on: warning\n';

it('reads values by the flag whose default they are, one or several', () => {
  expect(Object.fromEntries(parseConfig(whole, 'c'))).toEqual({
    allow: 'tags,module-patches',
    tags: 'netgo',
    toolchain: 'zig',
    musl: '1.2.5',
    'fail-on': 'warning',
  });
  expect(parseConfig('allow: tags\n', 'c').get('allow')).toBe('tags');
  expect(parseConfig('# nothing yet\n', 'c').size).toBe(0);
});

it.each([
  ['allow: [tags]\n\ntolchain: zig\n', '2 unknown key tolchain in the config: c:3; use allow, tags, toolchain'],
  ['__proto__: x\n', '2 unknown key __proto__ in the config: c:1; use allow'],
  [
    'allow:\n  - tags\n  - everything\n',
    '2 allow in the config has an unknown value everything: c:3; use tags, module',
  ],
  ['toolchain: ./cc\n', '2 toolchain in the config has an unknown value ./cc: c:1; use auto, musl-gcc'],
  ['toolchain: /usr/bin/gcc\n', '2 toolchain in the config has an unknown value /usr/bin/gcc: c:1; use auto'],
  ['fail-on: never\n', '2 fail-on in the config has an unknown value never: c:1; use error, warning, blocked'],
  ['tags: [-toolexec=x]\n', '2 tags in the config has an unknown value -toolexec=x: c:1; use build tags'],
  ['tags: {a: b}\n', '2 tags in the config has an unknown value no plain word: c:1'],
  ['a: &a [b]\nallow: *a\n', '2 unknown key a in the config: c:1'],
  ['allow: *a\n', '2 allow in the config has an unknown value no plain word: c:1; use tags'],
  ['allow: [tags\n', '2 the config is no YAML'],
  ['- tags\n', '2 the config has no keys: c:1'],
])('says file, line and what is allowed: %j', (text, line) => {
  expect(failure(() => parseConfig(text, 'c')).slice(0, line.length)).toBe(line);
});

it('looks beside the next go.mod above, and no further', () => {
  const files = memoryFiles({
    '/w/gomusl.yaml': 'toolchain: zig\n',
    '/w/m/go.mod': 'module m\n',
    '/w/m/gomusl.yaml': 'tags: a\n',
    '/w/m/cmd/x/gomusl.yaml': 'tags: b\n',
    '/w/n/go.mod': 'module n\n',
    '/w/long/go.mod': 'module l\n',
    '/w/long/gomusl.yaml': '#'.repeat(65_537),
  });
  expect(readConfig('/w/m/cmd/x', files).get('tags')).toBe('a');
  expect(readConfig('/w/n', files).size).toBe(0);
  expect(readConfig('/w', files).size).toBe(0);
  expect(failure(() => readConfig('/w/long', files))).toContain('longer than 64 KiB: /w/long/gomusl.yaml');
});

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gomusl-config-'));
  mkdirSync(join(dir, 'cmd'));
  writeFileSync(join(dir, 'go.mod'), 'module m\n');
  writeFileSync(join(dir, 'gomusl.yaml'), whole);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('takes a flag before the environment, the environment before the config, the config before the default', () => {
  const options = (words: string[], environment = {}) => readCheckOptions(['-C', dir, ...words], '/', environment);
  expect(options([])).toMatchObject({
    allow: ['tags', 'module-patches'],
    tags: ['netgo'],
    toolchain: 'zig',
    musl: { version: '1.2.5' },
    failOn: 'warning',
  });
  const flags = ['--allow=', '-tags=', '--toolchain=auto', '--musl=1.2.3', '--fail-on=never'];
  expect(options(flags)).toMatchObject({ allow: [], tags: [], toolchain: 'auto', failOn: 'never' });
  expect(options([], { GOFLAGS: '-tags=osusergo' })?.tags).toBeNull();
  expect(options(['example.org/other@v1.0.0'])).toMatchObject({ allow: [], tags: null, toolchain: 'auto' });
  expect(readBuildOptions(['-C', join(dir, 'cmd')], '/', {})?.check).toMatchObject({
    allow: ['tags', 'module-patches'],
  });
  expect(readBuildOptions(['-C', dir, '--allow=tags'], '/', {})?.check.allow).toEqual(['tags']);
  expect(failure(() => options(['--allow=shims']))).toBe(
    '2 --allow has an unknown value: shims; use tags, module-patches',
  );
});

it('keeps what a person gave to choose the target, and nothing of the config', () => {
  const words = ['-C', dir, '--tags', 'x', '--offline=false', '-race', '--goarch', 'arm64', '--confirm', './a'];
  expect(readCheckOptions(words, '/', {})?.given).toEqual({
    flags: [`-C=${dir}`, '-tags=x', '-race', '--goarch=arm64'],
    packages: ['./a'],
  });
});
