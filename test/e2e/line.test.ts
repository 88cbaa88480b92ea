import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { validateResult } from '../../src/cli/validate-result.ts';

const gomusl = new URL('../../bin/gomusl.js', import.meta.url).pathname;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-line-'));
  writeFileSync(join(folder, 'go.mod'), 'module example.org/hello\n\ngo 1.21\n');
  writeFileSync(
    join(folder, 'main.go'),
    [
      'package main',
      '',
      '/*',
      '#include <stdio.h>',
      'static void hello(void) { printf("hello, musl\\n"); fflush(stdout); }',
      '*/',
      'import "C"',
      '',
      'func main() { C.hello() }',
      '',
    ].join('\n'),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The result on stdout, which must fit schema/result.json. */
function resultOf(words: string[]): unknown {
  const { stdout } = spawnSync('node', [gomusl, ...words, '--format', 'json'], { encoding: 'utf8' });
  return validateResult(stdout, words.join(' '));
}

it('gives JSON that fits the published schema, whatever the command', () => {
  expect(resultOf(['check', '-C', folder])).toMatchObject({ kind: 'check' });
  expect(resultOf(['check', '-C', folder, '--musl', '1.2.6', '-tags', 'x', '--fail-on', 'never'])).toMatchObject({
    kind: 'check',
  });
  expect(resultOf(['build', '-C', folder, '-o', 'again'])).toMatchObject({ kind: 'build' });
  expect(resultOf(['verify', join(folder, 'again')])).toMatchObject({ kind: 'verify' });
});

it('checks, builds, verifies and runs a cgo program', () => {
  const check = spawnSync('node', [gomusl, 'check', '-C', folder, '--format', 'json'], { encoding: 'utf8' });
  expect(check.stderr).toBe('');
  expect(JSON.parse(check.stdout)).toMatchObject({ kind: 'check', verdict: 'static', findings: [] });
  expect(check.status).toBe(0);

  const build = spawnSync('node', [gomusl, 'build', '-C', folder, '-o', 'hello'], { encoding: 'utf8' });
  expect(build.stderr).toContain('static');
  expect(build.status).toBe(0);

  const verify = spawnSync('node', [gomusl, 'verify', '--format', 'json', join(folder, 'hello')], { encoding: 'utf8' });
  expect(JSON.parse(verify.stdout)).toMatchObject({ kind: 'verify', verdict: 'static' });
  expect(verify.status).toBe(0);
  expect(execFileSync(join(folder, 'hello'), { encoding: 'utf8' })).toBe('hello, musl\n');
});
