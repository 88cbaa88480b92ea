// npm run corpus: builds the rows of modules.yaml that have no truth yet, then compares with what `gomusl check` says.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRow, unavailable } from './build-row.ts';
import { compare } from './compare.ts';
import { type Machine, openMachine } from './machine.ts';
import { predict } from './predict.ts';
import { readPredictions, writePredictions } from './predictions.ts';
import { renderResults } from './results.ts';
import { type Row, readRows, rowId } from './row.ts';
import { judge, logNames, readLog, readTruth, type Truth, writeBelongings, writeTruth } from './truth.ts';
import { belongings, clear, layOut, Unavailable } from './workplace.ts';

const usage = `npm run corpus -- [options]
  --toolchain NAME   musl-gcc or zig; may be repeated (default: both)
  --zig PATH         the zig to use (default: PATH, then the Python module ziglang)
  --only TEXT        rows whose id contains TEXT; may be repeated
  --build-only       record truth, predict nothing
  --check-only       build nothing: compare \`gomusl check\` with the recorded truth
  --rebuild          build rows that have truth already
  --reread           build nothing: read the recorded logs again, after buildlog/ has learned something
`;

const { values: options } = parseArgs({
  options: {
    toolchain: { type: 'string', multiple: true, default: ['musl-gcc', 'zig'] },
    zig: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    'build-only': { type: 'boolean', default: false },
    'check-only': { type: 'boolean', default: false },
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
  const predictions = readPredictions();
  const asked = rows.flatMap((row) =>
    machine.toolchains.map(({ name }) => ({ row, name, truth: readTruth(row, name) })),
  );
  const known = asked.filter(({ truth }) => truth !== null && truth.outcome !== 'unavailable');
  for (const [index, { row, name, truth }] of known.entries()) {
    const prediction = await predict(row, name, machine);
    predictions[`${rowId(row)} ${name}`] = prediction;
    writePredictions(predictions);
    const said = `${prediction.outcome}${prediction.stage === null ? '' : ` at ${prediction.stage}`}`;
    const was = truth === null ? '' : describe(truth);
    const mark = truth?.scored ? (prediction.outcome === truth.outcome ? 'right' : 'WRONG') : 'not scored';
    process.stderr.write(`[${index + 1}/${known.length}] ${rowId(row)} ${name}: ${said}; truth: ${was}; ${mark}\n`);
  }
  const comparisons = all.flatMap((row) =>
    ['musl-gcc', 'zig'].flatMap((name) => {
      const truth = readTruth(row, name);
      const prediction = predictions[`${rowId(row)} ${name}`];
      if (truth === null || truth.outcome === 'unavailable' || prediction === undefined) return [];
      return compare(truth, logNames(truth), prediction);
    }),
  );
  writeFileSync(new URL('RESULTS.md', import.meta.url), renderResults(comparisons, machine.goVersion));
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
    if (!options['check-only']) {
      for (const [index, row] of rows.entries()) await recordRow(row, machine, `[${index + 1}/${rows.length}]`);
    }
    if (!options['build-only']) await predictRows(all, rows, machine);
  } finally {
    rmSync(machine.scratch, { recursive: true, force: true });
  }
}

await main();
