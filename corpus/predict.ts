import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../src/model/result.ts';
import { type Machine, run } from './machine.ts';
import type { Row } from './row.ts';

/** An error of stage compile or link that `gomusl check` found. */
export interface PredictedError {
  ruleId: string;
  stage: 'compile' | 'link';
  /** Every string of its evidence. */
  tokens: string[];
  message: string;
}

/** What `gomusl check --no-remedies` says of a row; `broken` when it gave no result. */
export interface Prediction {
  outcome: 'builds' | 'wrong' | 'fails' | 'unknown' | 'broken';
  stage: 'compile' | 'link' | null;
  errors: PredictedError[];
  /** What it could not look at; for `broken`, what it said instead. */
  limits: string[];
  seconds: number;
}

const gomusl = fileURLToPath(new URL('../bin/gomusl.js', import.meta.url));
/** A check that takes longer gives no result. */
const longestCheck = 180;

/** Asks `gomusl check` about a row, as a user would, for one toolchain; `more` are further flags. */
export async function predict(row: Row, toolchain: string, machine: Machine, more: string[] = []): Promise<Prediction> {
  const folder = join(machine.scratch, 'asked-from');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'go.mod'), 'module example.org/asked\n');
  const what = row.module === 'std' ? [row.package] : [`${row.package}@${row.version}`];
  const tags = row.tags.length > 0 ? ['-tags', row.tags.join(',')] : [];
  const how = ['--toolchain', toolchain, '--cgo', 'on', '--no-remedies', '--fail-on', 'never', '--format', 'json'];
  const env = { ...machine.env, GOFLAGS: undefined };
  const begin = performance.now();
  const result = await run(['node', gomusl, 'check', ...how, ...more, ...tags, ...what], folder, env, longestCheck);
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  if (!result.stdout.trimStart().startsWith('{')) {
    const said = machine.anonymous(result.stderr.trim().split('\n')[0] ?? '');
    return { outcome: 'broken', stage: null, errors: [], limits: [said || `exit ${result.code}`], seconds };
  }
  return { ...readPrediction(JSON.parse(machine.anonymous(result.stdout)) as Result), seconds };
}

/** The prediction in a result of one run. */
export function readPrediction(result: Result): Omit<Prediction, 'seconds'> {
  const [first] = result.runs;
  if (first === undefined) return { outcome: 'broken', stage: null, errors: [], limits: ['the result has no run'] };
  const { outcome, stage } = first.plain;
  const errors: PredictedError[] = [];
  for (const finding of result.findings) {
    if (finding.severity !== 'error' || finding.stage === 'run') continue;
    errors.push({
      ruleId: finding.ruleId,
      stage: finding.stage,
      tokens: [...new Set(strings(finding.evidence))],
      message: finding.message,
    });
  }
  const limits = [...new Set(first.limits.map(({ reason }) => reason))];
  return { outcome, stage: stage === 'run' ? null : stage, errors, limits };
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}
