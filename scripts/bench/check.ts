// npm run bench:check: `gomusl check` of a large program against a plain `go list -deps -json` of it. Build first.
// Needs the network once; the module's copy stays in the folder for temporary files between runs.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
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
writeTable('check', [list.label, check.label], timePairs(list, check, pairs, [0, 1, 3]), pairs);
