// Derives data/c-predefined.yaml: what compilers define on empty input, by family and GOARCH.
//   npx tsx scripts/derive-c-predefined.ts gcc-amd64=musl-gcc clang-amd64='zig cc -target x86_64-linux-musl' … > data/c-predefined.yaml
import { spawnSync } from 'node:child_process';

const lines = [
  '# Macros that a compiler for musl predefines for C, by family and GOARCH: `-dM -E -x c` on empty input.',
  '# Used where no toolchain was probed. Derived by scripts/derive-c-predefined.ts.',
];
for (const argument of process.argv.slice(2)) {
  const [key = '', text = ''] = argument.split(/=(.*)/s);
  const [file = '', ...rest] = text.split(' ');
  const run = spawnSync(file, [...rest, '-dM', '-E', '-x', 'c', '-'], { input: '', encoding: 'utf8' });
  const macros = run.stdout.split('\n').filter((line) => line.startsWith('#define '));
  lines.push(`${key}: |`, ...macros.sort().map((line) => `  ${line}`));
}
process.stdout.write(`${lines.join('\n')}\n`);
