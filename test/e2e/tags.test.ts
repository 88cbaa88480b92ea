import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

// A real module that brings archives built for glibc, which no shim helps, and others for musl under a tag.
const module = 'github.com/gen2brain/go-fitz';
const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'gomusl-tags-'));
const program = `package main

import (
	"fmt"

	"${module}"
)

func main() {
	document, err := fitz.NewFromMemory([]byte("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"))
	if err != nil {
		panic(err)
	}
	fmt.Println("pages", document.NumPage())
}
`;

function run(...words: string[]) {
  const [command = '', ...rest] = words;
  const { status, stdout, stderr } = spawnSync(command, rest, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeAll(() => {
  writeFileSync(join(folder, 'main.go'), program);
  run('go', 'mod', 'init', 'example.org/app');
  run('go', 'get', `${module}@v1.24.15`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names the tag and the command that take a real module out of the way, and types it itself where allowed', () => {
  const blocked = run('node', gomusl, 'build', '-o', 'app');
  expect(blocked).toMatchObject({ status: 1, stdout: '' });
  expect(blocked.stderr).toContain('> Build with -tags musl: it changes the #cgo flags of');
  expect(blocked.stderr).toContain('next: gomusl build -tags=musl example.org/app\n');

  writeFileSync(join(folder, 'gomusl.yaml'), 'allow: tags\n');
  const built = run('node', gomusl, 'build', '-o', 'app');
  expect(built.stderr).toMatch(/gomusl: .*app: static, musl \d/);
  expect(built.status).toBe(0);
  expect(run(join(folder, 'app')).stdout).toMatch(/^pages \d/);
  expect(run('node', gomusl, 'build', '--dry-run').stdout).toMatch(/: -tags musl\n.*go build .*-tags=musl/s);

  const idle = run('node', gomusl, 'build', '--dry-run', '-tags', 'msul');
  expect(idle.stdout).toContain('note: The tag msul selects nothing');
});
