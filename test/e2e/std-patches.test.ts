import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { clearScratch as clearProbes, lacks, olderGo } from '../probes/toolbox.ts';

// Patches of std as a person meets them: `gomusl build` takes those that the findings ask for, and the product shows it;
// `patch-goroot` gives an overlay and a copy that real releases of Go build with.
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const probes = fileURLToPath(new URL('../probes', import.meta.url));
const patches = fileURLToPath(new URL('../../patches', import.meta.url));
const room = realpathSync(mkdtempSync(join(tmpdir(), 'gomusl-std-')));
afterAll(() => {
  rmSync(room, { recursive: true, force: true });
  clearProbes();
});

type Environment = Record<string, string | undefined>;

function run(words: string[], cwd: string, more: Environment = {}) {
  const env = { ...process.env, GOFLAGS: '', GOROOT: undefined, GOTOOLCHAIN: undefined, ...more };
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd, env, encoding: 'utf8' });
  return { status, out: stdout, said: `${stdout}${stderr}` };
}
const command = (words: string[], cwd: string, more: Environment = {}) => run(['node', gomusl, ...words], cwd, more);
const build = (words: string[], cwd: string, more: Environment = {}) =>
  command(['build', '--toolchain', 'musl-gcc', ...words], cwd, more);

/** A file for a program that would be built without C otherwise. */
const someC = 'package main\n\n// static int one(void) { return 1; }\nimport "C"\n\nvar one = C.one()\n';

/** A module of its own with the files of a folder. */
function module(name: string, from: string): string {
  const dir = join(room, name);
  cpSync(from, dir, { recursive: true });
  writeFileSync(join(dir, 'go.mod'), `module example.org/${name}\n\ngo 1.20\n`);
  return dir;
}

const machine = lacks('musl-gcc') ?? lacks('go', 'version');
const goroot = machine === null ? run(['go', 'env', 'GOROOT'], '/').out.trim() : '';
const older = machine === null ? olderGo(/-go1\.22(\.\d+)?\.linux/, 'go1.22.12') : null;
// Started as a toolchain once, its programs may be run.
if (older !== null) run(['go', 'version'], '/', { GOTOOLCHAIN: /-(go1[\d.]*\d)\.linux/.exec(basename(older))?.[1] });
const onOlder = { PATH: `${older}/bin:${process.env.PATH}` };
const noOlder = machine ?? (older === null ? 'needs Go 1.22, from the module cache or its proxy' : null);
const noRoot = process.getuid?.() === 0 ? null : 'chroot and mount need root';

/** A test that is skipped with its reason where the machine has not what it needs. */
function withNeeds(title: string, needs: (string | null)[], body: () => void): void {
  const reason = needs.find((need) => need !== null);
  if (reason !== undefined) process.stderr.write(`skipped: ${title}, since ${reason}\n`);
  it.skipIf(reason !== undefined)(title, body);
}

/** A GOROOT of links to another, one file of which a distribution has changed. */
function changedGo(from: string, path: string, change: (text: string) => string): string {
  const root = mkdtempSync(join(room, 'changed-'));
  run(['cp', '-as', `${from}/.`, root], room);
  rmSync(join(root, path));
  const before = readFileSync(join(from, path), 'utf8');
  expect(change(before)).not.toBe(before);
  writeFileSync(join(root, path), change(before));
  return root;
}

