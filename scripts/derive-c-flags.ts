// Derives data/c-flags.yaml: what compiler flags do to predefined macros, asked of compilers on empty input.
//   npx tsx scripts/derive-c-flags.ts gcc=musl-gcc clang='zig cc -target x86_64-linux-musl' > data/c-flags.yaml
import { spawnSync } from 'node:child_process';

/** Flags by group: of a group only the last on a command line counts; those without group add up. */
const groups: Record<string, string[]> = {
  optimize: ['-O', '-O0', '-O1', '-O2', '-O3', '-Os', '-Og', '-Ofast'],
  standard: [
    ...[
      '-ansi',
      '-std=c89',
      '-std=c90',
      '-std=gnu89',
      '-std=gnu90',
      '-std=c99',
      '-std=gnu99',
      '-std=c11',
      '-std=gnu11',
    ],
    ...['-std=c17', '-std=gnu17', '-std=c18', '-std=gnu18', '-std=c2x', '-std=gnu2x', '-std=c23', '-std=gnu23'],
    ...['-std=c++98', '-std=c++03', '-std=c++0x', '-std=c++11', '-std=gnu++11', '-std=c++14', '-std=gnu++14'],
    ...['-std=c++1z', '-std=c++17', '-std=gnu++17', '-std=c++2a', '-std=c++20', '-std=gnu++20', '-std=c++23'],
    '-std=gnu++23',
  ],
  pic: ['-fPIC', '-fpic', '-fPIE', '-fpie', '-fno-pic', '-fno-PIC', '-fno-pie', '-fno-PIE'],
  architecture: ['-march=x86-64', '-march=x86-64-v2', '-march=x86-64-v3', '-march=x86-64-v4', '-march=haswell'].concat(
    ...['-march=core-avx2', '-march=corei7', '-march=nehalem', '-march=sandybridge', '-march=skylake'],
  ),
  exceptions: ['-fexceptions', '-fno-exceptions'],
  rtti: ['-frtti', '-fno-rtti'],
  stack: ['-fstack-protector', '-fstack-protector-strong', '-fstack-protector-all', '-fno-stack-protector'],
};
const adding = [
  ...['-msse', '-msse2', '-msse3', '-mssse3', '-msse4', '-msse4.1', '-msse4.2', '-mavx', '-mavx2', '-mfma', '-mf16c'],
  ...['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx512cd', '-mavx512vbmi', '-mavx512vnni', '-maes'],
  ...['-mvaes', '-mpclmul', '-mbmi', '-mbmi2', '-mpopcnt', '-mlzcnt', '-mmovbe', '-madx', '-mrdrnd', '-mrdseed'],
  ...['-msha', '-mgfni', '-mcx16', '-mno-avx', '-mno-avx2', '-mno-sse', '-mno-avx512f', '-m32', '-mno-sse4.1'],
  ...[
    '-ffast-math',
    '-fno-math-errno',
    '-ffinite-math-only',
    '-fopenmp',
    '-pthread',
    '-funsigned-char',
    '-fsigned-char',
  ],
  ...['-ffreestanding', '-fgnu89-inline', '-fshort-enums', '-fsanitize=address', '-fsanitize=thread', '-fno-builtin'],
  ...['-fshort-wchar', '-fno-asynchronous-unwind-tables', '-fno-common', '-fvisibility=hidden', '-flto', '-fblocks'],
];
const known = '# Derived by scripts/derive-c-flags.ts';

function macros(command: string[], language: string, flags: string[]): Map<string, string> | null {
  const [file = '', ...rest] = command;
  const run = spawnSync(file, [...rest, '-dM', '-E', '-x', language, ...flags, '-'], { input: '', encoding: 'utf8' });
  if (run.status !== 0 || /invalid value|unrecognized|not valid for/.test(run.stderr)) return null;
  return new Map([...run.stdout.matchAll(/^#define (\S+) ?(.*)$/gm)].map((line) => [line[1] ?? '', line[2] ?? '']));
}

const flags = [
  ...Object.entries(groups).flatMap(([group, list]) => list.map((flag) => ({ flag, group }))),
  ...adding.map((flag) => ({ flag, group: null })),
];
const texts: Record<string, string> = {};
const versions: string[] = [];
for (const argument of process.argv.slice(2)) {
  const [compiler = '', text = ''] = argument.split(/=(.*)/s);
  const command = text.split(' ');
  versions.push(`${compiler} ${macros(command, 'c', [])?.get('__VERSION__')}`);
  const lines: Record<string, Record<string, string>> = {};
  for (const language of ['c', 'c++']) {
    const base = macros(command, language, []);
    if (base === null) continue;
    for (const { flag, group } of flags) {
      const after = macros(command, language, [flag]);
      if (after === null) continue;
      const defined = [...after].filter(([name, value]) => base.get(name) !== value).map((pair) => pair.join('='));
      const undefined_ = [...base.keys()].filter((name) => !after.has(name)).map((name) => `!${name}`);
      if (group === null && defined.length + undefined_.length === 0) continue;
      lines[flag] ??= {};
      lines[flag][language] = [flag, group ?? '-', ...defined, ...undefined_].join('\t');
    }
  }
  texts[compiler] = Object.values(lines)
    .flatMap((of) => (of.c === of['c++'] ? [`*\t${of.c}`] : Object.entries(of).map((pair) => pair.join('\t'))))
    .join('\n');
}
process.stdout.write(
  [
    `${known}: ${versions.join('; ').replaceAll('"', '')}, amd64.`,
    '# What a flag does to the predefined macros, by compiler family. Columns, parted by tabs: language (* for both),',
    '# flag, group (of a group only the last flag on the line counts; - for none), macros defined, macros undefined (!).',
    ...Object.entries(texts).map(([compiler, text]) => `${compiler}: |\n${text.replace(/^/gm, '  ')}`),
    '',
  ].join('\n'),
);
