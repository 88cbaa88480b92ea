import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';

// One module, two versions, two toolchains: musl 1.2.4 took away names that the older version asks for by a #cgo line.
const module = 'github.com/mattn/go-sqlite3';
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const program = `package main

import (
	"database/sql"
	"fmt"

	_ "${module}"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		panic(err)
	}
	var answer int
	if err := db.QueryRow("select 6 * 7").Scan(&answer); err != nil {
		panic(err)
	}
	fmt.Println(answer)
}
`;
const folder = mkdtempSync(join(tmpdir(), 'gomusl-four-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function check(dir: string, toolchain: string): Result {
  return JSON.parse(run(['node', gomusl, 'check', '--format', 'json', '--toolchain', toolchain], dir).stdout) as Result;
}

describe.each(['v1.14.18', 'v1.14.19'])('%s', (version) => {
  const dir = join(folder, version);

  beforeAll(() => {
    spawnSync('mkdir', [dir]);
    writeFileSync(join(dir, 'main.go'), program);
    writeFileSync(join(dir, 'go.mod'), 'module example.org/four\n\ngo 1.21\n');
    expect(run(['go', 'get', `${module}@${version}`], dir).status).toBe(0);
  });

  it('becomes static with musl-gcc and musl 1.2.3, as it is', () => {
    const result = check(dir, 'musl-gcc');
    expect(result.runs[0]?.target.libc.version).toBe('1.2.3');
    expect(result.verdict).toBe('static');
    expect(result.findings.filter(({ stage }) => stage !== 'run')).toEqual([]);
    const plain = run(['node', gomusl, 'build', '--no-remedies', '--toolchain', 'musl-gcc', '-o', 'plain'], dir);
    expect(plain.stderr).toContain('static, musl');
    expect(run([join(dir, 'plain')], dir).stdout).toBe('42\n');
  });

  it('needs a define with zig and musl 1.2.5 up to v1.14.18, which build gives', () => {
    const result = check(dir, 'zig');
    expect(result.runs[0]?.target.libc.version).toBe('1.2.5');
    const hurt = result.findings.filter(({ stage }) => stage !== 'run');
    const plain = run(['node', gomusl, 'build', '--no-remedies', '--toolchain', 'zig', '-o', 'plain'], dir);
    if (version === 'v1.14.18') {
      expect(result.verdict).toBe('static-with-remedies');
      expect(result.runs[0]?.plain).toEqual({ outcome: 'fails', stage: 'compile' });
      expect(hurt).toMatchObject([
        {
          ruleId: 'GM105',
          severity: 'error',
          location: { file: 'sqlite3.go', line: 24 },
          evidence: { name: 'pread64', names: ['pread64', 'pwrite64', 'off64_t'], flag: '-DHAVE_PREAD64=1' },
          remedies: [{ kind: 'define', automatic: true, variable: 'CGO_CFLAGS', flags: ['-D_LARGEFILE64_SOURCE'] }],
        },
      ]);
      expect(plain.stderr).toContain("'pread64'");
      expect(plain.status).not.toBe(0);
    } else {
      expect(result.verdict).toBe('static');
      expect(hurt).toEqual([]);
      expect(plain.status).toBe(0);
    }
    const built = run(['node', gomusl, 'build', '--toolchain', 'zig', '-o', 'app'], dir);
    expect(built.stderr).toContain('static, musl 1.2.5');
    expect(built.status).toBe(0);
    expect(run([join(dir, 'app')], dir).stdout).toBe('42\n');
  });
});
