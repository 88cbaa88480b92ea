// npm run programs: builds the programs of corpus/programs.yaml with `gomusl build`, for each architecture and toolchain,
// proves them with `gomusl verify` and runs them in an empty root; docs/programs.md is the result. Build gomusl first.
//   --only TEXT    programs whose name contains TEXT     --toolchain NAME --goarch ARCH    only these
//   --again        build what has an outcome already     --bin PATH    another gomusl
// A run that was ended goes on where it stopped. Needs the network once, and minutes for each program.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './generated.ts';
import {
  type Outcome,
  type Program,
  readOutcomes,
  readPrograms,
  runInEmptyRoot,
  writeOutcomes,
} from './program-row.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    toolchain: { type: 'string' },
    goarch: { type: 'string' },
    again: { type: 'boolean', default: false },
    bin: { type: 'string', default: join(root, 'bin/gomusl.js') },
  },
});

const combinations = [
  { goarch: 'arm64', toolchain: 'zig' },
  { goarch: 'amd64', toolchain: 'zig' },
  { goarch: 'amd64', toolchain: 'musl-gcc' },
].filter(
  ({ goarch, toolchain }) => (options.goarch ?? goarch) === goarch && (options.toolchain ?? toolchain) === toolchain,
);

function run(words: string[], cwd: string) {
  const result = spawnSync(words[0] ?? '', words.slice(1), { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const goVersion = run(['go', 'env', 'GOVERSION'], root).out.trim();

/** The module as a clone of it would be. */
function layOut({ module, version }: Program, folder: string): void {
  const got = run(['go', 'mod', 'download', '-json', `${module}@${version}`], tmpdir());
  if (got.code !== 0) throw new Error(`go mod download: ${got.err || got.out}`);
  cpSync((JSON.parse(got.out) as { Dir: string }).Dir, folder, { recursive: true });
  run(['chmod', '-R', 'u+w', folder], tmpdir());
}

function outcomeOf(program: Program, goarch: string, toolchain: string, clone: string): Outcome {
  const executable = join(clone, 'gomusl-product');
  const tags = program.tags ? [`-tags=${program.tags.join(',')}`] : [];
  const words = ['build', '--goarch', goarch, '--toolchain', toolchain, ...tags, '-o', executable, program.package];
  const started = performance.now();
  const built = run([process.execPath, options.bin, ...words], clone);
  const seconds = Math.round((performance.now() - started) / 1000);
  const { name, version } = program;
  const common = { name, version, goarch, toolchain, goVersion, seconds };
  if (built.code !== 0) {
    const said = built.err.trim().split('\n').at(-1) ?? '';
    process.stderr.write(built.err);
    return {
      ...common,
      built: false,
      verdict: said.replaceAll(clone, '.'),
      libc: '',
      bytes: 0,
      ran: 'no: it was not built',
    };
  }
  const verified = run([process.execPath, options.bin, 'verify', '--format', 'json', executable], clone);
  const result = JSON.parse(verified.out) as {
    verdict: string;
    runs: { executable: { type: string; libc: string; libcVersion: string | null } }[];
  };
  const view = result.runs[0]?.executable;
  const libc = view?.libc === 'none' ? 'none, Go alone' : `${view?.libc} ${view?.libcVersion ?? ''}`.trim();
  const bytes = statSync(executable).size;
  const outcome = { ...common, built: true, verdict: `${view?.type}`, libc, bytes };
  return { ...outcome, ran: runInEmptyRoot(executable, program, goarch) };
}

function page(outcomes: Outcome[]): string {
  const programs = readPrograms();
  const rows = outcomes.map((one) => {
    const program = programs.find(({ name }) => name === one.name);
    const size = one.built ? `${(one.bytes / 1_000_000).toFixed(1)} MB` : '';
    const cells = [`${one.name} ${one.version}`, one.goarch, one.toolchain, one.libc, size, one.verdict, one.ran];
    return `| ${[...cells, `\`${program?.run.join(' ') ?? ''}\``].map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  });
  return `# Programs

Written by \`npm run programs\`, from corpus/programs.yaml: each program as a clone of its module, built by \`gomusl build\` with ${goVersion}, judged by \`gomusl verify\`, and run in a root folder that holds nothing but it and its input files (arm64 with qemu-user). \`ran\` is \`yes\` when the arguments in the last column gave the output, and wrote the file, that corpus/programs.yaml names. A libc of \`none\` means that the program needs no C, and \`build\` took none.

| program | GOARCH | toolchain | libc | size | verify | ran | arguments |
| --- | --- | --- | --- | ---: | --- | --- | --- |
${rows.join('\n')}
`;
}

const key = ({ name, goarch, toolchain }: Outcome) => `${name} ${goarch} ${toolchain}`;
for (const { goarch, toolchain } of combinations) {
  for (const program of readPrograms()) {
    if (options.only !== undefined && !program.name.includes(options.only)) continue;
    if (program.cxx && toolchain === 'musl-gcc') continue;
    const known = readOutcomes().find(
      (one) => one.name === program.name && one.goarch === goarch && one.toolchain === toolchain,
    );
    if (known?.version === program.version && !options.again) continue;
    const folder = mkdtempSync(join(tmpdir(), 'gomusl-program-'));
    try {
      const clone = join(folder, 'clone');
      layOut(program, clone);
      const outcome = outcomeOf(program, goarch, toolchain, clone);
      process.stderr.write(`${JSON.stringify(outcome)}\n`);
      // Read again: another run may have written meanwhile.
      writeOutcomes([...readOutcomes().filter((one) => key(one) !== key(outcome)), outcome]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
writeFileSync(join(root, 'docs/programs.md'), page(readOutcomes()));
