import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

it.each(['SIGINT', 'SIGTERM'] as const)('at %s ends its children and removes its temporary folders', async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-ending-'));
  const modules = ['children', 'scratch'].map((name) => new URL(`./${name}.ts`, import.meta.url).href);
  const script = `
    import { children } from '${modules[0]}';
    import { diskScratch } from '${modules[1]}';
    diskScratch().folder('scratch-');
    children.run(['sh', '-c', 'trap "echo ended > ended; exit" TERM; echo ready > ready; while :; do sleep 0.1; done'],
      { cwd: ${JSON.stringify(folder)}, env: process.env });`;
  const tsx = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const child = spawn('node', ['--import', tsx, '--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: folder },
    cwd: folder,
  });
  const code = new Promise((resolve) => child.on('exit', resolve));
  const wait = async (path: string) => {
    while (!existsSync(join(folder, path))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await wait('ready');
  child.kill(signal);
  expect(await code).toBe(signal === 'SIGINT' ? 130 : 143);
  await wait('ended');
  expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
