// What `gomusl build` does when the machine, the compiler or the person is against it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeArchive } from '../archives.ts';
import { writeObject } from '../objects.ts';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'gomusl-hardships-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [GOCACHE = '', GOMODCACHE = ''] = execFileSync('go', ['env', 'GOCACHE', 'GOMODCACHE'], {
  encoding: 'utf8',
}).split('\n');

/** A program with C, in a folder of its own that also has room for temporary files and for a cache. */
function room(name: string) {
  const dir = join(folder, name);
  for (const sub of ['tmp', 'cache', 'out']) mkdirSync(join(dir, sub), { recursive: true });
  writeFileSync(join(dir, 'go.mod'), `module example.org/${name}\n\ngo 1.21\n`);
  writeFileSync(
    join(dir, 'main.go'),
    `package main\n\n/*\n#include <stdio.h>\nstatic void say(void) { puts("${name}"); fflush(stdout); }\n*/\nimport "C"\n\nfunc main() { C.say() }\n`,
  );
  const env: Record<string, string | undefined> = {
    ...process.env,
    ...{ CC: undefined, CXX: undefined, CGO_ENABLED: undefined, GOCACHE, GOMODCACHE },
    ...{ TMPDIR: join(dir, 'tmp'), XDG_CACHE_HOME: join(dir, 'cache') },
  };
  return { dir, env };
}

/** A compiler that is musl-gcc until a condition of the shell holds for its arguments `$*`. */
function compiler(dir: string, condition: string, then: string): string {
  const path = join(dir, 'cc');
  writeFileSync(path, `#!/bin/sh\nif ${condition}; then ${then}; fi\nexec musl-gcc "$@"\n`, { mode: 0o755 });
  return path;
}

const build = ({ dir, env }: ReturnType<typeof room>, ...words: string[]) =>
  spawnSync('node', [gomusl, 'build', ...words], { cwd: dir, encoding: 'utf8', env });

const isLink = `case "$*" in *go.o*) true;; *) false;; esac`;

it.each([
  ['another libc', 'exec gcc "$@"', 3, /> The compiler does not link musl statically/],
  ['no static program', 'exec musl-gcc $(echo "$@" | sed s/-static.*//)', 1, /not a static musl .*: it is dynamic/],
  [
    'an empty file',
    'for word; do [ "$last" = -o ] && : > "$word"; last=$word; done; exit 0',
    1,
    /: the file is empty: .*app/,
  ],
  [
    'text',
    'for word; do [ "$last" = -o ] && echo lies > "$word"; last=$word; done; exit 0',
    1,
    /: the file is not an ELF/,
  ],
])('lets no product stand of a compiler that links %s', (_, link, code, message) => {
  const here = room('lies');
  const { status, stderr } = build(here, '--toolchain', compiler(here.dir, isLink, link), '-o', 'app');
  expect(stderr).toMatch(message);
  expect(status).toBe(code);
  expect(existsSync(join(here.dir, 'app'))).toBe(false);
});

it('passes on what a compiler says that breaks in the middle, byte for byte', () => {
  const here = room('breaks');
  const cc = compiler(here.dir, isLink, 'echo "@#! out of cheese" >&2; exit 5');
  const { status, stderr } = build(here, '--toolchain', cc, '-o', 'app');
  expect({ status, said: stderr.includes('@#! out of cheese') }).toEqual({ status: 3, said: true });
  expect(stderr).toMatch(/\ngomusl: go build failed: [^\n]*\n$/);
  expect(readdirSync(here.dir).sort()).toEqual(['cache', 'cc', 'go.mod', 'main.go', 'out', 'tmp']);
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'ends at %s with all that it started, and leaves no file behind',
  async (signal) => {
    const here = room(`ends-${signal.toLowerCase()}`);
    const note = join(here.dir, 'out/pid');
    const slow = `echo $$ > ${note}.new; mv ${note}.new ${note}; sleep 300; exit 1`;
    const cc = compiler(here.dir, isLink, slow);
    const child = spawn('node', [gomusl, 'build', '--toolchain', cc, '-o', 'app'], {
      cwd: here.dir,
      env: here.env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const code = new Promise((resolve) => child.on('close', resolve));
    while (!existsSync(note)) {
      expect(child.exitCode, said).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill(signal);
    expect(await code).toBe(signal === 'SIGINT' ? 130 : 143);
    const started = readFileSync(note, 'utf8').trim();
    const state = spawnSync('ps', ['-o', 'stat=', '-p', started], { encoding: 'utf8' }).stdout.trim();
    expect(state).toMatch(/^Z|^$/);
    expect(readdirSync(join(here.dir, 'tmp'))).toEqual([]);
    expect(readdirSync(here.dir).sort()).toEqual(['cache', 'cc', 'go.mod', 'main.go', 'out', 'tmp']);
  },
);

it('builds twice at once into one cold cache and to one place', async () => {
  const here = room('twice');
  const one = () =>
    new Promise<number | null>((resolve) => {
      const words = [gomusl, 'build', '--toolchain', 'musl-gcc', '-o', 'app'];
      const options = { cwd: here.dir, env: here.env as NodeJS.ProcessEnv, stdio: 'ignore' } as const;
      spawn('node', words, options).on('close', resolve);
    });
  expect(await Promise.all([one(), one(), one()])).toEqual([0, 0, 0]);
  expect(execFileSync(join(here.dir, 'app'), { encoding: 'utf8' })).toBe('twice\n');
  expect(readdirSync(join(here.dir, 'tmp'))).toEqual([]);
  const half = readdirSync(join(here.dir, 'cache/gomusl/trees')).filter((name) => name.startsWith('.'));
  expect(half).toEqual([]);
});

it('refuses a sysroot of another architecture, before anything is compiled', () => {
  const here = room('foreign');
  mkdirSync(join(here.dir, 'root/lib'), { recursive: true });
  const object = writeObject({ machine: 183, defines: ['far'] });
  writeFileSync(join(here.dir, 'root/lib/libfar.a'), writeArchive([{ name: 'far.o', bytes: object }]));
  const { status, stderr } = build(here, '--toolchain', 'musl-gcc', '--sysroot', join(here.dir, 'root'), '-o', 'app');
  expect(stderr).toMatch(/^gomusl: the sysroot is for arm64, not for amd64: .*libfar.a; [^\n]*\n$/);
  expect(status).toBe(2);
});

it.for([
  ['the place of the product', 'out', ['-o', 'out/app'], /no space left on device/] as const,
  ['our cache', 'cache', ['-o', 'app'], /gomusl: the disk is full: .*cache.*; make room\n$/] as const,
])('says in the end that the disk is full: %s', ([, small, words, line], { skip }) => {
  const unshared = spawnSync('unshare', ['-m', 'true']).status === 0;
  skip(!unshared, 'a small file system cannot be mounted here');
  const here = room(`full-${small}`);
  const place = join(here.dir, small);
  const script = `mount -t tmpfs -o size=64k none ${place} && head -c 60000 /dev/zero > ${place}/filler; node ${gomusl} build --toolchain musl-gcc "$@"; code=$?; ls -A ${place} ${here.dir}; exit $code`;
  const ended = spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', ...words], {
    cwd: here.dir,
    encoding: 'utf8',
    env: here.env,
  });
  expect(ended.stderr).toMatch(line);
  expect(ended.stderr).not.toContain('fault of gomusl');
  expect(ended.status).toBe(3);
  expect(ended.stdout.split('\n').filter((name) => name === 'app')).toEqual([]);
});
