import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-pack-'));
const empty = join(folder, 'empty');
let tarball = '';

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  execFileSync('mkdir', [empty]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what runs and nothing of the development', () => {
    const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
    expect(names).toContain('package/dist/cli/main.js');
    expect(names).toContain('package/dist/go/tree-sitter-go.wasm');
    expect(names).toContain('package/docs/rules/GM104.md');
    expect(names).toContain('package/schema/result.json');
    expect(
      names.filter((name) => /\.test\.|\/fixtures\/|^package\/(src|test|corpus|scripts)\/|data\/libc\//.test(name)),
    ).toEqual([]);
  });

  it('works through npx in an empty folder', () => {
    const npx = (words: string[]) =>
      spawnSync('npx', ['--yes', '--package', tarball, 'gomusl', ...words], { cwd: empty, encoding: 'utf8' });
    const version = npx(['--version']);
    expect(version.stderr).toBe('');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const page = npx(['explain', 'GM104']);
    expect(page.stdout).toMatch(/^# GM104: /);
    const check = npx(['check']);
    expect(check.status).toBe(3);
    expect(check.stderr).toContain('no Go module found');
    const net = npx(['check', 'net', '--musl', '1.2.5']);
    expect(net.stdout).toMatch(/^pure: /);
  });
});
