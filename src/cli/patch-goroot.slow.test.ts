import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const command = new URL('../../bin/gomusl.js', import.meta.url).pathname;
/** The lines around A1 in Go 1.5, in a file that is otherwise ours. */
const lookup = [
  'package user',
  '',
  'func lookup() {',
  '\tvar bufSize C.long',
  '\t\tbufSize = C.sysconf(C._SC_GETPW_R_SIZE_MAX)',
  '\t\tif bufSize <= 0 || bufSize > 1<<20 {',
  '\t\t}',
  '}',
  '',
].join('\n');
const only = ['--only', 'os-user-buffer-size'];
let room = '';
let goroot = '';
let out = '';

function gomusl(words: string[], env: Record<string, string> = {}) {
  const ended = spawnSync('node', [command, 'patch-goroot', ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: room, ...env },
  });
  return { ...ended, said: `${ended.stdout}${ended.stderr}` };
}

function put(path: string, text: string, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

/** A tree like that of Go 1.5: many small files, an archive, a command. */
function plant(root: string, files = 300) {
  put(`${root}/VERSION`, 'go1.5.4');
  put(`${root}/src/runtime/runtime1.go`, 'package runtime\n');
  put(`${root}/src/os/user/lookup_unix.go`, lookup, 0o640);
  put(`${root}/pkg/linux_amd64/os/user.a`, '!<arch>\nold\n');
  put(`${root}/bin/go`, '#!/bin/sh\necho "GOROOT=$GOROOT CC=$CC $*"\n', 0o755);
  for (let at = 0; at < files; at++) put(`${root}/src/p${at % 20}/f${at}.go`, `package p // ${at}\n`.repeat(200));
}

/** Every file with mode and content, and every folder. */
function snapshot(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (folder: string, path: string) => {
    for (const name of readdirSync(folder).sort()) {
      const status = statSync(join(folder, name));
      const inside = `${path}/${name}`;
      if (status.isDirectory()) visit(join(folder, name), inside);
      else found[inside] = `${(status.mode & 0o777).toString(8)} ${readFileSync(join(folder, name), 'latin1')}`;
    }
  };
  visit(root, '');
  return found;
}

beforeAll(() => {
  room = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-goroot-')));
});
beforeEach(() => {
  for (const name of readdirSync(room)) rmSync(join(room, name), { recursive: true, force: true });
  goroot = join(room, 'go');
  out = join(room, 'patched');
  plant(goroot);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

describe('without a destination', () => {
  it('says what it would do, and touches nothing', () => {
    const before = snapshot(goroot);
    const { stdout, status } = gomusl(['--goroot', goroot, ...only]);
    expect(stdout).toContain('needed: changes src/os/user/lookup_unix.go');
    expect(status).toBe(0);
    expect(readdirSync(room)).toEqual(['go']);
    expect(snapshot(goroot)).toEqual(before);
  });

  it('says that a later Go has it fixed', () => {
    put(`${goroot}/VERSION`, 'go1.22.4-1\ntime 2024\n');
    const { stdout, status } = gomusl(['--goroot', goroot, ...only]);
    expect(stdout).toContain('fixed upstream since go1.6');
    expect(status).toBe(0);
  });

  it('shows a conflict with the lines expected and found, as text and as JSON', () => {
    put(`${goroot}/src/os/user/lookup_unix.go`, lookup.replace('1<<20', '1<<24'));
    const { stdout, status } = gomusl(['--goroot', goroot, ...only]);
    expect(stdout).toContain('src/os/user/lookup_unix.go:5 (hunk 1): the lines are not in the file');
    expect(stdout).toContain('expected          if bufSize <= 0 || bufSize > 1<<20 {');
    expect(stdout).toContain('found             if bufSize <= 0 || bufSize > 1<<24 {');
    expect(status).toBe(1);
    const json = JSON.parse(gomusl(['--goroot', goroot, ...only, '--format', 'json']).stdout);
    expect(json.patches[0]).toMatchObject({ state: 'conflict', conflicts: [{ line: 5, hunk: 1 }] });
    const written = gomusl(['--goroot', goroot, ...only, '--out', out]);
    expect(written.status).toBe(3);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['a folder that is no GOROOT', () => ['--goroot', room], 'this is no GOROOT'],
    ['a patch that there is not', () => ['--goroot', goroot, '--only', 'x'], 'there is no patch of this name'],
    ['two destinations', () => ['--out', out, '--overlay', out], 'two flags exclude each other'],
    ['an overlay for a Go without', () => ['--goroot', goroot, ...only, '--overlay', out], 'this Go has no -overlay'],
    ['a copy inside the tree', () => ['--goroot', goroot, ...only, '--out', join(goroot, 'x')], 'lie inside the tree'],
    ['a folder that is no copy', () => ['--reverse', goroot], 'this is no patched copy of ours'],
  ])('refuses %s in one line', (_, words, text) => {
    const { status, stderr } = gomusl(words());
    expect(stderr).toContain(text);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});

describe('a copy', () => {
  it('is patched, lacks the stale archive, starts its own go, and turns back into the same bytes', () => {
    const before = snapshot(goroot);
    expect(gomusl(['--goroot', goroot, ...only, '--out', out]).status).toBe(0);
    expect(snapshot(goroot)).toEqual(before);
    const after = snapshot(out);
    expect(after['/src/os/user/lookup_unix.go']).toMatch(/^640 .*if bufSize == -1 \{/s);
    expect(after['/src/os/user/zgomusl_patched.go']).toContain('gomusl-patched-std:os-user-buffer-size@');
    expect(after['/pkg/linux_amd64/os/user.a']).toBeUndefined();
    const link = join(room, 'link-to-go');
    symlinkSync(join(out, 'bin/go'), link);
    const started = spawnSync(link, ['build', 'x'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', CC: 'true' },
    });
    expect(started.stdout).toBe(`GOROOT=${out} CC=${out}/.gomusl/cc build x\n`);

    const again = gomusl(['--goroot', goroot, ...only, '--out', out]);
    expect(again.stdout).toContain('it was there already');
    expect(snapshot(out)).toEqual(after);
    const verified = gomusl(['--verify', out]);
    expect(verified.stdout).toContain('is unchanged since it was made');
    expect(verified.status).toBe(0);

    expect(gomusl(['--reverse', out]).status).toBe(0);
    expect(snapshot(out)).toEqual(before);
  });

  it('names what was changed in it, and is then neither replaced nor reversed', () => {
    gomusl(['--goroot', goroot, ...only, '--out', out]);
    put(join(out, 'src/p1/f1.go'), 'other');
    rmSync(join(out, 'src/p2/f2.go'));
    put(join(out, 'src/p2/new.go'), '');
    const { stdout, status } = gomusl(['--verify', out, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'changed',
      modified: ['src/p1/f1.go'],
      missing: ['src/p2/f2.go'],
      added: ['src/p2/new.go'],
    });
    expect(status).toBe(1);
    expect(gomusl(['--goroot', goroot, ...only, '--out', out]).stderr).toContain('but was changed since: src/p1/f1.go');
    expect(gomusl(['--reverse', out]).status).toBe(3);
  });

  it('notices an original in it that was tampered with', () => {
    gomusl(['--goroot', goroot, ...only, '--out', out]);
    put(join(out, '.gomusl/original/src/os/user/lookup_unix.go'), 'package evil\n');
    expect(gomusl(['--verify', out]).status).toBe(1);
    expect(gomusl(['--reverse', out]).status).toBe(3);
  });

  it('leaves a target alone that is not ours', () => {
    put(join(out, 'precious'), 'x');
    const { stderr, status } = gomusl(['--goroot', goroot, ...only, '--out', out]);
    expect(stderr).toContain('the target exists and is no copy of ours');
    expect(status).toBe(2);
    expect(readdirSync(out)).toEqual(['precious']);
  });

  it('follows the links of a split tree, as Debian makes them, and makes files of them', () => {
    const share = join(room, 'share/go-1.5');
    const lib = join(room, 'lib/go-1.5');
    plant(lib, 20);
    mkdirSync(share, { recursive: true });
    spawnSync('mv', [join(lib, 'src'), share]);
    symlinkSync('../../share/go-1.5/src', join(lib, 'src'));
    symlinkSync('../nowhere/test', join(lib, 'test'));
    symlinkSync('VERSION', join(lib, 'VERSION.link'));
    symlinkSync(lib, join(room, 'go-link'));
    const { said, status } = gomusl(['--goroot', join(room, 'go-link'), ...only, '--out', out]);
    expect(status, said).toBe(0);
    expect(said).toContain('because they lead nowhere: test');
    expect(lstatSync(join(out, 'src')).isDirectory()).toBe(true);
    expect(lstatSync(join(out, 'VERSION.link')).isSymbolicLink()).toBe(false);
    expect(readFileSync(join(share, 'src/os/user/lookup_unix.go'), 'utf8')).toBe(lookup);
  });

  it.each([
    ['a file elsewhere', '/etc/passwd', 'src/os/user/extra.go'],
    ['the root', '/', 'src/everything'],
    ['the tree itself', '..', 'src/loop'],
  ])('refuses a tree with a link to %s', (_, leads, path) => {
    symlinkSync(leads, join(goroot, path));
    const { stderr, status } = gomusl(['--goroot', goroot, ...only, '--out', out]);
    expect(stderr).toContain('a symlink leads out of the tree');
    expect(status).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('is made from a tree that nobody may write to', ({ skip }) => {
    spawnSync('chmod', ['-R', 'a-w', goroot]);
    const mounted = spawnSync('unshare', ['-m', 'true']).status === 0;
    skip(process.getuid?.() === 0 && !mounted, 'root writes to everything, and a read-only mount is not permitted');
    const script = `mount --bind ${goroot} ${goroot} && mount -o remount,bind,ro ${goroot} && exec node ${command} "$@"`;
    const words = ['patch-goroot', '--goroot', goroot, ...only, '--out', out];
    const ended =
      process.getuid?.() === 0
        ? spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', ...words], { encoding: 'utf8' })
        : spawnSync('node', [command, ...words], { encoding: 'utf8' });
    expect(ended.status, ended.stderr).toBe(0);
    expect(statSync(join(out, 'VERSION')).mode & 0o777).toBe(0o444);
    expect(gomusl(['--verify', out]).status).toBe(0);
  });

  it('leaves nothing behind on a full disk', ({ skip }) => {
    const mounted = spawnSync('unshare', ['-m', 'true']).status === 0;
    skip(!mounted, 'a small file system cannot be mounted here');
    const small = join(room, 'small');
    mkdirSync(small);
    const script = `mount -t tmpfs -o size=300k none ${small} && node ${command} "$@"; code=$?; ls -A ${small}; exit $code`;
    const words = ['patch-goroot', '--goroot', goroot, ...only, '--out', join(small, 'go')];
    const ended = spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', ...words], { encoding: 'utf8' });
    expect(ended.stderr).toContain('the disk is full, and nothing was left behind');
    expect(ended.stdout).toBe('');
    expect(ended.status).toBe(3);
  });

  it('shows on a terminal how far it is, and nothing elsewhere', ({ skip }) => {
    skip(spawnSync('script', ['--version']).error !== undefined, 'needs script(1) for a terminal');
    const words = ['node', command, 'patch-goroot', '--goroot', goroot, ...only, '--out', out];
    const ended = spawnSync('script', ['-qec', words.join(' '), '/dev/null'], { encoding: 'utf8' });
    expect(ended.status).toBe(0);
    const shown = [...ended.stdout.matchAll(/copying to [^:]+: (\d+) %/g)].map(([, percent]) => Number(percent));
    expect(shown.at(-1)).toBe(100);
    expect(shown.length).toBeGreaterThan(50);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    // The line is gone when the report comes.
    expect(ended.stdout.split('\r\u001b[K').at(-1)).toMatch(/^go1\.5\.4 in /);
    rmSync(out, { recursive: true });
    expect(gomusl(['--goroot', goroot, ...only, '--out', out]).stderr).toBe('');
  });

  it('is made once by two runs at the same time', async () => {
    const words = [command, 'patch-goroot', '--goroot', goroot, ...only, '--out', out];
    const runs = await Promise.all([0, 1, 2].map(() => ended(spawn('node', words, { stdio: 'ignore' }))));
    expect(runs).toEqual([0, 0, 0]);
    expect(gomusl(['--verify', out]).status).toBe(0);
    expect(readdirSync(room).sort()).toEqual(['go', 'patched']);
  });

  it('is absent or whole after kill -9 at any moment, a hundred times', async () => {
    const words = [command, 'patch-goroot', '--goroot', goroot, ...only, '--out', out];
    const start = performance.now();
    await ended(spawn('node', words, { stdio: 'ignore' }));
    const whole = performance.now() - start;
    const expected = snapshot(out);
    const seen = { absent: 0, whole: 0 };
    for (let round = 0; round < 100; round++) {
      rmSync(out, { recursive: true, force: true });
      const child = spawn('node', words, { stdio: 'ignore' });
      // From before the first file to after the last one.
      setTimeout(() => child.kill('SIGKILL'), whole * (0.2 + (0.9 * round) / 100));
      await ended(child);
      if (existsSync(out)) {
        expect(snapshot(out)).toEqual(expected);
        seen.whole++;
      } else {
        seen.absent++;
      }
    }
    expect(seen.absent, JSON.stringify(seen)).toBeGreaterThan(20);
    rmSync(out, { recursive: true, force: true });
    // What the killed runs left beside the target goes with the next one.
    expect(gomusl(['--goroot', goroot, ...only, '--out', out]).status).toBe(0);
    expect(readdirSync(room).sort()).toEqual(['go', 'patched']);
  });
});

describe('an overlay', () => {
  it('names the files of the tree it is for, merges the one in GOFLAGS, and refuses what both change', () => {
    put(`${goroot}/VERSION`, 'go1.16');
    put(`${goroot}/src/net/conf.go`, 'package net\n');
    put(`${goroot}/src/os/user/cgo_lookup_unix.go`, overlaid);
    put(`${goroot}/bin/go`, `#!/bin/sh\necho ${goroot}\necho "$GOFLAGS"\n`, 0o755);
    const file = join(room, 'o.json');
    const own = join(room, 'own.json');
    const words = ['--goroot', goroot, '--only', 'os-user-no-file', '--overlay', file];
    put(own, JSON.stringify({ Replace: { '/app/a.go': '/app/b.go' } }));
    const made = gomusl(words, { GOFLAGS: `-mod=mod -overlay=${own}` });
    expect(made.status, made.said).toBe(0);
    expect(made.stdout).toContain('own.json from GOFLAGS is merged in');
    const { Replace } = JSON.parse(readFileSync(file, 'utf8'));
    const key = `${goroot}/src/os/user/cgo_lookup_unix.go`;
    expect(Object.keys(Replace).sort()).toEqual(['/app/a.go', key, `${goroot}/src/os/user/zgomusl_patched.go`].sort());
    expect(readFileSync(Replace[key], 'utf8')).toContain('return nil, UnknownUserError(username)');

    put(own, JSON.stringify({ Replace: { [key]: '/app/b.go' } }));
    const refused = gomusl(words, { GOFLAGS: `-overlay=${own}` });
    expect(refused.stderr).toContain('two overlays change one file');
    expect(refused.status).toBe(2);
  });
});

/** The places of os-user-no-file in Go 1.9 and later. */
const overlaid = [
  ['username %s', 'username'],
  ['userid %d', 'uid'],
  ['groupname %s', 'groupname'],
  ['groupid %d', 'gid'],
]
  .map(
    ([what, name]) => `\tif err != nil {\n\t\treturn nil, fmt.Errorf("user: lookup ${what}: %v", ${name}, err)\n\t}\n`,
  )
  .join('');

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', (code) => resolve(code)));
}
