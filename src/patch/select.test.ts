import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { readGoTree } from './go-tree.ts';
import { loadPatches } from './load.ts';
import type { PatchTarget } from './select.ts';
import { selectPatches } from './select.ts';

const yaml = (more = '') => `title: a patch for tests of the engine
issue: https://go.dev/issue/1
target: std
range: { from: '1.2', to: '1.5', fixed: '1.6' }
goos: [linux]
packages: [os/x]
${more}shapes:
  - diff: old.patch
    go: { from: '1.2', to: '1.3' }
    files: [{ path: src/pkg/os/x/x.go }]
  - diff: new.patch
    go: { from: '1.4', to: '1.5' }
    files: [{ path: src/os/x/x.go, before: [var size], after: ['size = 1024'], fixed: 'upstream did it' }]
`;
const hunk = '@@ -2,2 +2,3 @@\n var size\n+size = 1024\n use(size)\n';
const folder = {
  '/p/x/patch.yaml': yaml(),
  '/p/x/old.patch': `--- a/src/pkg/os/x/x.go\n+++ b/src/pkg/os/x/x.go\n${hunk}`,
  '/p/x/new.patch': `--- a/src/os/x/x.go\n+++ b/src/os/x/x.go\n${hunk}`,
};
const source = 'package x\nvar size\nuse(size)\n';
const amd64: PatchTarget = { goos: 'linux', goarch: 'amd64' };

function judge(version: string, path: string, text: string, target = amd64, more = '') {
  const patches = loadPatches('/p', memoryFiles({ ...folder, '/p/x/patch.yaml': yaml(more) }));
  const files = memoryFiles({ '/go/VERSION': version, '/go/src/runtime/x.go': '', [`/go/${path}`]: text });
  return selectPatches(patches, readGoTree('/go', files).version, target, '/go', files)[0];
}

describe('the five answers', () => {
  it('needed: each release gets the diff of its shape', () => {
    const answer = judge('go1.5.4', 'src/os/x/x.go', source);
    expect(answer).toMatchObject({ state: 'needed', files: [{ path: 'src/os/x/x.go', offsets: [0] }] });
    expect(Buffer.from(answer?.files[0]?.content ?? []).toString()).toBe(
      'package x\nvar size\nsize = 1024\nuse(size)\n',
    );
    expect(judge('go1.3.3', 'src/pkg/os/x/x.go', source)).toMatchObject({ state: 'needed' });
  });

  it('applied', () => {
    const done = 'package x\nvar size\nsize = 1024\nuse(size)\n';
    expect(judge('go1.4', 'src/os/x/x.go', done)).toMatchObject({ state: 'applied', files: [] });
  });

  it('fixed upstream: by release, or because a distribution took the fix over', () => {
    const since = judge('go1.6', 'src/os/x/x.go', source);
    expect(since).toMatchObject({ state: 'fixed upstream', detail: 'fixed upstream since go1.6' });
    expect(judge('go1.26.8', 'src/os/x/x.go', '')?.state).toBe('fixed upstream');
    expect(judge('go1.5.4', 'src/os/x/x.go', '// upstream did it\n')?.state).toBe('fixed upstream');
  });

  it('needed still in a candidate of the fixing release that has not got the fix', () => {
    expect(judge('go1.6beta1', 'src/os/x/x.go', source)?.state).toBe('needed');
  });

  it('not for this target: release, system, architecture, libc', () => {
    const state = (answer: ReturnType<typeof judge>) => [answer?.state, answer?.detail];
    expect(state(judge('go1.1', 'src/os/x/x.go', source))).toEqual([
      'not for this target',
      'the fault came with go1.2',
    ]);
    const only386 = judge('go1.5', 'src/os/x/x.go', source, amd64, "goarch: ['386']\n");
    expect(state(only386)).toEqual(['not for this target', 'it is for 386']);
    const needs = "needs: { musl: '1.2.4' }\n";
    const older = judge('go1.5', 'src/os/x/x.go', source, { ...amd64, musl: '1.2.3' }, needs);
    expect(state(older)).toEqual(['not for this target', 'it is for musl 1.2.4 and later']);
    expect(judge('go1.5', 'src/os/x/x.go', source, { ...amd64, musl: '1.2.5' }, needs)?.state).toBe('needed');
  });

  it('conflict: the distribution changed the file, or took it away', () => {
    const answer = judge('go1.5.4', 'src/os/x/x.go', 'package x\nvar size\nother()\nuse(size)\n');
    expect(answer).toMatchObject({ state: 'conflict', conflicts: [{ line: 2, expected: ['var size', 'use(size)'] }] });
    expect(judge('go1.5.4', 'src/os/other.go', '')).toMatchObject({
      state: 'conflict',
      conflicts: [{ reason: 'the file does not exist', line: null }],
    });
  });

  it('conflict: a precondition does not hold', () => {
    const twice = `${source}// var size\n`;
    const [first] = judge('go1.5.4', 'src/os/x/x.go', twice)?.conflicts ?? [];
    expect(first?.reason).toBe('before the change this text must stand once, and stands 2 times');
  });
});

