// npm run bench:check: `gomusl check` of a large program against a plain `go list -deps -json` of it: with nothing
// changed, and after an edit that a check has to look at. Build first.
// Needs the network once; the module's copy stays in the folder for temporary files between runs.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timePairs } from './pairs.ts';
import { writeTable } from './table.ts';

const module = 'github.com/influxdata/telegraf';
const version = 'v1.37.2';
const pattern = './cmd/telegraf';
const pairs = Number(process.argv[2] ?? 10);

const clone = join(tmpdir(), `gomusl-bench-${version}`);
if (!existsSync(clone)) {
  const download = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: tmpdir() });
  cpSync((JSON.parse(download.toString()) as { Dir: string }).Dir, clone, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', clone]);
}

const bin = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const list = {
  label: `go list -deps -json ${pattern}`,
  command: ['go', 'list', '-deps', '-json', pattern],
  options: { cwd: clone },
};
const check = {
  label: `gomusl check ${pattern}`,
  command: [process.execPath, bin, 'check', '-C', clone, pattern],
  options: {},
};
const codes = [0, 1, 3];
const labels: [string, string] = [list.label, check.label];
// What an interrupted run has left.
const edited = join(clone, 'cmd/telegraf/zz_count.go');
rmSync(edited, { force: true });
writeTable('check', labels, timePairs(list, check, pairs, codes), pairs);

let count = 0;
const before = () => {
  count += 1;
  const imported = ['container/list', 'container/ring', 'container/heap'][count % 3];
  writeFileSync(edited, `package main\n\nimport _ "${imported}"\n`);
  // Of a file that changed within the last moment nothing is remembered.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
};
try {
  writeTable('check-edited', labels, timePairs({ ...list, before }, { ...check, before }, pairs, codes), pairs);
} finally {
  rmSync(edited, { force: true });
}
