import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

// A transcript is a small module and what the command line says of it: files under `-- PATH --`, then `$ gomusl …` lines
// with their output and exit code. What differs by machine stands as $GO, $TOOLCHAIN and $DIR.
const folder = fileURLToPath(new URL('../transcripts', import.meta.url));
const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'gomusl-transcript-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function layOut(name: string, files: string[]): string {
  const dir = join(scratch, name);
  mkdirSync(dir, { recursive: true });
  for (let at = 0; at < files.length; at += 2) {
    const path = join(dir, files[at] as string);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files[at + 1] ?? '');
  }
  return dir;
}

function normalise(text: string, dir: string): string {
  return text
    .replaceAll(dir, '$DIR')
    .replace(/\bgo1\.\d+(\.\d+)?\b/g, '$GO')
    .replace(/(by tables alone): .*/g, '$1: $TOOLCHAIN');
}

/** No toolchain in PATH and none in the cache: what is told is then the same on every machine. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const bin = join(scratch, 'bin');
  mkdirSync(bin, { recursive: true });
  const [go = '', cache = '', modules = ''] = ['command -v go', 'go env GOCACHE', 'go env GOMODCACHE'].map((command) =>
    spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout.trim(),
  );
  symlinkSync(go, join(bin, 'go'));
  return { PATH: bin, HOME: join(scratch, 'home'), GOCACHE: cache, GOMODCACHE: modules, GOTOOLCHAIN: 'local' };
}
const env = bareEnvironment();

function replay(command: string, dir: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [gomusl, ...command.split(' ').slice(1)], {
    env,
    cwd: dir,
    encoding: 'utf8',
  });
  return `$ ${command}\n${normalise(stderr + stdout, dir)}[exit ${status}]\n`;
}

describe.each(readdirSync(folder))('%s', (name) => {
  const path = join(folder, name);
  const parts = readFileSync(path, 'utf8').split(/^-- (.+) --\n/m);
  const transcript = parts.pop() ?? '';
  const [, ...files] = parts;
  files.pop();

  it('says what it said', () => {
    const dir = layOut(name, files);
    const commands = transcript.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
    const now = commands.map((command) => replay(command, dir)).join('');
    if (process.env.UPDATE_TRANSCRIPTS)
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(transcript, () => now),
      );
    else expect(now).toBe(transcript);
  });

  it('keeps to 80 columns', () => {
    expect(transcript.split('\n').filter((line) => line.length > 80 && !line.startsWith('gomusl: '))).toEqual([]);
  });
});
