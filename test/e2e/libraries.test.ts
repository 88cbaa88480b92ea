import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const machineCache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
let folder = '';
let cache = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-lib-'));
  cache = join(folder, 'cache');
  mkdirSync(join(cache, 'gomusl'), { recursive: true });
  // Libraries are of this test alone; a zig that was downloaded, and what zig has built of musl, are the machine's.
  symlinkSync(join(machineCache, 'gomusl/toolchains'), join(cache, 'gomusl/toolchains'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function module(name: string, cgo: string): string {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'go.mod'), `module example.org/${name}\n\ngo 1.21\n`);
  const body = 'func main() { fmt.Println("zlib", C.GoString(C.zlibVersion())) }';
  const preamble = `#cgo ${cgo}\n#include <zlib.h>`;
  writeFileSync(join(dir, 'main.go'), `package main\n\n/*\n${preamble}\n*/\nimport "C"\nimport "fmt"\n\n${body}\n`);
  return dir;
}

function call(dir: string, words: string[], environment: Record<string, string | undefined> = {}) {
  const GOCACHE = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
  const ZIG_GLOBAL_CACHE_DIR = join(machineCache, 'zig');
  const named = { XDG_CACHE_HOME: cache, GOCACHE, ZIG_GLOBAL_CACHE_DIR };
  const own = { CC: undefined, CXX: undefined, PKG_CONFIG: undefined, ...named };
  const env = { ...process.env, ...own, ...environment };
  const result = spawnSync('node', [gomusl, ...words], { cwd: dir, encoding: 'utf8', env });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

it.each(['musl-gcc', 'zig'])(
  'blocks, builds the library by recipe, and then builds and runs the program: %s',
  (name) => {
    const asked = module('asked', 'pkg-config: zlib');
    const named = module('named', 'LDFLAGS: -lz');
    const toolchain = ['--toolchain', name];
    const before = call(asked, ['check', ...toolchain]);
    expect(before.code).toBe(1);
    expect(before.out).toContain(`next: gomusl lib add zlib --toolchain ${name}`);
    const added = call(folder, ['lib', 'add', 'zlib', ...toolchain]);
    expect(added.err).not.toContain('failed');
    expect(added.out).toContain('its proof ran: zlib 1.2.13 ok');
    expect(added.out).toContain('licence: Zlib\n');
    for (const dir of [asked, named]) {
      const after = JSON.parse(call(dir, ['check', '--format=json', ...toolchain]).out);
      expect(after.verdict).toBe('static-with-remedies');
      expect(after.runs[0].remedies).toMatchObject([{ kind: 'recipe', recipe: 'zlib', automatic: true }]);
      const built = call(dir, ['build', '-o', 'app', ...toolchain]);
      expect(built.err).toContain('static, musl');
      expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toBe('zlib 1.2.13\n');
    }
    expect(call(folder, ['lib', 'list', ...toolchain]).out).toMatch(/^\* {2}zlib +1\.2\.13 +0\.\d MB +Zlib /m);
    expect(call(asked, ['verify', 'app']).out).toContain('library  zlib 1.2.13 (Zlib)');
    expect(call(folder, ['lib', 'remove', 'zlib']).out).toBe('removed zlib\n');
    expect(call(asked, ['check', ...toolchain]).code).toBe(1);
  },
);

it('refuses another file than the pinned one, and a build that breaks, in one line, and leaves nothing', () => {
  const wrong = join(folder, 'zlib.tar.gz');
  writeFileSync(wrong, 'not the source');
  const refused = call(folder, ['lib', 'add', 'zlib', '--source', wrong]);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(
    /^gomusl: this is not the source that the recipe of zlib is for: .*SHA-256 must be 71feb\w+\n$/,
  );
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'make'), '#!/bin/sh\necho "inflate.c:1: error: no room" >&2\nexit 2\n', { mode: 0o755 });
  const broken = call(folder, ['lib', 'add', 'zlib', '--toolchain=musl-gcc'], { PATH: `${bin}:${process.env.PATH}` });
  expect(broken.code).toBe(3);
  const line = broken.err.split('\n').filter((one) => one.includes('failed'));
  expect(line).toEqual([expect.stringContaining('building zlib failed: inflate.c:1: error: no room: make')]);
  expect(existsSync(join(cache, 'gomusl/logs/zlib.log'))).toBe(true);
  expect(readdirSync(join(cache, 'gomusl/libraries'))).toEqual([]);
});

