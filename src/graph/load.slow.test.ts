import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeModuleProxy } from '../../test/support/module-proxy.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import { loadWithGo } from './go-loader.ts';
import type { LoadRequest } from './load-request.ts';

/** Programs that a look at a module has no business with. */
const forbidden = ['cc', 'gcc', 'g++', 'c++', 'clang', 'clang++', 'musl-gcc', 'ld', 'as', 'ar', 'swig', 'pkg-config'];
const versionControl = ['git', 'hg', 'svn', 'bzr', 'fossil'];

let root = '';
let environment: Record<string, string | undefined> = {};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gomusl-load-test-'));
  const recorder = `#!/bin/sh\necho "$0 $*" >> ${root}/started\nexit 1\n`;
  mkdirSync(join(root, 'bin'));
  mkdirSync(join(root, 'tmp'));
  for (const name of [...forbidden, ...versionControl, 'toolexec']) {
    writeFileSync(join(root, 'bin', name), recorder);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  environment = {
    ...process.env,
    PATH: `${root}/bin:${process.env.PATH}`,
    GOFLAGS: `-toolexec=${root}/bin/toolexec`,
    GOTOOLCHAIN: 'auto',
    GOVCS: '*:all',
    GOPROXY: `file://${root}/proxy`,
    GONOSUMDB: '*',
    GOMODCACHE: `${root}/cache`,
    GOWORK: undefined,
  };
});

afterAll(() => {
  if (existsSync(`${root}/cache`)) execFileSync('chmod', ['-R', 'u+w', `${root}/cache`]);
  rmSync(root, { recursive: true, force: true });
});

function module(name: string, files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, file)), { recursive: true });
    writeFileSync(join(root, name, file), text);
  }
  return join(root, name);
}

function load(over: Partial<LoadRequest>) {
  const target = { goarch: null, tags: [], cgo: true, race: false, mod: null, modfile: null, offline: false };
  const request = { dir: root, patterns: [], ...target, environment, timeout: 60_000, ...over };
  return loadWithGo(request, children, disk, diskScratch());
}

it('starts nothing and writes nothing for a module that asks for everything', async () => {
  const goMod = 'module example.org/hostile\n\ngo 1.21\n\ntoolchain go1.999.0\n';
  const dir = module('hostile', {
    'go.mod': goMod,
    '.git/config': '[core]\n\tfsmonitor = "touch started"\n',
    'main.go': [
      'package main',
      `//go:generate touch ${join(root, 'started')}`,
      '// #cgo pkg-config: zlib --define-variable=prefix=/x',
      `// #cgo CFLAGS: -DDIR=${'$'}{SRCDIR}/a -fplugin=./evil.so`,
      '// #cgo LDFLAGS: -Wl,-z,now',
      '// #include <zlib.h>',
      'import "C"',
      'func main() { C.zlibVersion() }',
    ].join('\n'),
    'file.swig': '%module file',
    'constructor/constructor.go': 'package constructor\n',
    'a\nb/x.go': 'package x\n',
    'evil.so': '',
  });
  symlinkSync('/', join(dir, 'outside'));
  symlinkSync('/etc/passwd', join(dir, 'passwd.go'));
  symlinkSync('main.go', join(dir, 'loop.c'));
  const before = readdirSync(dir);
  const environmentFlags = { ...environment, CGO_CFLAGS: '-DFROM_ENVIRONMENT' };
  const broken = await load({ dir, patterns: ['./...'], environment: environmentFlags });
  expect(broken.errors.map((error) => error.position)).toContainEqual(expect.stringContaining('passwd.go:1:1'));
  expect(broken.programs.map(({ id }) => id)).toEqual(['example.org/hostile/constructor']);

  rmSync(join(dir, 'passwd.go'));
  const graph = await load({ dir, patterns: ['./...'], environment: environmentFlags });
  const main = graph.packages['example.org/hostile'];
  expect(main?.cgoFlags.cflags).toEqual([`-DDIR=${dir}/a`, '-fplugin=./evil.so']);
  expect(main?.otherFiles).toEqual(['file.swig']);
  expect(graph.programs.map(({ id }) => id)).toContain('example.org/hostile');
  expect(readFileSync(join(dir, 'go.mod'), 'utf8')).toBe(goMod);
  expect(readdirSync(dir)).toEqual(before.filter((name) => name !== 'passwd.go'));
  expect(existsSync(join(root, 'started'))).toBe(false);
});

