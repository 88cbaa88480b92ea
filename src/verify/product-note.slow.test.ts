import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readExecutable } from '../elf/executable.ts';
import { disk } from '../io/disk.ts';
import { productNoteSource } from './product-note.ts';

it('proves the version of musl in a stripped program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-note-'));
  try {
    writeFileSync(join(folder, 'note.c'), productNoteSource({ toolchain: 'musl-gcc', flavor: 'debian' }));
    writeFileSync(join(folder, 'main.c'), 'int main(void) { return 0; }\n');
    execFileSync('musl-gcc', ['-static', '-s', '-o', 'app', 'main.c', 'note.c'], { cwd: folder });
    const view = readExecutable(join(folder, 'app'), disk);
    expect(view).toMatchObject({
      type: 'static',
      libc: 'musl',
      stripped: true,
      note: { toolchain: 'musl-gcc', flavor: 'debian' },
    });
    expect(view.libcVersion).toMatch(/^1\.\d+\.\d+$/);
    execFileSync(join(folder, 'app'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
