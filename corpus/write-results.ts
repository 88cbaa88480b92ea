import { writeFileSync } from 'node:fs';
import { readBuilt } from './built.ts';
import { renderBuilt, renderRates, type Scored } from './built-results.ts';
import type { BuiltRow } from './built-summary.ts';
import { type Comparison, compare } from './compare.ts';
import { renderConfirmed } from './confirmed-results.ts';
import { isLibcReason } from './libc-reason.ts';
import type { Prediction } from './predict.ts';
import { readPredictions } from './predictions.ts';
import { renderResults } from './results.ts';
import { type Row, rowId } from './row.ts';
import { logNames, readTruth, type Truth } from './truth.ts';
import { readUnseen } from './unseen.ts';
import { renderUnseen } from './unseen-results.ts';

const toolchains = ['musl-gcc', 'zig'];

interface Known {
  row: Row;
  truth: Truth;
  names: string[];
}

/** Writes RESULTS.md over all that was ever recorded, predicted and built. */
export function writeResults(rows: Row[], goVersion: string): void {
  const known = rows.flatMap((row) => toolchains.flatMap((name) => knownTruth(row, name)));
  const now = compareAll(known, readPredictions('predictions'));
  const unseen = readUnseen();
  const first = compareAll(known, unseen);
  const had = new Set(
    rows.flatMap((row) => toolchains.flatMap((name) => (readTruth(row, name) ? [keyOf(row, name)] : []))),
  );
  const waiting = Object.keys(unseen).filter((key) => !had.has(key)).length;
  const confirmed = compareAll(known, readPredictions('confirmed'));
  const built = builtRows(known);
  const scored = scoredRows(known);
  const sections = [
    ...renderConfirmed(now, confirmed),
    ...renderUnseen(first, now, waiting, (key) => unseen[key]?.commit ?? ''),
    ...renderBuilt(built, scored),
  ];
  const text = renderResults(now, renderRates(built, scored), sections, goVersion);
  writeFileSync(new URL('RESULTS.md', import.meta.url), text);
}

function keyOf(row: Row, toolchain: string): string {
  return `${rowId(row)} ${toolchain}`;
}

function knownTruth(row: Row, toolchain: string): Known[] {
  const truth = readTruth(row, toolchain);
  return truth === null || truth.outcome === 'unavailable' ? [] : [{ row, truth, names: logNames(truth) }];
}

function compareAll(known: Known[], predictions: Record<string, Prediction>): Comparison[] {
  return known.flatMap(({ row, truth, names }) => {
    const prediction = predictions[keyOf(row, truth.toolchain.name)];
    return prediction === undefined ? [] : [compare(truth, names, prediction)];
  });
}

function scoredRows(known: Known[]): Record<string, Scored> {
  const of = (name: string) => known.filter(({ truth }) => truth.scored && truth.toolchain.name === name);
  const plain = (rows: Known[]) => rows.filter(({ truth }) => truth.outcome === 'builds').length;
  return Object.fromEntries(toolchains.map((name) => [name, { rows: of(name).length, plain: plain(of(name)) }]));
}

function builtRows(known: Known[]): BuiltRow[] {
  const all = readBuilt();
  return known.flatMap(({ row, truth }) => {
    const built = all[keyOf(row, truth.toolchain.name)];
    if (built === undefined || !truth.scored) return [];
    const id = rowId(row);
    const logs = known.filter((other) => rowId(other.row) === id);
    return [{ id, truth, built, libcReason: isLibcReason(truth, logs) }];
  });
}
