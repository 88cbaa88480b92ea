import { expect, it } from 'vitest';
import { memoryFiles, memoryScratch } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import { parseVersioned, prepareVersioned } from './versioned-package.ts';

it('knows PACKAGE@VERSION from local paths and plain patterns', () => {
  expect(parseVersioned('example.org/a/b@v1.2.3')).toEqual({
    path: 'example.org/a/b',
    version: 'v1.2.3',
    recursive: false,
  });
  expect(parseVersioned('example.org/a/...@latest')).toEqual({
    path: 'example.org/a',
    version: 'latest',
    recursive: true,
  });
  for (const pattern of ['./a@v1', '../a@v1', '/a@v1', '-a@v1', 'example.org/a', 'a@b@c', '@v1']) {
    expect(parseVersioned(pattern), pattern).toBeNull();
  }
});

const call = { dir: '/', environment: {}, timeout: 1 };
const missing = (path: string) => ({ Path: path, Version: 'v1.0.0', Error: { Err: `${path}@v1.0.0: 404` } });

/** A go command that knows example.org/m v1.0.0, in the module cache. */
function go(modules: object[], name: string, asked: string[][] = []): Processes {
  return {
    async run(words) {
      asked.push(words);
      const found = words.includes('-m') ? modules : [{ ImportPath: 'x', Name: name }];
      const stdout = found.map((one) => `${JSON.stringify(one, null, '\t')}\n`).join('');
      return { code: 0, signal: null, stdout, stderr: '', timedOut: false };
    },
  };
}

const cached = { Path: 'example.org/m', Version: 'v1.0.0', Dir: '/c/m@v1.0.0' };
const wanted = { path: 'example.org/m/cmd', version: 'v1', recursive: false };

/** What is prepared, and the texts then standing in the scratch folder. */
async function prepare(processes: Processes, content: Record<string, string>) {
  const files = memoryFiles(content);
  const text = (name: string) => new TextDecoder().decode(files.read(`/scratch/1/${name}`) ?? undefined);
  const room = { folder: '/scratch/1', scratch: memoryScratch(content) };
  const load = await prepareVersioned(wanted, room, call, processes, files);
  return { load, own: [text('own/go.mod'), text('own/go.sum')], goMod: text('go.mod') };
}

it('loads a main package by a copy of the go.mod of its own module', async () => {
  const content = { '/c/m@v1.0.0/go.mod': 'own', '/c/m@v1.0.0/go.sum': 'sums', '/c/m@v1.0.0/cmd/main.go': '' };
  const asked: string[][] = [];
  const processes = go([missing('example.org/m/cmd'), cached, missing('example.org')], 'main', asked);
  const { load, own } = await prepare(processes, content);
  expect(asked[0]).toEqual(expect.arrayContaining(['example.org/m/cmd@v1', 'example.org/m@v1', 'example.org@v1']));
  expect(load).toMatchObject({
    dir: '/c/m@v1.0.0',
    pattern: './cmd',
    mod: 'readonly',
    modfile: '/scratch/1/own/go.mod',
  });
  expect(own).toEqual(['own', 'sums']);
});

it('loads a library, and a module without go.mod, through a temporary module that requires it', async () => {
  for (const content of [{ '/c/m@v1.0.0/go.mod': 'own', '/c/m@v1.0.0/cmd/x.go': '' }, { '/c/m@v1.0.0/cmd/x.go': '' }]) {
    const { load, goMod } = await prepare(go([cached], 'lib'), content);
    expect(load).toMatchObject({ dir: '/scratch/1', pattern: 'example.org/m/cmd', mod: 'mod', modfile: null });
    expect(goMod).toContain('require example.org/m v1.0.0\n');
  }
});

it('says whether the module, the package or the network was missing', async () => {
  const absent = prepare(go([cached], 'main'), { '/c/m@v1.0.0/other/x.go': '' });
  await expect(absent).rejects.toMatchObject({ message: 'the module has no such package' });
  const unknown = { ...missing('example.org/m'), Error: { Err: 'example.org/m@v1: unknown revision v1\nmore' } };
  await expect(prepare(go([missing('example.org/m/cmd'), unknown], 'main'), {})).rejects.toMatchObject({
    where: 'example.org/m@v1: unknown revision v1',
  });
  const offline = { ...missing('example.org/m'), Error: { Err: 'module lookup disabled by GOPROXY=off' } };
  await expect(prepare(go([offline], 'main'), {})).rejects.toMatchObject({ action: 'run it without --offline' });
});
