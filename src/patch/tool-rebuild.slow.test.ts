import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskTrees } from '../io/disk-trees.ts';
import { clean, reverseCopy, verifyCopy } from './copy-verify.ts';
import { readGoTree } from './go-tree.ts';
import { copyGoroot } from './goroot-copy.ts';
import { loadPatches } from './load.ts';
import { selectPatches } from './select.ts';

// No patch of ours changes a program under cmd/ so far: this one is made up, for the smallest tool that Go brings built.
const tool = 'preprofile';
const source = `src/cmd/${tool}/main.go`;
const usage = 'usage: go tool preprofile [-V] [-o output] -i input';
const yaml = `title: a tool that says it is patched
issue: https://go.dev/issue/1
target: tool
range: { from: '1.23', to: '1.99', fixed: null }
goos: [linux]
packages: [cmd/${tool}]
shapes:
  - { diff: a.patch, go: { from: '1.23', to: '1.99' }, files: [{ path: ${source} }] }
`;
const diff = `--- a/${source}
+++ b/${source}
@@ -1,3 +1,3 @@
 func usage() {
-\tfmt.Fprintf(os.Stderr, "${usage}\\n\\n")
+\tfmt.Fprintf(os.Stderr, "patched\\n\\n")
 \tflag.PrintDefaults()
`;
let room = '';

beforeAll(() => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-tool-')));
  mkdirSync(join(room, 'patches/a-tool'), { recursive: true });
  writeFileSync(join(room, 'patches/a-tool/patch.yaml'), yaml);
  writeFileSync(join(room, 'patches/a-tool/a.patch'), diff);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

function copy(goroot: string, out: string) {
  const tree = readGoTree(goroot, disk);
  const patches = loadPatches(join(room, 'patches'), disk);
  const answers = selectPatches(patches, tree.version, { goos: 'linux', goarch: 'amd64' }, goroot, disk);
  const means = { files: disk, trees: diskTrees, processes: children, pid: process.pid };
  return copyGoroot({ tree, answers, out, toolVersion: 'test', progress: () => {} }, means);
}

it('rebuilds a tool with the Go of the copy, and gives the old one back', async ({ skip }) => {
  const asked = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  skip(asked.status !== 0, 'needs go');
  const goroot = asked.stdout.trim();
  const text = disk.read(join(goroot, source));
  skip(text === null || !Buffer.from(text).includes(usage), 'this Go has no such tool, or another text of it');
  const out = join(room, 'copy');
  const { manifest } = await copy(goroot, out);
  const platforms = join(out, 'pkg/tool');
  const built = join(platforms, readdirSync(platforms)[0] ?? '', tool);
  const said = () => spawnSync(built, ['-h'], { encoding: 'utf8' }).stderr;
  expect(said()).toMatch(/^patched\n/);
  const path = built.slice(out.length + 1);
  expect(manifest.changed).toEqual([path, source].concat(existsSync(join(goroot, 'go.env')) ? ['go.env'] : []).sort());
  expect(clean(await verifyCopy(out, manifest, diskTrees, disk))).toBe(true);
  expect(readdirSync(join(out, '.gomusl')).sort()).toEqual(['files', 'manifest.json', 'original']);
  await reverseCopy(out, manifest, diskTrees, disk);
  expect(said()).toContain(usage);
  expect(readFileSync(built).equals(readFileSync(join(goroot, path)))).toBe(true);
});

it('says in one line what it lacks to build a tool, and leaves nothing behind', async () => {
  const goroot = join(room, 'unbuilt');
  for (const [path, content] of Object.entries({
    VERSION: 'go1.26.1\n',
    'src/runtime/runtime1.go': 'package runtime\n',
    [source]: `func usage() {\n\tfmt.Fprintf(os.Stderr, "${usage}\\n\\n")\n\tflag.PrintDefaults()\n`,
  })) {
    mkdirSync(dirname(join(goroot, path)), { recursive: true });
    writeFileSync(join(goroot, path), content);
  }
  const lacking = (what: string) =>
    expect(copy(goroot, join(room, 'none'))).rejects.toThrow(`cmd/${tool} cannot be rebuilt: ${what}`);
  await lacking('the tree has no bin/go to bootstrap from');
  mkdirSync(join(goroot, 'bin'));
  writeFileSync(join(goroot, 'bin/go'), '#!/bin/sh\necho "go: not for this machine" >&2\nexit 1\n', { mode: 0o755 });
  await lacking('pkg/tool does not say for which platform');
  mkdirSync(join(goroot, 'pkg/tool/linux_amd64'), { recursive: true });
  writeFileSync(join(goroot, 'pkg/tool/linux_amd64/compile'), '');
  await lacking('go: not for this machine');
  chmodSync(join(goroot, 'bin/go'), 0o644);
  await lacking('bin/go does not run here (EACCES)');
  expect(readdirSync(room).sort()).not.toContain('none');
  expect(readdirSync(room).filter((name) => name.startsWith('.'))).toEqual([]);
});
