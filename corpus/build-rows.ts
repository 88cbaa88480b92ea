import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWithGomusl } from './build-gomusl.ts';
import { type Built, byNeed, isGood, readBuilt, writeBuilt } from './built.ts';
import { commitsOfToday, headCommit } from './commits.ts';
import type { Machine } from './machine.ts';
import { type Row, rowId } from './row.ts';
import { smokeOf } from './smoke.ts';
import { readTruth, type Truth } from './truth.ts';
import { clear, layOut, Unavailable } from './workplace.ts';

/** A scored row and toolchain, with what is recorded of it. */
interface Question {
  row: Row;
  name: string;
  key: string;
  truth: Truth;
  built: Built | undefined;
}

/**
 * Whether a row has to be built: it never was, its smoke calls are others now, or it did not come out well with an older
 * product. `today`: the commits with today's product; `smoke`: the row's smoke file today.
 */
export function isDue(built: Built | undefined, today: ReadonlySet<string>, smoke: string | null): boolean {
  if (built === undefined || built.smoke !== smoke) return true;
  return !isGood(built) && !today.has(built.commit);
}

/**
 * Builds the scored rows with `gomusl build`: those first that were never built, of them those that fail plainly, and
 * those that build fast. `all`: rows that were built are built again.
 */
export async function buildRows(rows: Row[], machine: Machine, jobs: number, all: boolean): Promise<void> {
  const commit = await headCommit(machine);
  const known = readBuilt();
  const today = await commitsOfToday(new Set(Object.values(known).map((built) => built.commit)), machine);
  const wanted = rows
    .flatMap((row) => machine.toolchains.map(({ name }) => ({ row, name, truth: readTruth(row, name) })))
    .flatMap(({ row, name, truth }): Question[] => {
      const key = `${rowId(row)} ${name}`;
      return truth?.scored ? [{ row, name, key, truth, built: known[key] }] : [];
    })
    .filter(({ row, built }) => all || isDue(built, today, smokeOf(row)?.file ?? null))
    .sort((a, b) => byUrgency(a) - byUrgency(b) || a.truth.seconds - b.truth.seconds);
  const queue = wanted.entries();
  const buildRest = async (_: unknown, job: number) => {
    const own = ownScratch(machine, job);
    for (const [index, question] of queue) {
      const said = await buildOne(question, own, commit);
      process.stderr.write(`[${index + 1}/${wanted.length}] ${question.key}: ${said}\n`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, buildRest));
}

/** Rows that were built come last; their order is that of what they need. */
function byUrgency({ truth, built }: Question): number {
  return (built === undefined ? 0 : 10) + byNeed(truth);
}

/** The machine with a scratch folder of one job, which is called as that of the run. */
function ownScratch(machine: Machine, job: number): Machine {
  const scratch = join(machine.scratch, `job-${job}`);
  mkdirSync(scratch);
  return { ...machine, scratch, anonymous: (text) => machine.anonymous(text.replaceAll(scratch, '$ROW')) };
}

/** Builds one and keeps what came of it; what there is to say of it. */
async function buildOne({ row, name, key }: Question, machine: Machine, commit: string): Promise<string> {
  try {
    const place = await layOut(row, machine);
    const built = { ...(await buildWithGomusl(row, place, name, machine)), commit };
    writeBuilt(key, built);
    const libraries = built.libraries?.length ? `with ${built.libraries.join(', ')}; ` : '';
    const why = built.cause ?? built.blockers.join(', ');
    return `${built.verdict}; ${libraries}${built.outcome} ${why} (${built.seconds} s)${isGood(built) ? ' good' : ''}`;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return error.message.split('\n')[0] ?? '';
  } finally {
    clear(join(machine.scratch, 'row'));
    rmSync(join(machine.scratch, 'product'), { force: true });
  }
}
