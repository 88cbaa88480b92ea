import { describe, expect, test } from 'vitest';
import { Failure } from '../model/failure.ts';
import { escapeModule, unescapeModule } from './escape.ts';
import { parseGoMod } from './go-mod.ts';
import { parseGoWork } from './go-work.ts';
import { parseModulesTxt } from './modules-txt.ts';
import { compareSemver, isSemver } from './semver.ts';

const whole = `// Comment
module "example.org/Main" // the module

go 1.21
toolchain go1.24.1
godebug default=go1.21

require example.org/a v1.2.3
require (
	example.org/b v0.0.0-20240101000000-abcdefabcdef // indirect
	example.org/c/v2 v2.0.0+incompatible // indirect; why
	example.org/d v1.0.0 // indirectly
)
replace example.org/a => ../a
replace (
	example.org/b v1.0.0 => example.org/fork v1.0.1
	example.org/c => "./with space"
)
exclude example.org/a v1.0.0
retract v1.0.0
retract [v1.1.0, v1.2.0] // bad
tool example.org/a/cmd/x
ignore ./node_modules
tool ()
`;

test('go.mod, every word', () => {
  const mod = parseGoMod(whole, 'go.mod');
  expect(mod).toMatchObject({ module: 'example.org/Main', go: '1.21', toolchain: 'go1.24.1' });
  expect(mod.require.map((entry) => [entry.path, entry.version, entry.indirect, entry.line])).toEqual([
    ['example.org/a', 'v1.2.3', false, 8],
    ['example.org/b', 'v0.0.0-20240101000000-abcdefabcdef', true, 10],
    ['example.org/c/v2', 'v2.0.0+incompatible', true, 11],
    ['example.org/d', 'v1.0.0', false, 12],
  ]);
  expect(mod.replace).toEqual([
    { path: 'example.org/a', version: '', newPath: '../a', newVersion: '', line: 14 },
    { path: 'example.org/b', version: 'v1.0.0', newPath: 'example.org/fork', newVersion: 'v1.0.1', line: 16 },
    { path: 'example.org/c', version: '', newPath: './with space', newVersion: '', line: 17 },
  ]);
  expect(mod.exclude).toEqual([{ path: 'example.org/a', version: 'v1.0.0' }]);
  expect(mod.retract).toEqual([
    { low: 'v1.0.0', high: 'v1.0.0' },
    { low: 'v1.1.0', high: 'v1.2.0' },
  ]);
  expect([mod.tool, mod.ignore]).toEqual([['example.org/a/cmd/x'], ['./node_modules']]);
});

test('carriage returns and a byte order mark change nothing', () => {
  expect(parseGoMod(`\uFEFF${whole.replaceAll('\n', '\r\n')}`, 'go.mod')).toEqual(parseGoMod(whole, 'go.mod'));
});

describe('what Go refuses is one line with its place', () => {
  test.each([
    ['module a\nrequire (\n\tb v1\n', 'go.mod:2', 'the block of require is not closed'],
    ['module a\nrequire b\n', 'go.mod:2', 'require needs a path and a version'],
    ['module a\nrequire b master\n', 'go.mod:2', 'a version such as v1.2.3 is expected'],
    ['module "a\n', 'go.mod:1', 'a quote is not closed'],
    ['module a\nmodule b\n', 'go.mod:2', 'there is a second module line'],
    ['module a\nreplace b => c\n', 'go.mod:2', 'a replacement without a version must be a folder'],
    ['module a\nreplace b\n', 'go.mod:2', 'replace needs OLD [VERSION] => NEW [VERSION]'],
    ['module a\ngo one\n', 'go.mod:2', 'the go line needs one version, such as 1.21'],
    ['module a\nfetch b\n', 'go.mod:2', 'fetch is no word of go.mod'],
    ['go 1.21\n', 'go.mod:1', 'there is no module line'],
  ])('%j', (text, where, what) => {
    const parse = () => parseGoMod(text, 'go.mod');
    expect(parse).toThrow(Failure);
    expect(parse).toThrow(expect.objectContaining({ message: what, where }));
  });

  test('but a dependency may have words of a newer Go', () => {
    expect(parseGoMod('module a\nfetch b\nretract x\nrequire b v1.0.0\n', 'go.mod', true).require).toHaveLength(1);
  });
});

test('go.work', () => {
  const work = parseGoWork('go 1.22\ntoolchain go1.23\nuse (\n\t.\n\t./a\n)\nuse ../b\nreplace x => ./x\n', 'go.work');
  expect([work.go, work.use]).toEqual(['1.22', ['.', './a', '../b']]);
  expect(work.replace[0]?.newPath).toBe('./x');
  expect(() => parseGoWork('used .\n', 'go.work')).toThrow(expect.objectContaining({ where: 'go.work:1' }));
});

test('vendor/modules.txt', () => {
  const text = `## workspace
# example.org/a v1.0.0
## explicit; go 1.17
example.org/a
example.org/a/b
# example.org/c v1.2.0 => ../c
## explicit
example.org/c
# example.org/d v0.1.0
# example.org/c => ../c
`;
  expect(parseModulesTxt(text)).toEqual([
    {
      path: 'example.org/a',
      version: 'v1.0.0',
      replacement: null,
      explicit: true,
      goVersion: '1.17',
      packages: ['example.org/a', 'example.org/a/b'],
    },
    {
      path: 'example.org/c',
      version: 'v1.2.0',
      replacement: { path: '../c', version: '' },
      explicit: true,
      goVersion: null,
      packages: ['example.org/c'],
    },
    { path: 'example.org/d', version: 'v0.1.0', replacement: null, explicit: false, goVersion: null, packages: [] },
  ]);
});

test('paths of the module cache go back and forth', () => {
  expect(escapeModule('example.org/DATA-Dog/x')).toBe('example.org/!d!a!t!a-!dog/x');
  expect(unescapeModule('example.org/!d!a!t!a-!dog/x')).toBe('example.org/DATA-Dog/x');
  expect([unescapeModule('A'), unescapeModule('a!'), unescapeModule('a!B')]).toEqual([null, null, null]);
});

test('versions of modules are ordered as Go orders them', () => {
  const inOrder = [
    'bad',
    'v0',
    'v0.0.0-20200101000000-a',
    'v0.0.0-20210101000000-a',
    'v0.9.0',
    'v0.10.0',
    'v1.0.0-alpha',
  ];
  inOrder.push('v1.0.0-alpha.1', 'v1.0.0-alpha.beta', 'v1.0.0-beta.2', 'v1.0.0-beta.11', 'v1.0.0-rc.1', 'v1.0.0', 'v2');
  // v0 means v0.0.0, which is younger than its pre-releases.
  const expected = ['bad', ...inOrder.slice(2, 4), 'v0', ...inOrder.slice(4)];
  expect([...inOrder].reverse().sort(compareSemver)).toEqual(expected);
  expect(compareSemver('v1.2.3+incompatible', 'v1.2.3')).toBe(0);
  expect(['v1', 'v1.2.3-rc.1+x', '1.2.3', 'v01.2.3', 'v1.2.3.4', 'master'].map(isSemver)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