describe('gomusl build', () => {
  withNeeds('patches the runtime of a c-archive, which dies before main without (GM309)', [machine], () => {
    const dir = module('archive', join(probes, 'gm309-library-arguments'));
    const call = (words: string[], name: string) => {
      expect(build(['-buildmode=c-archive', '-o', `${name}.a`, ...words], dir).status).toBe(0);
      run(['musl-gcc', '-static', '-o', name, '-x', 'c', 'caller.c.txt', '-x', 'none', `${name}.a`], dir);
      return run([join(dir, name), 'a', 'b'], dir, { PROBE: 'seen' });
    };
    expect(call(['--no-remedies'], 'plain').status).not.toBe(0);
    expect(call([], 'patched')).toMatchObject({ status: 0, out: '3 seen\n' });
    expect(command(['verify', 'patched'], dir).out).toMatch(/std has runtime-library-arguments@[0-9a-f]{12}$/m);
    expect(command(['verify', 'plain'], dir).out).not.toContain('std has');
  });

  withNeeds('patches the runtime for callbacks that nest, which end the program without (GM311)', [noOlder], () => {
    const dir = module('callbacks', join(probes, 'gm311-nested-callbacks'));
    expect(build(['--no-remedies', '-o', 'plain'], dir, onOlder).status).toBe(0);
    expect(run([join(dir, 'plain')], dir).said).toContain('runtime: newstack at runtime.printlock');
    expect(build(['-o', 'patched'], dir, onOlder).status).toBe(0);
    expect(run([join(dir, 'patched')], dir)).toMatchObject({ status: 0, out: 'returned\n' });
    expect(command(['verify', 'patched'], dir).out).toContain('runtime-callback-stack@');
  });

  withNeeds('patches os/user, which takes a missing file for an error without (GM315)', [noOlder, noRoot], () => {
    const dir = module('user', join(patches, 'os-user-no-file/probe'));
    writeFileSync(join(dir, 'c.go'), someC);
    const inEmptyRoot = (name: string, words: string[]) => {
      mkdirSync(join(dir, `root-${name}`));
      expect(build([...words, '-o', `root-${name}/app`], dir, onOlder).status).toBe(0);
      return run(['chroot', join(dir, `root-${name}`), '/app'], dir);
    };
    expect(inEmptyRoot('plain', ['--no-remedies'])).toMatchObject({ status: 1 });
    expect(inEmptyRoot('patched', [])).toMatchObject({ status: 0 });
    expect(build(['--dry-run'], dir, onOlder).out).toContain("Go's patch os-user-no-file, by overlay");
  });

  withNeeds('takes -static in CGO_LDFLAGS or CC, which Go alone cannot link', [noOlder], () => {
    const dir = module('twice', join(patches, 'os-user-no-file/probe'));
    for (const own of [{ CC: 'musl-gcc', CGO_LDFLAGS: '-static' }, { CC: 'musl-gcc -static' }]) {
      const plain = run(['go', 'build', '-o', 'plain'], dir, { ...onOlder, ...own, CGO_ENABLED: '1' });
      expect(plain.said).toMatch(/relocation target \w+ not defined/);
      expect(command(['build', '--cgo', 'on', '-o', 'app'], dir, { ...onOlder, ...own }).said).toMatch(
        /: static, musl/,
      );
    }
  });

  const noZig = machine ?? (/^zig:/m.test(command(['toolchain', 'list'], '/').out) ? null : 'needs zig');
  withNeeds('links the name that the object of boringcrypto lacks on musl 1.2.5', [noOlder, noZig], () => {
    const dir = module('boring', join(patches, 'os-user-no-file/probe'));
    const main = 'import "crypto/boring"\n\nfunc main() { println(boring.Enabled()) }\n';
    writeFileSync(join(dir, 'main.go'), `package main\n\n${main}`);
    writeFileSync(join(dir, 'c.go'), someC);
    const boring = { ...onOlder, GOEXPERIMENT: 'boringcrypto' };
    const words = ['build', '--toolchain', 'zig', '-o', 'app'];
    expect(command([...words, '--no-remedies'], dir, boring).said).toContain('undefined symbol: fopen64');
    expect(command(words, dir, boring).said).toMatch(/app: static, musl/);
    expect(run([join(dir, 'app')], dir).said).toBe('true\n');
  });

  withNeeds('leaves out a patch that does not fit where it only warned, and says so', [noOlder], () => {
    const dir = module('conflict', join(patches, 'os-user-no-file/probe'));
    writeFileSync(join(dir, 'c.go'), someC);
    const text = 'fmt.Errorf("user: lookup username %s: %v"';
    const changed = changedGo(older ?? '', 'src/os/user/cgo_lookup_unix.go', (old) =>
      old.replace(`\t\treturn nil, ${text}`, `\t\t// Changed by a distribution.\n\t\treturn nil, ${text}`),
    );
    const go = { ...onOlder, GOROOT: changed };
    const { status, said } = build(['-o', 'app'], dir, go);
    expect(said).toContain('the patch os-user-no-file does not fit this Go and is left out: see gomusl patch-goroot');
    expect(said).toMatch(/app: static, musl/);
    expect(status).toBe(0);
    expect(build(['--dry-run'], dir, go).out).not.toContain("Go's patch os-user-no-file");
  });

  withNeeds('builds nothing where an error needs a patch that does not fit', [machine], () => {
    const dir = module('hopeless', join(probes, 'gm309-library-arguments'));
    const changed = changedGo(goroot, 'src/runtime/runtime1.go', (old) =>
      old.replace('\nfunc goargs() {\n', '\nfunc goargs() {\n\t// Changed by a distribution.\n'),
    );
    const { status, said } = build(['-buildmode=c-archive', '-o', 'lib.a'], dir, { GOROOT: changed });
    expect(said.trim()).toMatch(
      /^gomusl: the patch runtime-library-arguments does not fit this Go: .*; see gomusl patch-goroot --only /,
    );
    expect(status).toBe(3);
  });
});