describe('readGoTree', () => {
  const tree = (files: Record<string, string>) => readGoTree('/go', memoryFiles(files));

  it('reads releases as distributions write them, and trees in development', () => {
    const go = (version: string, minor = 0) =>
      tree({
        '/go/VERSION': version,
        '/go/src/runtime/x.go': '',
        '/go/src/internal/goversion/goversion.go': `const Version = ${minor}\n`,
      }).version;
    expect(go('go1.22.4-1\n')).toMatchObject({ minor: 22, patch: 4, suffix: '-1' });
    expect(go('go1.24.1 X:boringcrypto\ntime 2025-01-01\n')).toMatchObject({ minor: 24, suffix: ' X:boringcrypto' });
    // Red Hat, Microsoft with FIPS, Debian and Ubuntu, a distribution's own word, Google's dev.boringcrypto.
    for (const suffix of [' (Red Hat 1.22.5-1.el9)', '-2 X:systemcrypto', '-0ubuntu1', '-alpine', '+r3', 'b7']) {
      expect(go(`go1.22.5${suffix}\n`), suffix).toMatchObject({ minor: 22, patch: 5, suffix, pre: null });
    }
    expect(go('go1.24rc2 X:boringcrypto')).toMatchObject({ minor: 24, pre: { kind: 'rc', number: 2 } });
    expect(go('devel +2f3db220d8 Mon Oct 5 2020', 17)).toMatchObject({ minor: 17, pre: { kind: 'devel' } });
    expect(go('devel go1.23-abcdef Mon')).toMatchObject({ minor: 23, pre: { kind: 'devel' } });
    const development = {
      '/go/src/internal/goversion/goversion.go': 'const Version = 28\n',
      '/go/src/runtime/x.go': '',
    };
    expect(tree(development).version).toMatchObject({ minor: 28, pre: { kind: 'devel' } });
  });

  it('refuses what is no GOROOT', () => {
    expect(() => tree({ '/go/VERSION': 'go1.5' })).toThrow('this is no GOROOT: it has no src/runtime');
    expect(() => tree({ '/other/x': '' })).toThrow('there is no such folder');
    expect(() => tree({ '/go/src/runtime/x.go': '' })).toThrow('says which Go');
  });
});

describe('loadPatches', () => {
  const load = (files: Record<string, string>) => () => loadPatches('/p', memoryFiles({ ...folder, ...files }));

  it.each([
    ['a member the schema does not know', { '/p/x/patch.yaml': yaml('colour: red\n') }, 'must NOT have additional'],
    ['a diff that leaves the tree', { '/p/x/new.patch': `--- a/../x\n+++ b/../x\n${hunk}` }, 'leaves the tree'],
    [
      'a diff of another file',
      { '/p/x/new.patch': `--- a/src/y.go\n+++ b/src/y.go\n${hunk}` },
      'disagree about src/y.go',
    ],
    [
      'a file outside src/',
      {
        '/p/x/patch.yaml': yaml().replaceAll('src/os/x', 'pkg/os'),
        '/p/x/new.patch': `--- a/pkg/os/x.go\n+++ b/pkg/os/x.go\n${hunk}`,
      },
      'outside src/',
    ],
    ['YAML that is none', { '/p/x/patch.yaml': 'title: [' }, 'it is no YAML'],
  ])('refuses %s', (_, files, message) => {
    expect(load(files)).toThrow(message);
  });
});
