// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${SRCDIR} is cgo's
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-build-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a module of its own; paths are relative to it. */
function module(name: string, files: Record<string, string>): string {
  const dir = join(folder, name);
  for (const [path, text] of Object.entries({ 'go.mod': `module example.org/${name}\n\ngo 1.21\n`, ...files })) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const main = (preamble: string, body: string) =>
  `package main\n\n/*\n${preamble}\n*/\nimport "C"\nimport "fmt"\n\nvar version = "none"\n\nfunc main() { ${body}; fmt.Println(version) }\n`;
const plain = 'package main\n\nvar version = "none"\n\nfunc main() { println(version) }\n';

function build(dir: string, words: string[], environment: Record<string, string | undefined> = {}) {
  const env = { ...process.env, CC: undefined, CXX: undefined, CGO_ENABLED: undefined, ...environment };
  const result = spawnSync('node', [gomusl, 'build', ...words], { cwd: dir, encoding: 'utf8', env });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

it('builds nothing in a dry run, wherever the flag stands, and prints what a shell can run', () => {
  const dir = module('dry', { 'cmd/x/main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const { code, out } = build(dir, ['-o', 'app', '--dry-run', './cmd/x']);
  expect(code).toBe(0);
  expect(existsSync(join(dir, 'app'))).toBe(false);
  execFileSync('sh', ['-c', out.slice(out.indexOf('\ncd '))], { stdio: 'ignore' });
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('none');
  const json = JSON.parse(build(dir, ['--format=json', './cmd/x', '-dry-run']).out);
  expect(json).toMatchObject({
    kind: 'plan',
    plan: { kind: 'musl', programs: [{ package: 'example.org/dry/cmd/x' }] },
  });
});

it('goes without C when nothing needs it, and says so; an explicit CGO_ENABLED wins', () => {
  const dir = module('pure', { 'main.go': plain });
  expect(build(dir, []).err).toContain('no libc, Go alone');
  expect(build(dir, ['--dry-run']).out).toContain('why: The verdict is pure');
  expect(build(dir, ['-o', 'app'], { CGO_ENABLED: '1' }).err).toMatch(/app: static, musl \d/);
});

it('merges the flags of a person, of GOFLAGS too', () => {
  const dir = module('flags', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const GOFLAGS = "'-ldflags=-X main.version=goflags'";
  expect(build(dir, ['-o=app', '-trimpath'], { GOFLAGS }).code).toBe(0);
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('goflags');
  const { err } = build(dir, ['-o=app', '-ldflags=-s -linkmode internal -X main.version=own'], { GOFLAGS });
  expect(err).toContain('-linkmode internal gives way to -linkmode external');
  expect(err).toMatch(/app: static, musl \d/);
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('own');
});

it('builds what an overlay of the person puts in, and says that this was not judged', () => {
  const other = main('#include <stdio.h>', 'fmt.Println("overlaid")');
  const dir = module('overlaid', { 'main.go': main('#include <stdio.h>', ''), 'alt/other.go': other });
  writeFileSync(join(dir, 'own.json'), '{"Replace":{"main.go":"alt/other.go"}}');
  const told = /gomusl: what your -overlay puts in is built, and was not judged.*app: static, musl/s;
  expect(build(dir, ['-o=app', '-overlay=own.json', '.']).err).toMatch(told);
  const GOFLAGS = '-overlay=own.json';
  for (let turn = 0; turn < 2; turn++) expect(build(dir, ['-o=app', '.'], { GOFLAGS }).err).toMatch(told);
  expect(spawnSync('node', [gomusl, 'check'], { cwd: dir, env: { ...process.env, GOFLAGS } }).status).toBe(2);
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('overlaid');
});

it('builds several programs into a folder', () => {
  const dir = module('several', {
    'cmd/a/main.go': plain,
    'cmd/b/v2/main.go': main('#include <math.h>', '_ = C.fabs(1)'),
  });
  expect(build(dir, ['-o', 'bin/', './cmd/...']).err.match(/static/g)).toHaveLength(2);
  expect(existsSync(join(dir, 'bin/a')) && existsSync(join(dir, 'bin/b'))).toBe(true);
});

it('brings the headers of the kernel, and nothing else of /usr/include', () => {
  const dir = module('kernel', { 'main.go': main('#include <linux/limits.h>', 'fmt.Println(C.PATH_MAX)') });
  const words = ['--toolchain', 'musl-gcc', '-o', 'app'];
  expect(build(dir, [...words, '--no-remedies']).code).toBe(3);
  expect(build(dir, words)).toMatchObject({ code: 0, err: expect.stringMatching(/static, musl/) });
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('4096');
  expect(build(dir, [...words, '--dry-run']).out).toContain("for 1 finding: the kernel's headers");
});

it('explains a failed build: its log, the rule, the module, what to do', () => {
  const own = module('fails', {
    'main.go': main('#include <linux/limits.h>', 'fmt.Println(C.PATH_MAX)'),
    'go.mod': 'module example.org/fails\n\ngo 1.21\n',
    'noise.sh': '#!/bin/sh\necho "\\303\\050 nothing that anybody knows" >&2; exit 7\n',
  });
  const { code, err } = build(own, ['--no-remedies', '--toolchain', 'musl-gcc']);
  expect(code).toBe(3);
  expect(err).toMatch(/^# example.org\/fails\n.*fatal error: linux\/limits.h: No such file/);
  expect(err).toMatch(/gomusl: what that means:\nGM102 linux\/limits.h: .*\n {4}in example.org\/fails\n {2}> /s);
  expect(err).toMatch(/\ngomusl: go build failed: .*; see what it said above\n$/);

  writeFileSync(join(own, 'main.go'), main('#include <stdio.h>', 'undefinedName()'));
  expect(build(own, []).err).toContain('go: an error of Go, not of C or musl');

  writeFileSync(join(own, 'main.go'), main('#include <stdio.h>', 'C.puts(C.CString("c"))'));
  execFileSync('chmod', ['+x', join(own, 'noise.sh')]);
  const noise = build(own, ['-toolexec', join(own, 'noise.sh')]);
  expect(noise.code).toBe(3);
  expect(noise.err).toContain('nothing that anybody knows');
  expect(noise.err).not.toMatch(/GM\d/);
});

it('brings headers of its own for those of glibc, and the functions that they declare', () => {
  const text = '#include <execinfo.h>\n#include <sys/queue.h>\n#include <glob.h>\nSLIST_HEAD(list, one);\n';
  const frames = 'static int frames(void) { void *at[9]; return backtrace(at, 9) > 0; }';
  const dir = module('headers', { 'main.go': main(text + frames, 'fmt.Println(C.frames(), C.GLOB_ONLYDIR)') });
  expect(build(dir, ['--dry-run']).out).toMatch(/for 1 finding: headers of gomusl's own: execinfo.h/);
  expect(build(dir, ['-o', 'app']).err).toMatch(/app: static, musl \d/);
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toBe('1 0\nnone\n');
});

it('links shims for an archive that was built for glibc', () => {
  const call = 'const char *version(char *to) { sprintf(to, "glibc %s", gnu_get_libc_version()); return to; }';
  const dir = module('shims', {
    'x.c.txt': `#include <stdio.h>\n#include <gnu/libc-version.h>\n${call}\n`,
    'main.go': main(
      '#cgo LDFLAGS: ${SRCDIR}/libx.a\nconst char *version(char *to);\nstatic char room[64];\nstatic char *r(void) { return room; }',
      'fmt.Println(C.GoString(C.version(C.r())))',
    ),
  });
  execFileSync('gcc', ['-O2', '-D_FORTIFY_SOURCE=2', '-x', 'c', '-c', 'x.c.txt', '-o', 'x.o'], { cwd: dir });
  execFileSync('ar', ['rcs', 'libx.a', 'x.o'], { cwd: dir });
  const words = ['--toolchain', 'musl-gcc', '-o', 'app'];
  expect(build(dir, [...words, '--no-remedies']).code).toBe(3);
  const { code, err } = build(dir, words);
  expect(`${code} ${err}`).toMatch(/^0 .*static, musl/);
  expect(execFileSync(join(dir, 'app'), { encoding: 'utf8' })).toContain('glibc 2.');
});

it('takes away what is not static musl', () => {
  const dir = module('cxx', {
    'main.go': main('int f(void);', '_ = C.f()'),
    'f.cc': 'extern "C" int f() { return *new int(1); }\n',
  });
  const plainly = build(dir, ['--no-remedies', '--toolchain', 'musl-gcc', '-o', 'app']);
  expect(plainly.code).toBe(1);
  expect(plainly.err).toMatch(/gomusl: the result is not a static musl executable: .*app; .*removed/);
  expect(existsSync(join(dir, 'app'))).toBe(false);
  const refused = build(dir, ['--toolchain', 'musl-gcc', '-o', 'app']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('nothing was built');
  expect(existsSync(join(dir, 'app'))).toBe(false);
});

it('gives the result as JSON, with what was proven', () => {
  const dir = module('json', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const { out } = build(dir, ['--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ kind: 'build', verdict: 'static', findings: [] });
});

it('gives JSON when go build fails too, with the errors of its log', () => {
  const dir = module('json-fails', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString(1))') });
  const { code, out, err } = build(dir, ['--format', 'json']);
  expect(code).toBe(3);
  expect(err).toContain('go build failed');
  const result = JSON.parse(out);
  expect(result).toMatchObject({ kind: 'build', verdict: 'unknown', runs: [{ verdict: 'unknown' }] });
  expect(JSON.stringify(result.runs[0].limits)).toContain('main.go:11:32: cannot use 1');
  writeFileSync(join(dir, 'result.json'), out);
  const saved = spawnSync('node', [gomusl, 'report', join(dir, 'result.json')], { encoding: 'utf8' });
  expect({ code: saved.status, err: saved.stderr }).toEqual({ code: 3, err: '' });
});

const lying: Record<string, [script: string, message: string]> = {
  hangs: ['sleep 600', 'did not answer within 10 s'],
  'prints garbage': ['head -c 100000 /dev/urandom', 'does not answer like gcc or clang'],
  'is for glibc': ['exec gcc "$@"', 'the compiler is for glibc'],
};

it.each(Object.entries(lying))('refuses in one line a compiler that %s', (name, [script, message]) => {
  const dir = module('lying', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const cc = join(dir, name.replaceAll(' ', '-'));
  writeFileSync(cc, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { code, err } = build(dir, ['--toolchain', cc, '-o', 'app']);
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 3, lines: 1 });
  expect(err).toContain(message);
});

it.each<{ name: string; words: string[]; environment?: Record<string, string>; code: number; message: string }>([
  { name: 'an unknown flag', words: ['-tag=x'], code: 2, message: 'did you mean' },
  { name: 'a sanitizer', words: ['-asan'], code: 2, message: 'sanitizers come with a library for glibc alone' },
  { name: 'a shared library', words: ['-buildmode=c-shared'], code: 2, message: 'cannot be a static executable' },
  {
    name: 'a musl that the toolchain has not',
    words: ['--musl=1.2.6', '--toolchain=musl-gcc'],
    code: 2,
    message: 'no toolchain has the musl that --musl asks for',
  },
  { name: 'an architecture nobody knows', words: ['--goarch=vax'], code: 2, message: 'vax' },
  { name: 'no such folder', words: ['-C', 'none'], code: 2, message: 'no such folder' },
  { name: 'no Go', words: [], environment: { PATH: dirname(process.execPath) }, code: 3, message: 'go' },
])('refuses $name in one line', ({ words, environment, code, message }) => {
  const dir = module('refused', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const result = build(dir, words, environment);
  expect({ code: result.code, lines: result.err.trim().split('\n').length }).toEqual({ code, lines: 1 });
  expect(result.err).toContain(message);
});

it('takes a musl that the toolchain has not as an assumption of check alone, and says so', () => {
  const dir = module('assumed', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  const words = ['check', '--toolchain', 'musl-gcc', '--musl', '1.2.6', '--format', 'json'];
  const { stdout } = spawnSync('node', [gomusl, ...words], { cwd: dir, encoding: 'utf8' });
  expect(JSON.parse(stdout).runs[0]).toMatchObject({
    target: { libc: { version: '1.2.6' } },
    assumptions: [expect.stringMatching(/^musl 1\.2\.6, by tables alone: musl-gcc here has musl 1\.2\.\d/)],
  });
});

it('bears a home that cannot be written', () => {
  const dir = module('readonly', { 'main.go': main('#include <stdio.h>', 'C.puts(C.CString("c"))') });
  writeFileSync(join(dir, 'home'), 'a file, so that nothing can be made in it');
  const GOCACHE = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
  const GOMODCACHE = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  const { code, err } = build(dir, ['-o', 'app'], { HOME: join(dir, 'home'), XDG_CACHE_HOME: '', GOCACHE, GOMODCACHE });
  expect(`${code} ${err}`).toMatch(/^0 .*static, musl/);
  expect(readFileSync(join(dir, 'home'), 'utf8')).toContain('a file');
});
