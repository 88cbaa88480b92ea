import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ArgumentRow, wrapperScript, zigArguments } from './wrapper.ts';

let folder = '';
let script = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-wrapper-'));
  script = join(folder, 'cc');
  writeFileSync(script, wrapperScript(['printf', '%s\n'], zigArguments()));
  chmodSync(script, 0o755);
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

it('leaves every other word as it is', () => {
  const words = ['-o', 'a b', '', '*', '-DX="q"', "it's", '-Wl,-rpath,/a b', '-Wl,-u,foo', '$HOME', '-march=haswell'];
  expect(translated(...words)).toEqual(words);
});
