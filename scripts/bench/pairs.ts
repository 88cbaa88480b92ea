import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** A command that is timed as a whole process. */
export interface Timed {
  /** How a reader starts it. */
  label: string;
  command: string[];
  options: SpawnSyncOptions;
}

export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** Seconds of wall time of both commands, and what the pairs say of them. */
export interface PairTimes {
  first: Spread;
  second: Spread;
  /** Of each pair, second divided by first. */
  ratio: Spread;
  /** Of each pair, second minus first, in seconds. */
  difference: Spread;
}

/** Runs both in turn, so that a slow moment of the machine meets both; the first pair only warms up. */
export function timePairs(first: Timed, second: Timed, pairs: number, codes: (number | null)[]): PairTimes {
  const times: [number, number][] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const both: [number, number] = [seconds(first, [0]), seconds(second, codes)];
    if (pair > 0) times.push(both);
  }
  return {
    first: spread(times.map(([a]) => a)),
    second: spread(times.map(([, b]) => b)),
    ratio: spread(times.map(([a, b]) => b / a)),
    difference: spread(times.map(([a, b]) => b - a)),
  };
}

function seconds(timed: Timed, codes: (number | null)[]): number {
  const [file = '', ...args] = timed.command;
  const start = process.hrtime.bigint();
  const result = spawnSync(file, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...timed.options });
  const end = process.hrtime.bigint();
  if (!codes.includes(result.status)) {
    throw new Error(`${timed.label} ended with ${result.status ?? result.signal}: ${result.stderr}`);
  }
  return Number(end - start) / 1e9;
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
