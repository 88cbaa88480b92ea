import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** A command that is timed as a whole process. */
export interface Timed {
  /** How a reader starts it. */
  label: string;
  command: string[];
  options: SpawnSyncOptions;
  /** Done before each run, and not timed. */
  before?: () => void;
}

export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** What was measured of both commands, in seconds, and what the pairs say of them. */
export interface Compared {
  first: Spread;
  second: Spread;
  /** Of each pair, second divided by first. */
  ratio: Spread;
  /** Of each pair, second minus first. */
  difference: Spread;
}

/** Wall time, and CPU time with that of all children, which says more on a busy machine. */
export interface PairTimes {
  wall: Compared;
  cpu: Compared;
}

interface Sample {
  wall: number;
  cpu: number;
}

/** Runs both in turn, so that a slow moment of the machine meets both; the first pair only warms up. */
export function timePairs(first: Timed, second: Timed, pairs: number, codes: (number | null)[]): PairTimes {
  const samples: [Sample, Sample][] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const both: [Sample, Sample] = [sample(first, [0]), sample(second, codes)];
    if (pair > 0) samples.push(both);
  }
  const compared = (figure: keyof Sample): Compared => ({
    first: spread(samples.map(([a]) => a[figure])),
    second: spread(samples.map(([, b]) => b[figure])),
    ratio: spread(samples.map(([a, b]) => b[figure] / a[figure])),
    difference: spread(samples.map(([a, b]) => b[figure] - a[figure])),
  });
  return { wall: compared('wall'), cpu: compared('cpu') };
}

function sample(timed: Timed, codes: (number | null)[]): Sample {
  const [file = '', ...args] = timed.command;
  timed.before?.();
  const before = childrenSeconds();
  const start = process.hrtime.bigint();
  const result = spawnSync(file, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...timed.options });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (!codes.includes(result.status)) {
    throw new Error(`${timed.label} ended with ${result.status ?? result.signal}: ${result.stderr}`);
  }
  return { wall, cpu: childrenSeconds() - before };
}

/** CPU time of the children that ended so far: cutime and cstime of proc(5), in ticks of 10 ms. */
function childrenSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
  return { min: at(0), median, max: at(sorted.length - 1) };
}

/** The machine in one line, since no figure means anything without it. */
export function machine(): string {
  const [load = 0] = loadavg();
  return `${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, load ${load.toFixed(1)} at the end`;
}