describe('gomusl patch-goroot on the Go of this machine', () => {
  const main = 'package main\n\nfunc main() { println("hello") }\n';
  const hello = (name: string) => {
    const dir = join(room, name);
    mkdirSync(dir);
    writeFileSync(join(dir, 'go.mod'), `module example.org/${name}\n\ngo 1.20\n`);
    writeFileSync(join(dir, 'main.go'), main);
    return dir;
  };
  const patchesIn = (dir: string, file: string) => /std has (.*)/.exec(command(['verify', file], dir).out)?.[1] ?? '';

  withNeeds('writes an overlay for a tree that nobody can write, with a person’s own in it', [machine, noRoot], () => {
    const dir = hello('overlay');
    writeFileSync(join(dir, 'other.txt'), main.replace('hello', 'replaced'));
    writeFileSync(join(dir, 'own.json'), JSON.stringify({ Replace: { 'main.go': 'other.txt' } }));
    const readOnly = (words: string[], more: Environment = {}) => {
      const root = dirname(goroot);
      const mount = `mount --bind ${root} ${root} && mount -o remount,bind,ro ${root} && ! touch ${goroot}/x 2>/dev/null`;
      return run(['unshare', '-m', 'sh', '-c', `${mount} && exec "$@"`, 'sh', ...words], dir, more);
    };
    const file = join(dir, 'overlay.json');
    const made = readOnly(['node', gomusl, 'patch-goroot', '--overlay', file], { GOFLAGS: '-overlay=own.json' });
    expect(made.status, made.said).toBe(0);
    // One cache for both: Go tells patched from unpatched std by content.
    const names = ['plain', 'patched', 'plain-again'];
    for (const name of names) {
      const words = name === 'patched' ? [`-overlay=${file}`] : [];
      expect(readOnly(['go', 'build', ...words, '-o', name]).said).toBe('');
    }
    expect(names.map((name) => run([join(dir, name)], dir).said)).toEqual(['hello\n', 'replaced\n', 'hello\n']);
    const [plain, patched, again] = names.map((name) => patchesIn(dir, name));
    expect(patched).toMatch(/runtime-library-arguments@[0-9a-f]{12}/);
    expect([plain, again]).toEqual(['', '']);
    const doctor = command(['toolchain', 'doctor'], dir, { GOFLAGS: `-overlay=${file}` }).out;
    expect(doctor).toContain(`-overlay in GOFLAGS, ${file}: patches std with`);
    expect(doctor).toContain(patched);
  });

  withNeeds('makes a copy that stays itself, whatever go.mod asks for', [machine], () => {
    const dir = hello('copy');
    writeFileSync(join(dir, 'go.mod'), 'module example.org/copy\n\ngo 1.20\n\ntoolchain go1.999.0\n');
    const copy = join(room, 'go-copy');
    const made = command(['patch-goroot', '--out', copy], dir);
    expect(made.status, made.said).toBe(0);
    const offline = { GOPROXY: 'off', GOTOOLCHAIN: undefined, GOENV: 'off' };
    const version = run([`${copy}/bin/go`, 'version'], room, offline);
    expect(version.out).toBe(run(['go', 'version'], room).out);
    const built = run([`${copy}/bin/go`, 'build', '-o', 'app', '.'], dir, offline);
    expect(built.said).toBe('');
    expect(patchesIn(dir, 'app')).toContain('runtime-library-arguments@');
    const path = { PATH: `${copy}/bin:${process.env.PATH}` };
    expect(command(['toolchain', 'doctor'], dir, path).out).toContain(`a patched copy of ${goroot}, with `);
    const reported = command(['patch-goroot', '--out', copy], dir, { GOTOOLCHAIN: 'auto' });
    expect(reported.out).toContain('it was there already');
    expect(reported.out).toContain('GOTOOLCHAIN is auto: a go.mod could switch to an unpatched Go');
    expect(command(['patch-goroot', '--reverse', copy], dir).status).toBe(0);
    expect(run(['diff', '-rq', '--no-dereference', realpathSync(goroot), copy], room).said).toBe('');
  });
});
