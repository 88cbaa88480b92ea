// Prints how long the first answer of each libc query takes in a process of its own, median of 15, in milliseconds.
// Built code is measured: run `npm run build` before.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './generated.ts';

const queries: Record<string, string> = {
  header: "libc.header('execinfo.h')",
  names: "libc.names('pread64')",
  library: "libc.library('m')",
  exports: "libc.exports('malloc')",
  symbol: "libc.symbol('__fprintf_chk')",
  macroKnown: "libc.macroKnown('PATH_MAX')",
};

const runs = 15;
for (const [name, query] of Object.entries(queries)) {
  const times = Array.from({ length: runs }, () => {
    const code = `
      import { openLibc } from ${JSON.stringify(join(root, 'dist/libc/open.js'))};
      const start = performance.now();
      const libc = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });
      ${query};
      process.stdout.write(String(performance.now() - start));`;
    return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
  }).sort((a, b) => a - b);
  process.stdout.write(`${name.padEnd(14)} ${(times[(runs - 1) / 2] ?? 0).toFixed(1)} ms\n`);
}
