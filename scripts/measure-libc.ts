// Prints how long the first answer of each libc query takes in a process of its own: wall and CPU time, least and median
// of 15, in milliseconds. On a busy machine the CPU time is the one to compare.
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
  symbolFamily: "families.symbolFamily('__printf_chk')",
  semanticsFor: "semantics.semanticsFor('getaddrinfo', libc.ref)",
};

const runs = 15;
for (const [name, query] of Object.entries(queries)) {
  const code = `
    import { openLibc } from ${JSON.stringify(join(root, 'dist/libc/open.js'))};
    import * as semantics from ${JSON.stringify(join(root, 'dist/libc/semantics.js'))};
    import * as families from ${JSON.stringify(join(root, 'dist/libc/symbol-family.js'))};
    const start = performance.now();
    const before = process.cpuUsage();
    const libc = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });
    ${query};
    const cpu = process.cpuUsage(before);
    process.stdout.write(JSON.stringify([performance.now() - start, (cpu.user + cpu.system) / 1000]));`;
  const times = Array.from(
    { length: runs },
    () =>
      JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })) as number[],
  );
  const column = (at: number) => times.map((one) => one[at] ?? 0).sort((a, b) => a - b);
  const shown = [0, 1].map((at) => `${column(at)[0]?.toFixed(1)} / ${column(at)[(runs - 1) / 2]?.toFixed(1)} ms`);
  process.stdout.write(`${name.padEnd(14)} wall ${shown[0]}   CPU ${shown[1]}\n`);
}
