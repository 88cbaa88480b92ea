// npm run corpus: builds the rows of modules.yaml that have no truth yet, then compares with what `gomusl check` says.
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRow, unavailable } from './build-row.ts';
import { buildRows } from './build-rows.ts';
import { headCommit } from './commits.ts';
import { type Machine, openMachine } from './machine.ts';
import { predict } from './predict.ts';
import { readPredictions, writePredictions } from './predictions.ts';
import { type Row, readRows, rowId } from './row.ts';
import { judge, readLog, readTruth, type Truth, writeBelongings, writeTruth } from './truth.ts';
import { addUnseen, readUnseen } from './unseen.ts';
import { belongings, clear, layOut, Unavailable } from './workplace.ts';
import { writeResults } from './write-results.ts';

const usage = `npm run corpus -- [options]
  --toolchain NAME   musl-gcc or zig; may be repeated (default: both)
  --zig PATH         the zig to use (default: PATH, then the Python module ziglang)
  --jobs N           ask check N questions at a time (default: twice the cores, since each waits for Go and the disk);
                     with --build, build N rows at a time (default: 1)
  --only TEXT        rows whose id contains TEXT; may be repeated
  --build-only       record truth, predict nothing
  --check-only       build nothing: compare \`gomusl check\` with the recorded truth
  --confirm          ask \`gomusl check --confirm\`, which RESULTS.md compares with check alone
  --build            \`gomusl build\` every scored row that was not built so yet, or did not come out well with an older
                     product, verify and start what comes out
  --unseen           build nothing: ask \`gomusl check\` once about rows without truth, and keep what it says for good
  --rebuild          build rows that were built already
  --reread           build nothing: read the recorded logs again, after buildlog/ has learned something
`;

const { values: options } = parseArgs({
  options: {
    toolchain: { type: 'string', multiple: true, default: ['musl-gcc', 'zig'] },
    zig: { type: 'string' },
    jobs: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    'build-only': { type: 'boolean', default: false },
    'check-only': { type: 'boolean', default: false },
    confirm: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
    unseen: { type: 'boolean', default: false },
    rebuild: { type: 'boolean', default: false },
    reread: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function describe(truth: Truth): string {
  const cause = truth.cause === null ? '' : ` ${truth.cause.kind} ${truth.cause.name ?? ''}`;
  return `${truth.outcome}${truth.stage === null ? '' : ` at ${truth.stage}`}${cause}${truth.scored ? '' : ' (not scored)'}`;
}

async function recordRow(row: Row, machine: Machine, progress: string): Promise<void> {
  const wanted = machine.toolchains.filter(({ name }) => options.rebuild || readTruth(row, name) === null);
  if (wanted.length === 0) return;
  const say = (text: string) => process.stderr.write(`${progress} ${rowId(row)} ${text}\n`);
  try {
    const place = await layOut(row, machine);
    writeBelongings(row, await belongings(row, place, machine));
    for (const toolchain of wanted) {
      const built = await buildRow(row, place, toolchain, machine);
      if (built === null) {
        say(`${toolchain.name}: took too long; no truth recorded`);
        continue;
      }
      writeTruth(built.truth, built.log);
      say(`${toolchain.name}: ${describe(built.truth)} (${built.truth.seconds} s)`);
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(error.message.split('\n')[0] ?? '');
    for (const toolchain of wanted) writeTruth(unavailable(row, toolchain, machine), error.message);
  } finally {
    clear(join(machine.scratch, 'row'));
    rmSync(join(machine.scratch, 'product'), { force: true });
  }
}

/** Derives again what follows from the recorded log of a failed build. */
function reread(row: Row): void {
  for (const toolchain of options.toolchain) {
    const truth = readTruth(row, toolchain);
    if (truth?.outcome !== 'fails') continue;
    const log = readLog(row, toolchain);
    writeTruth({ ...truth, ...judge(log, truth.exitCode, null) }, log);
  }
}

/** Asks `gomusl check` about every row that has truth, and writes RESULTS.md over all that was ever asked. */
async function predictRows(all: Row[], rows: Row[], machine: Machine): Promise<void> {
  const way = options.confirm ? 'confirmed' : 'predictions';
  const predictions = readPredictions(way);
  const asked = rows.flatMap((row) =>
    machine.toolchains.map(({ name }) => ({ row, name, truth: readTruth(row, name) })),
  );
  const known = asked.filter(({ truth }) => truth !== null && truth.outcome !== 'unavailable');
  const begin = performance.now();
  const queue = known.entries();
  const askRest = async () => {
    for (const [index, { row, name, truth }] of queue) {
      const prediction = await predict(row, name, machine, options.confirm ? ['--confirm'] : []);
      predictions[`${rowId(row)} ${name}`] = prediction;
      writePredictions(predictions, way);
      const said = `${prediction.outcome}${prediction.stage === null ? '' : ` at ${prediction.stage}`}`;
      const was = truth === null ? '' : describe(truth);
      const mark = truth?.scored ? (prediction.outcome === truth.outcome ? 'right' : 'WRONG') : 'not scored';
      process.stderr.write(`[${index + 1}/${known.length}] ${rowId(row)} ${name}: ${said}; truth: ${was}; ${mark}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs ?? 2 * availableParallelism()) }, askRest));
  const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
  process.stderr.write(`${known.length} questions in ${minutes} minutes\n`);
  writeResults(all, machine.goVersion);
}

/** Asks `gomusl check` about rows that nobody has built yet, each once. */
async function predictUnseen(rows: Row[], machine: Machine): Promise<void> {
  const commit = await headCommit(machine);
  const known = readUnseen();
  for (const row of rows) {
    for (const { name } of machine.toolchains) {
      const key = `${rowId(row)} ${name}`;
      if (known[key] !== undefined || readTruth(row, name) !== null) continue;
      const prediction = await predict(row, name, machine);
      addUnseen(key, { ...prediction, commit });
      process.stderr.write(`${key}: ${prediction.outcome} (${prediction.seconds} s)\n`);
    }
  }
}

async function main(): Promise<void> {
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const all = readRows(new URL('modules.yaml', import.meta.url));
  const rows = all.filter((row) => options.only.length === 0 || options.only.some((text) => rowId(row).includes(text)));
  const machine = await openMachine(options.toolchain, options.zig);
  try {
    if (options.reread) return rows.forEach(reread);
    if (options.unseen) return await predictUnseen(rows, machine);
    if (options.build) {
      await buildRows(rows, machine, Number(options.jobs ?? 1), options.rebuild);
      return writeResults(all, machine.goVersion);
    }
    if (!options['check-only']) {
      for (const [index, row] of rows.entries()) await recordRow(row, machine, `[${index + 1}/${rows.length}]`);
    }
    if (!options['build-only']) await predictRows(all, rows, machine);
  } finally {
    rmSync(machine.scratch, { recursive: true, force: true });
  }
}

await main();
