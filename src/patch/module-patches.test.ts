import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { replacedFiles } from '../io/replaced-files.ts';
import { modulePatchesFor, replacingModules, vendorOverlay } from './module-patches.ts';
import type { Patch } from './patch.ts';
import { absoluteWorkspace } from './workspace.ts';

const hunk = '--- a/x.go\n+++ b/x.go\n@@ -1,2 +1,2 @@\n package x\n-var a = 1\n+var a = 2\n';
const patch = {
  name: 'a-patch',
  target: { module: 'example.org/X' },
  range: { from: '1.1.0', to: '1.2.9', fixed: null },
  goos: ['linux'],
  goarch: [],
  packages: ['example.org/X'],
  needs: {},
  shapes: [
    {
      diff: 'a.patch',
      go: { from: '1.1.0', to: '1.2.9' },
      files: [{ path: 'x.go', before: [], after: [], fixed: '' }],
    },
  ],
  diffs: { 'a.patch': hunk },
  hash: 'ab'.repeat(32),
} as unknown as Patch;
const module = { path: 'example.org/X', version: 'v1.2.3', dir: '/m/vendor/example.org/X' };
const files = memoryFiles({ '/m/vendor/example.org/X/x.go': 'package x\nvar a = 1\n' });
const target = { goos: 'linux', goarch: 'amd64' };

describe('a patch of a module', () => {
  it('is for its module and its versions, and stands for vendored files in an overlay', () => {
    const judged = modulePatchesFor([module, { ...module, path: 'example.org/other' }], [patch], target, files);
    expect(judged.map(({ module: { path }, answers }) => [path, answers[0]?.state])).toEqual([
      ['example.org/X', 'needed'],
    ]);
    const [[path, content] = ['', new Uint8Array(0)]] = vendorOverlay(judged);
    expect([path, Buffer.from(content).toString()]).toEqual([`${module.dir}/x.go`, 'package x\nvar a = 2\n']);
    const later = modulePatchesFor([{ ...module, version: 'v1.3.0' }], [patch], target, files);
    expect(later[0]?.answers[0]).toMatchObject({
      state: 'not for this target',
      detail: expect.stringContaining('v1.2.9'),
    });
    expect(vendorOverlay(later).size).toBe(0);
  });

  it('takes the place of the module in a go.mod, unless the person has replaced it', () => {
    const copies = [{ module, dir: '/cache/a b' }];
    const goMod = 'module m\n\nrequire example.org/X v1.2.3\n';
    expect(replacingModules(goMod, copies)).toBe(`${goMod}\nreplace example.org/X v1.2.3 => "/cache/a b"\n`);
    for (const own of ['replace example.org/X => ../x', 'replace (\n\texample.org/X v1.2.3 => ../x\n)']) {
      expect(() => replacingModules(`${goMod}\n${own}\n`, copies)).toThrow('go.mod replaces the module');
    }
    expect(() => replacingModules(`${goMod}replace example.org/X/v2 => ../x\n`, copies)).not.toThrow();
  });
});

it('writes a workspace that means the same from elsewhere', () => {
  const work = {
    Go: '1.21',
    Toolchain: { Name: 'go1.22.1' },
    Use: [{ DiskPath: '.' }, { DiskPath: '../lib' }, { DiskPath: '/abs' }],
    Replace: [
      { Old: { Path: 'a' }, New: { Path: './a' } },
      { Old: { Path: 'b', Version: 'v1.0.0' }, New: { Path: 'c', Version: 'v2.0.0' } },
    ],
  };
  expect(absoluteWorkspace(JSON.stringify(work), '/w/app').split('\n')).toEqual([
    'go 1.21',
    'toolchain go1.22.1',
    'use "/w/app"',
    'use "/w/lib"',
    'use "/abs"',
    'replace a => "/w/app/a"',
    'replace b v1.0.0 => c v2.0.0',
    '',
  ]);
});

it('shows patched contents in place of files, and files that are new', () => {
  const seen = replacedFiles(
    memoryFiles({ '/a': 'old', '/b': 'kept' }),
    new Map([
      ['/a', Buffer.from('newer')],
      ['/c', Buffer.from('added')],
    ]),
  );
  const buffer = new Uint8Array(3);
  expect([seen.size('/a'), seen.size('/b'), seen.exists('/c'), seen.exists('/d')]).toEqual([5, 4, true, false]);
  expect(Buffer.from(seen.readRange('/a', 3, 9) ?? []).toString()).toBe('er');
  expect([seen.readInto('/a', buffer), Buffer.from(buffer).toString()]).toEqual([3, 'new']);
  expect(Buffer.from(seen.read('/b') ?? []).toString()).toBe('kept');
});
