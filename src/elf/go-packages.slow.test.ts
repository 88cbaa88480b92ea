import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disk } from '../io/disk.ts';
import { readGoPackages } from './go-packages.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-packages-'));
  writeFileSync(join(folder, 'go.mod'), 'module example.org/a.b\n\ngo 1.21\n');
  execFileSync('mkdir', [join(folder, 'in.v2')]);
  writeFileSync(join(folder, 'in.v2/in.go'), 'package in\n\n//go:noinline\nfunc F[T any](v T) any { return v }\n');
  writeFileSync(
    join(folder, 'main.go'),
    'package main\n\nimport in "example.org/a.b/in.v2"\n\nfunc main() { println(in.F(1)) }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['', '-s -w'])('names the packages of a Go program linked with "%s"', (ldflags) => {
  const env = { ...process.env, CGO_ENABLED: '0' };
  execFileSync('go', ['build', '-o', 'app', `-ldflags=${ldflags}`], { cwd: folder, env });
  const packages = readGoPackages(join(folder, 'app'), disk);
  expect(packages).toEqual(expect.arrayContaining(['main', 'runtime', 'internal/abi', 'example.org/a.b/in.v2']));
  expect(packages).not.toContain('net');
});

it('names none of a file that is cut, or of no Go program', () => {
  const cut = join(folder, 'cut');
  writeFileSync(cut, readFileSync(join(folder, 'app')));
  truncateSync(cut, 300_000);
  expect(readGoPackages(cut, disk)).toEqual([]);
  expect(readGoPackages('/bin/sh', disk)).toEqual([]);
});
