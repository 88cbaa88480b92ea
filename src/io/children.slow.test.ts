import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { children } from './children.ts';

const options = { cwd: '/', env: { PATH: process.env.PATH } };

it('ends a child that hangs together with what it started', async () => {
  const started = Date.now();
  const result = await children.run(['sh', '-c', 'sleep 60; echo late'], { ...options, timeout: 200 });
  expect(result).toMatchObject({ timedOut: true, code: null, stdout: '' });
  expect(Date.now() - started).toBeLessThan(5000);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it.each(['SIGINT', 'SIGTERM'] as const)('at %s ends its children and removes its temporary folders', async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-ending-'));
  const modules = ['children', 'scratch'].map((name) => new URL(`./${name}.ts`, import.meta.url).href);
  const script = `
    import { children } from '${modules[0]}';
    import { diskScratch } from '${modules[1]}';
    diskScratch().folder('scratch-');
    children.run(['sh', '-c', 'echo $$ > written; mv written ready; sleep 300; echo late'],
      { cwd: ${JSON.stringify(folder)}, env: process.env });`;
  const tsx = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const child = spawn('node', ['--import', tsx, '--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: folder },
    cwd: folder,
  });
  const code = new Promise((resolve) => child.on('exit', resolve));
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await until(() => existsSync(join(folder, 'ready')));
  const started = Number(readFileSync(join(folder, 'ready'), 'utf8'));
  child.kill(signal);
  expect(await code).toBe(signal === 'SIGINT' ? 130 : 143);
  await until(() => !isRunning(started));
  expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
