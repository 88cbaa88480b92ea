import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'gomusl-pie-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

writeFileSync(join(dir, 'go.mod'), 'module example.org/pie\n\ngo 1.21\n');
writeFileSync(
  join(dir, 'main.go'),
  'package main\n\n// static int main_address;\n// static void *where(void) { return &main_address; }\nimport "C"\nimport "fmt"\n\nfunc main() { fmt.Println(C.where()) }\n',
);

function run(words: string[], environment: Record<string, string | undefined> = {}) {
  const env = { ...process.env, CC: undefined, CXX: undefined, CGO_ENABLED: undefined, ...environment };
  const { status, stdout, stderr } = spawnSync(words[0] ?? '', words.slice(1), { cwd: dir, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

it.each(['musl-gcc', 'zig'])('makes a static-pie with %s, which the kernel puts anywhere', (toolchain) => {
  const built = run(['node', gomusl, 'build', '-buildmode=pie', '--toolchain', toolchain, '-o', 'pie']);
  expect(built.stderr).toMatch(/pie: static-pie, musl \d/);
  const addresses = new Set([1, 2, 3, 4].map(() => run([join(dir, 'pie')]).stdout));
  expect(addresses.size).toBeGreaterThan(1);
});

it('refuses one without C in one line', () => {
  mkdirSync(join(dir, 'pure'));
  writeFileSync(join(dir, 'pure/main.go'), 'package main\n\nfunc main() {}\n');
  const refused = run(['node', gomusl, 'build', '-buildmode=pie', './pure'], { CGO_ENABLED: '0' });
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/^gomusl: without C there is no .*\n$/) });
});
