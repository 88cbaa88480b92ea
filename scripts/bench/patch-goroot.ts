// npm run bench:patch-goroot: an overlay for the Go of this machine against `node -e 0`, and a patched copy against
// `cp -a`, both targets new at each run. Build first.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timePairs } from './pairs.ts';
import { writeTable } from './table.ts';

const pairs = { overlay: 20, copy: 10 };
const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const goroot = realpathSync(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim());
const room = mkdtempSync(join(tmpdir(), 'gomusl-bench-'));
const fresh = (name: string) => {
  const path = join(room, name);
  return { path, before: () => rmSync(path, { recursive: true, force: true }) };
};
const patch = (...words: string[]) => [process.execPath, bin, 'patch-goroot', ...words];

try {
  const node = { label: 'node -e 0', command: [process.execPath, '-e', '0'], options: {} };
  const file = fresh('overlay.json');
  const overlay = {
    label: 'gomusl patch-goroot --overlay',
    command: patch('--overlay', file.path),
    options: {},
    before: () => {
      file.before();
      rmSync(`${file.path}.files`, { recursive: true, force: true });
    },
  };
  const overlays = timePairs(node, overlay, pairs.overlay, [0]);
  writeTable('patch-goroot-overlay', [node.label, overlay.label], overlays, pairs.overlay);

  const [plain, patched] = [fresh('cp'), fresh('gomusl')];
  // Neither pays for what the one before it has still to write, or has left in memory.
  const before = () => {
    plain.before();
    patched.before();
    execFileSync('sync');
  };
  const cp = { label: 'cp -a', command: ['cp', '-a', goroot, plain.path], options: {}, before };
  const copy = {
    label: 'gomusl patch-goroot --out',
    command: patch('--out', patched.path),
    options: {},
    before,
  };
  writeTable('patch-goroot-copy', [cp.label, copy.label], timePairs(cp, copy, pairs.copy, [0]), pairs.copy);
} finally {
  rmSync(room, { recursive: true, force: true });
}