it('leaves nothing behind when it is interrupted in the middle: children end, folders go', async () => {
  const bin = join(folder, 'slow');
  const temporary = join(folder, 'tmp');
  const started = join(folder, 'started');
  for (const dir of [bin, temporary]) mkdirSync(dir);
  writeFileSync(join(bin, 'make'), `#!/bin/sh\necho $$ > ${started}\nexec sleep 600\n`, { mode: 0o755 });
  const env = { ...process.env, XDG_CACHE_HOME: cache, PATH: `${bin}:${process.env.PATH}`, TMPDIR: temporary };
  const child = spawn('node', [gomusl, 'lib', 'add', 'lz4', '--toolchain=musl-gcc'], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  while (!existsSync(started) || readFileSync(started, 'utf8').trim() === '') {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGINT');
  expect(await ended).not.toBe(0);
  // Ended, or waiting for its new parent to take note of it.
  const stat = `/proc/${readFileSync(started, 'utf8').trim()}/stat`;
  if (existsSync(stat)) expect(readFileSync(stat, 'utf8')).toContain(') Z ');
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(join(cache, 'gomusl/libraries'))).toEqual([]);
});

it('says in one line that the disk is full, and leaves nothing half-built', ({ skip }) => {
  skip(spawnSync('unshare', ['-m', 'true']).status !== 0, 'a small file system cannot be mounted here');
  const small = join(folder, 'small');
  mkdirSync(small);
  // Room for what is remembered of the compiler, not for the source.
  const script = `mount -t tmpfs -o size=300k none ${small} && XDG_CACHE_HOME=${small} node ${gomusl} lib add lz4 --toolchain=musl-gcc; code=$?; ls -A ${small}/gomusl/libraries 2>/dev/null; exit $code`;
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script], { encoding: 'utf8' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter((line) => !line.includes(' %'))).toEqual([expect.stringMatching(/^gomusl: the disk is full/)]);
  expect(status).toBe(3);
  expect(stdout).toBe('');
});

it('takes libraries of a sysroot, and says in one line when it is for another architecture or none at all', () => {
  const dir = module('own', 'pkg-config: zlib');
  const files: Record<string, string> = {
    'include/zlib.h': 'const char *zlibVersion(void);\n',
    'lib/pkgconfig/zlib.pc': 'Name: zlib\nDescription: z\nVersion: 1\nLibs: -L/usr/lib -lz\nCflags: -I/usr/include/z\n',
    'z.c': 'const char *zlibVersion(void) { return "own"; }\n',
  };
  for (const machine of ['amd64', 'arm64', 'no-index']) {
    const sysroot = join(folder, machine);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(sysroot, path)), { recursive: true });
      writeFileSync(join(sysroot, path), text);
    }
    execFileSync('gcc', ['-c', '-fPIC', '-o', 'z.o', 'z.c'], { cwd: sysroot });
    if (machine === 'arm64') {
      // e_machine of an ELF header: 183 is AArch64.
      execFileSync('sh', ['-c', "printf '\\267' | dd of=z.o bs=1 seek=18 conv=notrunc status=none"], { cwd: sysroot });
    }
    execFileSync('ar', [machine === 'no-index' ? 'rcS' : 'rcs', 'lib/libz.a', 'z.o'], { cwd: sysroot });
  }
  const words = ['--toolchain=musl-gcc', '--sysroot'];
  expect(JSON.parse(call(dir, ['check', '--format=json', ...words, join(folder, 'amd64')]).out).verdict).toBe('static');
  expect(call(dir, ['build', '-o', 'app', ...words, join(folder, 'amd64')]).err).toContain('static, musl');
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toBe('zlib own\n');
  for (const verb of ['check', 'build']) {
    const other = call(dir, [verb, ...words, join(folder, 'arm64')]);
    expect(other.code).toBe(2);
    expect(other.err).toMatch(
      /^gomusl: the sysroot is for arm64, not for amd64: \S+libz\.a; give one for linux\/amd64\n$/,
    );
  }
  // What GNU ld says, and lld passes over.
  const noIndex = join(folder, 'no-index');
  expect(call(dir, ['check', ...words, noIndex]).out).toMatch(/GM206[^>]*without an index[^>]*> Run ranlib on it\./);
  const program = ['-x', 'c', '-static', '-o', join(noIndex, 'app'), '-', '-x', 'none', `-L${noIndex}/lib`, '-lz'];
  const linked = spawnSync('musl-gcc', program, { input: 'int main(void) { return 0; }\n', encoding: 'utf8' });
  expect(linked.stderr).toContain('archive has no index; run ranlib to add one');
  const none = call(dir, ['build', ...words, join(folder, 'none')]);
  expect(none.err).toMatch(/^gomusl: the sysroot has no folder include or lib: \S+none; give the folder above them\n$/);
});
