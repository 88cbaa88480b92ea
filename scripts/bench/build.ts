// npm run bench:build [PAIRS] [large]: what `gomusl build` costs over the `go build` that it runs: with nothing changed,
// and after an edit, when check runs beside the compiler. Build first. Everything lies in one temporary folder that is
// removed. `large` edits a large program as well: its first build takes many minutes.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../src/model/plan.ts';
import { type Timed, timePairs } from './pairs.ts';
import { writeTable } from './table.ts';

const pairs = Number(process.argv[2] ?? 12);
const isLarge = process.argv[3] === 'large';
const large = { module: 'github.com/ethereum/go-ethereum@v1.17.8', package: 'cmd/geth' };
const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const example = fileURLToPath(new URL('../../examples/lookup', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'gomusl-bench-build-'));
try {
  const small = builds(copied(example, 'lookup'), '.');
  writeTable('build-again', small.labels, timePairs(small.go, small.gomusl, pairs, [0]), pairs);
  edited('build-edited', small, (count) => `package main\n\nfunc init() { _ = ${count} }\n`);
  const cgo = (count: number) =>
    `package main\n\n// static int zz(void) { return ${count}; }\nimport "C"\n\nvar _ = C.zz\n`;
  edited('build-cgo', small, cgo);
  if (isLarge) edited('build-large', builds(copied(downloaded(large.module), 'large'), `./${large.package}`), cgo);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Builds {
  /** Folder of the main package. */
  main: string;
  go: Timed;
  gomusl: Timed;
  labels: [string, string];
}

/** Both commands for a package of a module, which is built, and has its plan remembered. */
function builds(dir: string, pattern: string): Builds {
  const words = ['build', '-o', join(folder, 'out'), pattern];
  const inside = { cwd: dir, maxBuffer: 1 << 28 };
  const dry = execFileSync(process.execPath, [bin, ...words, '--dry-run', '--format', 'json'], inside);
  const { plan } = JSON.parse(dry.toString()) as { plan: Plan };
  for (let turn = 0; turn < 2; turn++) {
    pause();
    execFileSync(process.execPath, [bin, ...words], { ...inside, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const env = { ...process.env, ...plan.environment };
  return {
    main: join(dir, pattern),
    go: { label: 'go build', command: plan.command, options: { cwd: dir, env } },
    gomusl: { label: 'gomusl build', command: [process.execPath, bin, ...words], options: { cwd: dir } },
    labels: ['go build', 'gomusl build'],
  };
}

/** Each build gets a file that no build has seen: compiled, linked, judged. */
function edited(mark: string, { main, go, gomusl, labels }: Builds, text: (count: number) => string): void {
  let count = 0;
  const before = () => {
    count += 1;
    writeFileSync(join(main, 'zz_count.go'), text(count));
    pause();
  };
  before();
  execFileSync(process.execPath, gomusl.command.slice(1), { cwd: gomusl.options.cwd, stdio: 'ignore' });
  writeTable(mark, labels, timePairs({ ...go, before }, { ...gomusl, before }, pairs, [0]), pairs);
  rmSync(join(main, 'zz_count.go'));
}

function copied(from: string, name: string): string {
  const dir = join(folder, name);
  cpSync(from, dir, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', dir]);
  return dir;
}

function downloaded(module: string): string {
  const said = execFileSync('go', ['mod', 'download', '-json', module], { cwd: folder });
  return (JSON.parse(said.toString()) as { Dir: string }).Dir;
}

/** A file that changed within the last moment is looked at again: nobody types that fast. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}
