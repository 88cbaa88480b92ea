import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: string[], environment: Record<string, string | undefined>, cwd = folder) {
  const env = { ...process.env, CC: undefined, CXX: undefined, CGO_ENABLED: undefined, ...environment };
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

const triple = spawnSync('gcc', ['-dumpmachine'], { encoding: 'utf8' }).stdout?.trim().replace(/-gnu$/, '-musl');
const debian = { lib: `/usr/lib/${triple}`, include: `/usr/include/${triple}` };
const reason = existsSync(join(debian.lib, 'musl-gcc.specs')) ? null : `there is no ${debian.lib}/musl-gcc.specs`;
const noNetwork = ['unshare', '-rn'];
const isolated = spawnSync('unshare', ['-rn', 'true']).status === 0;
if (!isolated) process.stderr.write('a namespace without a network is not permitted: a dead proxy stands in for it\n');
if (reason !== null) process.stderr.write(`skipped: a bundle of a toolchain, since ${reason}\n`);

it.skipIf(reason !== null)('carries a toolchain to a machine without a network', () => {
  // A musl as `toolchain install musl` leaves it, out of Debian's files: building one takes a minute.
  const first = join(folder, 'first');
  const musl = join(first, 'gomusl/toolchains/musl-1.2.3');
  mkdirSync(join(musl, 'bin'), { recursive: true });
  cpSync(debian.lib, join(musl, 'lib'), { recursive: true });
  cpSync(debian.include, join(musl, 'include'), { recursive: true });
  const specs = readFileSync(join(musl, 'lib/musl-gcc.specs'), 'utf8');
  const moved = specs.replaceAll(debian.lib, join(musl, 'lib')).replaceAll(debian.include, join(musl, 'include'));
  writeFileSync(join(musl, 'lib/musl-gcc.specs'), moved);
  const script = `#!/bin/sh\nexec gcc "$@" -specs "${musl}/lib/musl-gcc.specs"\n`;
  writeFileSync(join(musl, 'bin/musl-gcc'), script, { mode: 0o755 });
  const packed = run(['node', gomusl, 'toolchain', 'bundle', 'b.zip'], { XDG_CACHE_HOME: first });
  expect(packed).toMatchObject({ status: 0, stdout: `${join(folder, 'b.zip')}\n` });
  rmSync(first, { recursive: true });

  const second = join(folder, 'second');
  const dir = join(folder, 'hello');
  mkdirSync(dir);
  writeFileSync(join(dir, 'go.mod'), 'module example.org/hello\n\ngo 1.21\n');
  const main =
    'package main\n\n// static int two(void) { return 2; }\nimport "C"\n\nfunc main() { println(C.two()) }\n';
  writeFileSync(join(dir, 'main.go'), main);
  const goCaches = run(['go', 'env', 'GOCACHE', 'GOMODCACHE'], {}).stdout.trim().split('\n');
  const dead = 'http://127.0.0.1:1';
  const environment = {
    XDG_CACHE_HOME: second,
    GOCACHE: goCaches[0],
    GOMODCACHE: goCaches[1],
    HTTP_PROXY: dead,
    HTTPS_PROXY: dead,
    GOPROXY: dead,
  };
  const cut = isolated ? noNetwork : [];
  const installed = run([...cut, 'node', gomusl, 'toolchain', 'install', 'b.zip'], environment);
  const place = join(second, 'gomusl/toolchains/musl-1.2.3');
  expect(installed).toMatchObject({ status: 0, stdout: expect.stringContaining(`${place}\n`) });
  const words = ['build', '--toolchain', join(place, 'bin/musl-gcc'), '-o', 'app'];
  expect(run([...cut, 'node', gomusl, ...words], environment, dir).stderr).toMatch(/app: static, musl 1\.2\.\d/);
  expect(run([join(dir, 'app')], {}).stderr).toBe('2\n');

  const gomuslToolchain = (...more: string[]) => run(['node', gomusl, 'toolchain', ...more], environment).stdout;
  expect(gomuslToolchain('list')).toContain(`musl-gcc: ${place}/bin/musl-gcc (installed by gomusl)\n`);
  expect(gomuslToolchain('remove', 'musl-1.2.3')).toBe('removed musl-1.2.3\n');
  expect(existsSync(place)).toBe(false);
  expect(gomuslToolchain('list')).not.toContain('installed by gomusl');

  truncateSync(join(folder, 'b.zip'), 100_000);
  const broken = run(['node', gomusl, 'toolchain', 'install', 'b.zip'], { XDG_CACHE_HOME: join(folder, 'third') });
  expect(broken).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/^gomusl: .*cut short.*\n$/) });
});

it.each(['zig', 'musl'])('says in one line that there is no place for %s', (name) => {
  writeFileSync(join(folder, 'file'), '');
  const environment = { XDG_CACHE_HOME: '', HOME: join(folder, 'file') };
  const { status, stderr } = run(['node', gomusl, 'toolchain', 'install', name], environment);
  expect(stderr).toMatch(/^gomusl: the folder cannot be made: [^\n]*\n$/);
  expect(status).toBe(3);
});

it.each([
  [['bundle'], 'no file is named'],
  [['bundle', 'x.zip'], 'gomusl has no toolchain installed'],
  [['bundle', 'x.zip', '../zig'], 'gomusl has no toolchain installed'],
  [['install', 'none.zip'], 'there is nothing of this name to install'],
  [['install', 'musl', '--version', '9.9.9'], 'no checksum of this musl is known'],
])('refuses %j in one line', (words, message) => {
  const { status, stderr } = run(['node', gomusl, 'toolchain', ...words], { XDG_CACHE_HOME: join(folder, 'empty') });
  expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
  expect(stderr).toContain(message);
});
