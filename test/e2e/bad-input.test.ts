import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gomusl-bad-'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const hello = 'package main\n\nfunc main() {}\n';
const goMod = 'module example.org/m\n\ngo 1.21\n';

interface Case {
  what: string;
  files: Record<string, string>;
  /** After `check -C FOLDER`. */
  words?: string[];
  /** Replaces PATH by a folder without any program. */
  emptyPath?: true;
  code: 2 | 3;
  says: RegExp;
}

const cases: Case[] = [
  {
    what: 'no go.mod',
    files: { 'main.go': hello },
    code: 3,
    says: /no Go module found: .*\/no-go\.mod; go to a folder/,
  },
  {
    what: 'go.mod does not parse',
    files: { 'main.go': hello, 'go.mod': `${goMod}\nfoo bar\n` },
    code: 3,
    says: /go\.mod does not parse: unknown directive: foo: .*\/go\.mod:5; correct/,
  },
  {
    what: 'go.mod asks for a newer Go',
    files: { 'main.go': hello, 'go.mod': 'module example.org/m\n\ngo 1.999\n' },
    code: 3,
    says: /Go 1\.999 is asked for, and Go \S+ is installed: .*\/go\.mod; install Go 1\.999/,
  },
  {
    what: 'go.work does not parse',
    files: { 'm/main.go': hello, 'm/go.mod': goMod, 'go.work': 'go 1.21\nuse ./m\n)\n' },
    code: 3,
    says: /go\.work does not parse: .*\/go\.work:3; correct/,
  },
  {
    what: 'a folder without package',
    files: { 'main.go': hello, 'go.mod': goMod },
    words: ['./nope'],
    code: 3,
    says: /no such package: .*\/nope; /,
  },
  {
    what: 'an import path that nothing provides',
    files: { 'main.go': hello, 'go.mod': goMod },
    words: ['example.org/other/nope', '--offline'],
    code: 3,
    says: /no required module provides package example\.org\/other\/nope: .*; run: go get/,
  },
  {
    what: 'only test files',
    files: { 'm_test.go': 'package m\n', 'go.mod': goMod },
    code: 3,
    says: /only test files found/,
  },
  {
    what: 'a syntax error among the imports',
    files: { 'main.go': 'package main\n\nimport "fmt\n\nfunc main() {}\n', 'go.mod': goMod },
    code: 3,
    says: /string literal not terminated: .*\/main\.go:3:8; /,
  },
  {
    what: 'a syntax error in a function',
    files: { 'main.go': 'package main\n\nfunc main() {\n\tx := = 3\n}\n', 'go.mod': goMod },
    code: 3,
    says: /syntax error: expected operand, found '=': .*\/main\.go:4:7; /,
  },
  {
    what: 'a file named like a flag',
    files: { 'main.go': hello, '-toolexec=x.go': hello, 'go.mod': goMod },
    code: 3,
    says: /invalid input file name "-toolexec=x\.go": example\.org\/m; /,
  },
  {
    what: 'a package named like a flag',
    files: { 'main.go': hello, 'go.mod': goMod },
    words: ['--', '-x.go'],
    code: 2,
    says: /a package cannot begin with a dash: -x\.go; /,
  },
  {
    what: 'two packages of which one has a version',
    files: { 'main.go': hello, 'go.mod': goMod },
    words: ['.', 'example.org/x@v1.0.0'],
    code: 2,
    says: /PACKAGE@VERSION stands alone/,
  },
  {
    what: 'a version that no cache has',
    files: {},
    words: ['example.org/x@v1.0.0', '--offline'],
    code: 3,
    says: /not in the module cache: example\.org\/x@v1\.0\.0; run it without --offline/,
  },
  {
    what: 'no Go',
    files: { 'main.go': hello, 'go.mod': goMod },
    emptyPath: true,
    code: 3,
    says: /no go command found: PATH; /,
  },
];

it.each(cases)(
  '$what: one line, at once, and the right exit code',
  ({ what, files, words = [], emptyPath, code, says }) => {
    const folder = join(root, what.replaceAll(' ', '-'));
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const env = { ...process.env, GOWORK: '', GOFLAGS: '', ...(emptyPath && { PATH: folder }) };
    const started = performance.now();
    const result = spawnSync(process.execPath, [gomusl, 'check', '-C', folder, ...words], { encoding: 'utf8', env });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(result.stderr).toMatch(says);
    expect(result.stderr).toMatch(/^gomusl: [^\n]+; [^\n]+\n$/);
    expect(result.stdout).toBe('');
    expect(result.status).toBe(code);
  },
);

it('a folder that is not there', () => {
  const result = spawnSync(process.execPath, [gomusl, 'check', '-C', join(root, 'none')], { encoding: 'utf8' });
  expect(result.stderr).toMatch(/^gomusl: there is no such folder: .*\/none; [^\n]+\n$/);
  expect(result.status).toBe(2);
});

it('one broken package among others leaves no clean answer', () => {
  const folder = join(root, 'mixed');
  mkdirSync(join(folder, 'bad'), { recursive: true });
  writeFileSync(join(folder, 'go.mod'), goMod);
  writeFileSync(join(folder, 'main.go'), hello);
  writeFileSync(join(folder, 'bad/bad.go'), 'package bad\n\nimport _ "example.org/none"\n');
  const words = [gomusl, 'check', '-C', folder, './...', '--format', 'json'];
  const result = spawnSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, GOFLAGS: '' } });
  expect(result.status).toBe(3);
  expect(result.stdout + result.stderr).toContain('no required module provides package example.org/none');
});
