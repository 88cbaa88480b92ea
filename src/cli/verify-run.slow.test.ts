import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAlone } from './verify-run.ts';

let folder = '';
let app = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-start-'));
  app = join(folder, 'app');
  const source = `
    #include <stdio.h>
    #include <stdlib.h>
    #include <unistd.h>
    extern char **environ;
    int main(int count, char **words) {
      if (count == 1) { int lines = 0; for (char **one = environ; *one; one++) lines++; return lines; }
      if (words[1][0] == 'a') abort();
      if (words[1][0] == 's') sleep(60);
      FILE *file = fopen(words[1], "r");
      if (!file) { perror(words[1]); return 4; }
      return 0;
    }`;
  writeFileSync(join(folder, 'app.c'), source);
  execFileSync('musl-gcc', ['-static', '-o', app, join(folder, 'app.c')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('starts a program without environment, and leaves nothing behind', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('gomusl-run-'));
  expect(await startAlone(app, [], 10_000)).toMatchObject({ outcome: 'exited', code: 0 });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('gomusl-run-'))).toEqual(before);
});

it('tells a signal, the time limit, and what was missing', async () => {
  expect(await startAlone(app, ['abort'], 10_000)).toMatchObject({ outcome: 'killed', signal: 'SIGABRT' });
  expect(await startAlone(app, ['sleep'], 300)).toMatchObject({ outcome: 'still-running', code: null });
  const run = await startAlone(app, [join(folder, 'app.c')], 10_000);
  // Where no root of its own is to be had, the file is in reach.
  if (run.root === 'empty-folder') expect(run.code).toBe(0);
  else expect(run).toMatchObject({ outcome: 'exited', code: 4, missing: [join(folder, 'app.c')] });
});

it('tells what cannot be started', async () => {
  const other = join(folder, 'other');
  writeFileSync(other, '\u007fELF');
  expect(await startAlone(other, [], 10_000)).toMatchObject({ outcome: 'not-started', code: null });
});
