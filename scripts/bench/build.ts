// npm run bench:build: what `gomusl build` costs over the `go build` that it runs: with nothing changed, and after an
// edit, when check runs beside the compiler. Build first. Everything lies in one temporary folder that is removed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../src/model/plan.ts';
import { type Timed, timePairs } from './pairs.ts';
import { writeTable } from './table.ts';

const pairs = Number(process.argv[2] ?? 12);
const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const example = fileURLToPath(new URL('../../examples/lookup', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'gomusl-bench-build-'));
try {
  const dir = join(folder, 'lookup');
  cpSync(example, dir, { recursive: true });
  const out = join(folder, 'out');
  const words = ['build', '-o', out];
  const dry = execFileSync(process.execPath, [bin, ...words, '--dry-run', '--format', 'json'], { cwd: dir });
  const { plan } = JSON.parse(dry.toString()) as { plan: Plan };
  const env = { ...process.env, ...plan.environment };
  const goBuild: Timed = { label: 'go build', command: plan.command, options: { cwd: dir, env } };
  const gomusl: Timed = { label: 'gomusl build', command: [process.execPath, bin, ...words], options: { cwd: dir } };
  const labels: [string, string] = [goBuild.label, gomusl.label];

  execFileSync(process.execPath, [bin, ...words], { cwd: dir, stdio: 'ignore' });
  pause();
  execFileSync(process.execPath, [bin, ...words], { cwd: dir, stdio: 'ignore' });
  writeTable('build-again', labels, timePairs(goBuild, gomusl, pairs, [0]), pairs);

  // Each build gets a file that no build has seen: compiled, linked, judged.
  let count = 0;
  const edit = () => {
    count += 1;
    writeFileSync(join(dir, 'count.go'), `package main\n\nvar count = ${count}\n\nfunc init() { _ = count }\n`);
    pause();
  };
  const edited = timePairs({ ...goBuild, before: edit }, { ...gomusl, before: edit }, pairs, [0]);
  writeTable('build-edited', labels, edited, pairs);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A file that changed within the last moment is looked at again: nobody types that fast. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}
