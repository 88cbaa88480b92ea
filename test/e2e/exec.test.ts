// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that
// The environment of a build for other tools: by `gomusl exec`, and by what `gomusl env` prints for each reader.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gomusl exec's "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env: Record<string, string | undefined> = {
  ...process.env,
  ...{ CC: undefined, CXX: undefined, CGO_ENABLED: undefined, GOFLAGS: undefined, HOSTILE: '$(touch hostile)`' },
};
const words = ['--toolchain', 'musl-gcc', '-ldflags', '-X main.text=$(touch${IFS}hostile)', '-gcflags=all=-l'];

beforeAll(() => {
  const files: Record<string, string> = {
    'go.mod': 'module example.org/tools\n\ngo 1.21\n',
    'main.go':
      'package main\n\n// static int two(void) { return 2; }\nimport "C"\n\nvar text = ""\n\nfunc two() int { return int(C.two()) }\n\nfunc main() { println(two(), text) }\n',
    'main_test.go':
      'package main\n\nimport "testing"\n\nfunc TestTwo(t *testing.T) {\n\tif two() != 2 {\n\t\tt.Fail()\n\t}\n}\n',
    Makefile: 'app:\n\tgo build -o made .\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

const run = (command: string[], input?: Uint8Array) =>
  spawnSync(command[0] ?? '', command.slice(1), { cwd: folder, env: env as NodeJS.ProcessEnv, input });
const exec = (...command: string[]) => ['node', gomusl, 'exec', ...words, '--', ...command];
const isStatic = (path: string) => run(['node', gomusl, 'verify', path]).stdout.toString();

it('runs go test and make in the environment of the build', () => {
  const tested = run(exec('go', 'test', '-count=1', './...'));
  expect(`${tested.stdout}${tested.stderr}`).toMatch(/^ok\s+example.org\/tools\s/m);
  expect(run(exec('go', 'test', '-c', '-o', 'test.bin')).status).toBe(0);
  expect(isStatic('test.bin')).toMatch(/^static: /);
  expect(run(exec('make')).status).toBe(0);
  expect(isStatic('made')).toMatch(/^static: /);
});

it('stands in for the command: input, output, exit code, signals', async () => {
  const bytes = Uint8Array.from([0xff, 0, 0xc3, 0x28, 10]);
  const { stdout, status } = run(exec('sh', '-c', 'cat; exit 7'), bytes);
  expect({ bytes: Uint8Array.from(stdout), status }).toEqual({ bytes, status: 7 });
  expect(run(exec('sh', '-c', 'kill -TERM $$')).status).toBe(143);
  expect(run(exec('no such command')).stderr.toString()).toMatch(/^gomusl: there is no such command: .*\n$/);
  const [node = '', ...rest] = exec('sh', '-c', 'trap "echo in order; exit 5" TERM; echo ready; sleep 100 & wait');
  const child = spawn(node, rest, { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  const code = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said === 'ready\n') child.kill('SIGTERM');
    });
    child.on('exit', resolve);
  });
  expect({ said, code }).toEqual({ said: 'ready\nin order\n', code: 5 });
});

it.each([
  ['shell', 'eval "$(cat printed)"'],
  ['dotenv', 'set -a; . ./printed'],
])('prints for %s what starts nothing, and builds what the build would', (format, take) => {
  writeFileSync(join(folder, 'printed'), run(['node', gomusl, 'env', `--as=${format}`, ...words]).stdout);
  rmSync(join(folder, 'app'), { force: true });
  execFileSync('sh', ['-c', `${take}; go build -o app .`], { cwd: folder, env: env as NodeJS.ProcessEnv });
  expect(isStatic('app')).toMatch(/^static: /);
  expect(run([join(folder, 'app')]).stderr.toString()).toBe('2 $(touch${IFS}hostile)\n');
  expect(run(['ls', 'hostile']).status).not.toBe(0);
  expect(readFileSync(join(folder, 'printed'), 'utf8')).toContain('-gcflags=all=-l');
});

it('prints the same as JSON and for GitHub', () => {
  const json = JSON.parse(run(['node', gomusl, 'env', '--as=json', ...words]).stdout.toString());
  const lines = run(['node', gomusl, 'env', '--as=github', ...words])
    .stdout.toString()
    .trimEnd()
    .split('\n');
  expect(Object.fromEntries(lines.map((line) => [line.split('=')[0], line.replace(/^[^=]*=/, '')]))).toEqual(json);
});
