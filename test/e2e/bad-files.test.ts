import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// Files that load and then cannot be used: one line on stderr, the right exit code, within five seconds.
const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'gomusl-bad-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function module(name: string, files: Record<string, string>): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'go.mod'), 'module example.org/m\n\ngo 1.21\n');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
  return dir;
}

function run(words: string[], environment: NodeJS.ProcessEnv = process.env) {
  const started = Date.now();
  const { status, stderr } = spawnSync(process.execPath, [gomusl, ...words], { encoding: 'utf8', env: environment });
  expect(Date.now() - started).toBeLessThan(5000);
  expect(stderr).toMatch(/^gomusl: [^\n]+\n$/);
  return { status, stderr };
}

const callsC = `package main\n\n// #cgo LDFLAGS: \${SRCDIR}/libx.a\n// int run(void);\nimport "C"\n\nfunc main() { C.run() }\n`;

describe('check', () => {
  it('says unknown of a preamble that is not C', () => {
    const text = 'package main\n\n// this is no C at all {{{ "\nimport "C"\n\nfunc main() {}\n';
    const { status, stderr } = run(['check', '-C', module('preamble', { 'main.go': text }), '--toolchain', 'musl-gcc']);
    expect(status).toBe(3);
    expect(stderr).toContain('main.go: Not all of it was read: the preamble is not C that can be followed from 3:4 on');
  });

  it.each([
    ['an archive of no bytes', ''],
    ['an archive that is cut short', '!<arch>\nabc'],
  ])('names %s, where the linker would stop', (name, bytes) => {
    const dir = module(name.replaceAll(' ', '-'), { 'main.go': callsC, 'libx.a': bytes });
    const { status, stderr } = run(['check', '-C', dir]);
    expect(stderr).toMatch(/^gomusl: libx\.a is no object that can be read: main\.go:3; /);
    expect(status).toBe(1);
  });
});

describe('build', () => {
  it('says how to get a toolchain where there is none', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const go = spawnSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(go, join(bin, 'go'));
    const dir = module('no-toolchain', {
      'main.go': 'package main\n\n// int x;\nimport "C"\n\nfunc main() { C.x = 1 }\n',
    });
    const environment = {
      PATH: bin,
      HOME: join(folder, 'home'),
      GOCACHE: join(folder, 'cache'),
      GOFLAGS: '-buildvcs=false',
    };
    const { status, stderr } = run(['build', '-C', dir], environment);
    expect(status).toBe(3);
    expect(stderr).toMatch(/toolchain.*install/);
  });
});

describe('verify', () => {
  it.each([0, 10, 63, 200, 4000])('refuses an executable cut at %i bytes', (size) => {
    const file = join(folder, `cut-${size}`);
    spawnSync('cp', [process.execPath, file]);
    truncateSync(file, size);
    expect([2, 3]).toContain(run(['verify', file]).status);
  });
});
