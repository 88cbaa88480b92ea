import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const gomusl = join(root, 'bin/gomusl.js');

// The `node` package of npm is a script that installs node-OS-ARCH; the gate runs no install scripts, so that one is taken.
describe.each(['22', '24'])('Node %s', (major) => {
  const folder = join(root, '.cache/nodes', major);
  const program = `node-${process.platform}-${process.arch}`;
  const node = join(folder, 'node_modules', program, 'bin/node');

  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--silent', '--no-save', `${program}@${major}`], { cwd: folder });
  });

  it('runs the commands that need no toolchain', () => {
    const run = (...words: string[]) => spawnSync(node, [gomusl, ...words], { cwd: folder, encoding: 'utf8' });
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(new RegExp(`^v${major}\\.`));
    expect(run('explain', 'GM101').stdout).toMatch(/^# GM101: /);
    const check = run('check', 'net', 'os/user', '--musl', '1.2.5', '--format', 'json');
    expect(check.stderr).toBe('');
    expect(JSON.parse(check.stdout)).toMatchObject({ kind: 'check', verdict: 'pure' });
  });
});