it('loads PACKAGE@VERSION: a program by its own go.mod, a library through a module that requires it', async () => {
  const old = { path: 'example.org/dep', version: 'v1.0.0', files: { 'dep.go': 'package dep\n' } };
  const dep = { ...old, version: 'v1.1.0' };
  const app = {
    path: 'example.org/app',
    version: 'v1.2.3',
    files: {
      'go.mod': 'module example.org/app\n\ngo 1.21\n\nrequire example.org/dep v1.0.0\n',
      'lib.go': 'package app\n\nimport _ "example.org/dep"\n',
      'cmd/app/main.go': 'package main\n\nimport _ "example.org/dep"\n\nfunc main() {}\n',
    },
  };
  const dir = module('sums', { 'go.mod': app.files['go.mod'], 'main.go': app.files['cmd/app/main.go'] });
  writeModuleProxy(join(root, 'proxy'), [old, dep, app]);
  const flags = { ...environment, GOFLAGS: '-mod=mod' };
  execFileSync('go', ['mod', 'download', 'all'], { cwd: dir, env: flags as NodeJS.ProcessEnv });
  const sums = { ...app.files, 'go.sum': readFileSync(join(dir, 'go.sum'), 'utf8') };
  const newer = 'module example.org/newer\n\ngo 1.999\n';
  const outside = 'module example.org/nested\n\nrequire example.org/dep v1.0.0\n\nreplace example.org/dep => ../dep\n';
  writeModuleProxy(join(root, 'proxy'), [
    { ...app, version: 'v1.2.4', files: sums },
    { path: 'example.org/nested', version: 'v1.0.0', files: { ...app.files, 'go.mod': outside } },
    { path: 'example.org/newer', version: 'v1.0.0', files: { ...app.files, 'go.mod': newer } },
  ]);

  const program = await load({ patterns: ['example.org/app/cmd/app@v1.2.4'] });
  expect(program.errors).toEqual([]);
  expect(program.modules['example.org/app']).toMatchObject({ version: 'v1.2.4', main: true });
  expect(program.modules['example.org/dep']).toMatchObject({ version: 'v1.0.0' });
  expect(program.programs).toMatchObject([{ id: 'example.org/app/cmd/app', kind: 'program' }]);

  const library = await load({ patterns: ['example.org/app@v1.2.4'] });
  expect(library.programs).toMatchObject([{ id: 'example.org/app', kind: 'library', roots: ['example.org/app'] }]);
  expect(library.modules['example.org/app']).toMatchObject({ version: 'v1.2.4', main: false });

  const unsummed = await load({ patterns: ['example.org/app/cmd/app@v1.2.3'] });
  expect(unsummed.errors[0]?.message).toContain('missing go.sum entry');
  await expect(load({ patterns: ['example.org/nested/cmd/app@v1.0.0'] })).rejects.toMatchObject({
    message: 'go.mod replaces a module by a folder that is not there',
  });
  await expect(load({ patterns: ['example.org/newer/cmd/app@v1.0.0'] })).rejects.toMatchObject({
    message: expect.stringContaining('Go 1.999 is asked for'),
    where: 'example.org/newer@v1.0.0',
  });
  await expect(load({ patterns: ['example.org/app/cmd/none@v1.2.4'] })).rejects.toThrow(
    'the module has no such package',
  );
  await expect(load({ patterns: ['example.org/app/cmd/app@v9.0.0'] })).rejects.toMatchObject({ code: 3 });
  await expect(load({ patterns: ['example.org/other@v1.0.0'], offline: true })).rejects.toThrow(
    'not in the module cache',
  );
  expect(existsSync(join(root, 'cache/example.org/app@v1.2.4/go.sum'))).toBe(true);
  expect(existsSync(join(root, 'cache/example.org/app@v1.2.3/go.sum'))).toBe(false);
  expect(existsSync(join(root, 'started'))).toBe(false);
});

it('leaves go.mod and go.sum alone with -mod=mod, and takes vendored files where the module has them', async () => {
  const goMod = 'module example.org/m\n\ngo 1.21\n\nrequire example.org/dep v1.1.0\n';
  const dir = module('mod', { 'go.mod': goMod, 'm.go': 'package m\n\nimport _ "example.org/dep"\n' });
  const unsummed = await load({ dir });
  expect(unsummed.errors[0]?.message).toContain('missing go.sum entry');
  const graph = await load({ dir, mod: 'mod' });
  expect(graph.errors).toEqual([]);
  expect(readFileSync(join(dir, 'go.mod'), 'utf8')).toBe(goMod);
  expect(existsSync(join(dir, 'go.sum'))).toBe(false);

  module('mod', {
    'vendor/modules.txt': '# example.org/dep v1.1.0\n## explicit\nexample.org/dep\n',
    'vendor/example.org/dep/dep.go': 'package dep\n',
  });
  const vendored = await load({ dir });
  expect(vendored.modules['example.org/dep']).toMatchObject({
    version: 'v1.1.0',
    dir: `${dir}/vendor/example.org/dep`,
  });
  writeFileSync(join(dir, 'vendor/modules.txt'), '# example.org/dep v1.0.0\n## explicit\nexample.org/dep\n');
  await expect(load({ dir })).rejects.toMatchObject({ action: 'run: go mod vendor' });
});

it('loads std without a module, and for other machines', async () => {
  const graph = await load({ dir: join(root, 'tmp'), patterns: ['net', 'os/user'], goarch: 'arm64' });
  expect(graph.programs).toMatchObject([{ id: 'std', kind: 'library', roots: ['net', 'os/user'] }]);
  expect(graph.packages.net?.cgoFiles).not.toEqual([]);
  expect(graph.packages.runtime?.sFiles).toContain('asm_arm64.s');
});
