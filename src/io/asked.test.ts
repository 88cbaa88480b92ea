import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerTo, recordQuestions, stampSources } from './asked.ts';
import { disk } from './disk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-asked-'));
  writeFileSync(join(folder, 'a.h'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('records each question once, what is not there included', () => {
  const questions = recordQuestions();
  disk.read(join(folder, 'a.h'));
  disk.size(join(folder, 'a.h'));
  disk.exists(join(folder, 'b.h'));
  disk.list(folder);
  const asked = questions();
  expect(asked.map(({ kind, path }) => `${kind} ${path.slice(folder.length)}`)).toEqual([
    'file /a.h',
    'presence /b.h',
    'names ',
  ]);
  disk.read(join(folder, 'c.h'));
  expect(questions()).toEqual(asked);
  const before = asked.map(answerTo);
  writeFileSync(join(folder, 'b.h'), '');
  expect(asked.map(answerTo).map((answer, at) => answer === before[at])).toEqual([true, false, false]);
});

it('knows a changed file, even of the same size with its time set back', () => {
  const question = { kind: 'file', path: join(folder, 'a.h') } as const;
  utimesSync(question.path, 1, 1);
  const before = answerTo(question);
  writeFileSync(question.path, 'two');
  utimesSync(question.path, 1, 1);
  expect(answerTo(question)).not.toBe(before);
});

it('stamps sources wherever they lie, hidden folders left out, and gives up beyond its limit', () => {
  mkdirSync(join(folder, 'in/ner'), { recursive: true });
  mkdirSync(join(folder, '.git'));
  for (const name of ['in/ner/x.go', 'in/picture.png', '.git/y.go', 'vendor.txt'])
    writeFileSync(join(folder, name), '');
  const tree = stampSources([folder], 100);
  expect([...(tree?.files.keys() ?? [])].map((path) => path.slice(folder.length)).sort()).toEqual([
    '/a.h',
    '/in/ner/x.go',
  ]);
  expect(stampSources([folder], 3)).toBeNull();
});
