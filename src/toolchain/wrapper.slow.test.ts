import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { surveyToolchains } from './find.ts';
import { type ArgumentRow, wrapperScript, zigArguments } from './wrapper.ts';

let folder = '';
let script = '';
/** The command of a zig that is here; null where there is none. */
let zig: string[] | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-wrapper-'));
  script = join(folder, 'cc');
  writeFileSync(script, wrapperScript(['printf', '%s\n'], zigArguments(), ['-no-pie']));
  chmodSync(script, 0o755);
  const cacheFolder = userCacheFolder(process.env);
  const asked = { goarch: 'amd64', environment: process.env, cacheFolder, store: diskStore(folder) };
  const looked = await surveyToolchains('zig', { ...asked, scratch: null, needsCxx: false }, children, disk);
  zig = looked.flatMap(({ toolchain }) => (toolchain ? [toolchain.cc] : []))[0] ?? null;
});
afterAll(() => rmSync(folder, { recursive: true }));

const translated = (...words: string[]) =>
  execFileSync('sh', [script, 'BEGIN', ...words], { encoding: 'utf8' })
    .split('\n')
    .slice(1, -1);

/** A word that the row is for, and what it becomes. */
const tries = ({ match, begins, becomes, last }: ArgumentRow) => {
  const word = match ?? `${begins}9`;
  return { word, wanted: (becomes ?? []).map((one) => one.replace('{rest}', '9')), last: last === true };
};

it.each(zigArguments().zig.map(tries))('translates $word', ({ word, wanted, last }) => {
  const [here, end] = last ? [[], wanted] : [wanted, []];
  expect(translated('-a', word, '-b')).toEqual(['-a', ...here, '-b', ...end]);
});

it.each(zigArguments().zigLinker.map(tries))('translates $word for the linker', ({ word, wanted, last }) => {
  const part = word.replace(' ', ',');
  const rest = wanted.length === 0 ? [] : [`-Wl,${wanted.join(',')}`];
  expect(translated(`-Wl,${part}`)).toEqual(rest);
  const [here, end] = last ? [[], rest] : [wanted, []];
  expect(translated(`-Wl,-a,${part},-z,now,-b`, '-c')).toEqual([
    `-Wl,${['-a', ...here, '-z,now', '-b'].join(',')}`,
    '-c',
    ...end,
  ]);
});

it('answers for cmd/link what a probe found out, and nothing else', () => {
  const run = (...words: string[]) => execFileSync('sh', [script, ...words], { encoding: 'utf8' });
  const [out, source] = ['/tmp/go-link-1/a.out', '/tmp/go-link-1/trivial.c'];
  expect(run('-m64', '-o', out, '-no-pie', source)).toBe('');
  expect(run('-o', out, '-no-pie', source)).toBe('');
  for (const words of [
    ['-m64', '-o', out, '-nopie', source],
    ['-m64', '-o', out, '-no-pie', source, '-Wl,-z,now'],
    ['-Wl,-z,now', '-o', out, '-no-pie', source],
    ['-o', '/home/me/a.out', '-no-pie', '/home/me/trivial.c'],
  ]) {
    expect(run(...words)).toBe(`${words.join('\n')}\n`);
  }
});

it('leaves every other word as it is', () => {
  const words = ['-o', 'a b', '', '*', '-DX="q"', "it's", '-Wl,-rpath,/a b', '-Wl,-u,foo', '$HOME', '-march=haswell'];
  expect(translated(...words)).toEqual(words);
});

const cannotZig = 'there is no zig on this machine';
const written = (name: string, text: string) => {
  writeFileSync(join(folder, name), text, { mode: 0o755 });
  return join(folder, name);
};
const tried = (command: string[], ...words: string[]) =>
  spawnSync(command[0] ?? '', [...command.slice(1), ...words], { cwd: folder, encoding: 'utf8' });

it('zig itself stops at what the table says that it does not know, and takes all of it through the script', ({
  skip,
}) => {
  skip(zig === null, cannotZig);
  const source = written('one.c', 'int main(void) { return 0; }\n');
  const { zig: whole, zigLinker } = zigArguments();
  const linker = zigLinker.map((row) => ({ ...row, word: `-Wl,${tries(row).word.replace(' ', ',')}` }));
  const rows = [...whole.map((row) => ({ ...row, word: tries(row).word })), ...linker];
  // What is only done otherwise is not refused.
  const refused = rows.filter(({ why }) => /unsupported|unknown|as above/.test(why));
  const taken = refused.filter(({ word }) => tried(zig ?? [], word, source, '-o', 'refused').status === 0);
  expect(taken.map(({ word }) => word)).toEqual([]);
  const cc = written('zig-cc', wrapperScript(zig ?? [], zigArguments(), []));
  for (const row of linker) {
    const { status, stderr } = tried([cc], row.word, '-static', source, '-o', 'taken');
    expect({ word: row.word, status, stderr }).toEqual({ word: row.word, status: 0, stderr: '' });
  }
});

it('gives 0 to symbols that nothing defines where that is asked for, and only there', ({ skip }) => {
  skip(zig === null, cannotZig);
  const text =
    'extern int none(void), nil;\nint main(void) { void *volatile f = none, *volatile v = &nil; return !f && !v ? 7 : 1; }\n';
  const source = written('two.c', text);
  const cc = written('zig-cc', wrapperScript(zig ?? [], zigArguments(), []));
  const words = ['-static', source, '-o', 'two'];
  expect(tried([cc], '-Wl,--unresolved-symbols=ignore-in-object-files', ...words).status).toBe(0);
  expect(tried([join(folder, 'two')]).status).toBe(7);
  expect(tried([cc], ...words).stderr).toContain('undefined symbol: none');
  const broken = written('three.c', 'int main(void) { return }\n');
  const { status, stderr } = tried([cc], '-Wl,--unresolved-symbols=ignore-all', broken, '-o', 'three');
  expect({ status, said: stderr.includes('expected expression') }).toEqual({ status: 1, said: true });
});
