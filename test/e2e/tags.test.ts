import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

// A real module that brings one archive built for glibc and, under a tag, one built for musl.
const module = 'github.com/confluentinc/confluent-kafka-go/v2';
const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'gomusl-tags-'));
const program = `package main

import (
	"fmt"

	"${module}/kafka"
)

func main() {
	_, version := kafka.LibraryVersion()
	fmt.Println("librdkafka", version)
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
  run('go', 'get', `${module}@v2.3.0`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names the tag and the command that take a real module out of the way, and types it itself where allowed', () => {
  const blocked = run('node', gomusl, 'build', '-o', 'app');
  expect(blocked).toMatchObject({ status: 1, stdout: '' });
  expect(blocked.stderr).toContain('> Build with -tags musl: it selects build_musl_linux_amd64.go.');
  expect(blocked.stderr).toContain('next: gomusl build -tags musl example.org/app\n');

  writeFileSync(join(folder, 'gomusl.yaml'), 'allow: tags\n');
  const built = run('node', gomusl, 'build', '-o', 'app');
  expect(built.stderr).toMatch(/gomusl: .*app: static, musl \d/);
  expect(built.status).toBe(0);
  expect(run(join(folder, 'app')).stdout).toMatch(/^librdkafka \d/);
  expect(run('node', gomusl, 'build', '--dry-run').stdout).toMatch(/: -tags musl\n.*go build .*-tags=musl/s);

  const idle = run('node', gomusl, 'build', '--dry-run', '-tags', 'msul');
  expect(idle.stdout).toContain('note: The tag msul selects nothing');
});
