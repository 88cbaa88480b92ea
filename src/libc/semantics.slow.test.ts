import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { allSemantics } from './semantics.ts';

const probe = fileURLToPath(new URL('fixtures/stubs.c', import.meta.url));
const absent = spawnSync('musl-gcc', ['--version']).error !== undefined;

if (absent) process.stderr.write('skipped: stubs of musl, since musl-gcc is not installed\n');

it.skipIf(absent)('a static musl program shows every difference that data/semantics.yaml says is probed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-stubs-'));
  try {
    const program = join(folder, 'stubs');
    execFileSync('musl-gcc', ['-static', probe, '-o', program]);
    const lines = execFileSync(program, { encoding: 'utf8' }).split('\n');
    const probed = allSemantics().filter((one) => one.probe);
    expect(probed.length).toBeGreaterThan(5);
    expect(probed.map((one) => `${one.id} fails`).filter((line) => !lines.includes(line))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
