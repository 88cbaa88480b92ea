import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function doctor(environment: Record<string, string | undefined>) {
  const env = { ...process.env, CC: undefined, CXX: undefined, ...environment };
  const { status, stdout } = spawnSync(process.execPath, [gomusl, 'toolchain', 'doctor'], { encoding: 'utf8', env });
  return { status, stdout };
}

it('says what a bug report needs', () => {
  const { status, stdout } = doctor({ CC: 'musl-gcc' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^gomusl \d.*\nsystem: .*kernel .*\nGo: go1\./);
  expect(stdout).toMatch(/cache: .* GB free/);
  expect(stdout).toContain('CC=musl-gcc');
  expect(stdout).toMatch(/musl-gcc: .*\n {4}musl 1\.2\.\d.*, no C\+\+/);
});

it('advises where nothing is there', () => {
  writeFileSync(join(folder, 'file'), '');
  const { status, stdout } = doctor({
    PATH: folder,
    XDG_CACHE_HOME: join(folder, 'file'),
    GOROOT: '',
  });
  expect(status).toBe(1);
  expect(stdout).toContain('cannot be written (ENOTDIR)');
  expect(stdout).toContain('Go: none in PATH');
  expect(stdout).toMatch(/advice: no musl toolchain for linux\/\w+: gomusl toolchain install zig/);
});
