import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Prediction } from './predict.ts';

/** What `check` said of a row and toolchain before anybody had built it. */
export interface UnseenPrediction extends Prediction {
  /** Commit of this repository that was asked. */
  commit: string;
}

const path = new URL('unseen.generated.json', import.meta.url);

/** The predictions that were made before the truth was known, by row id and toolchain. */
export function readUnseen(): Record<string, UnseenPrediction> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, UnseenPrediction>) : {};
}

/** Adds one. Throws when there is one already: the first word counts. */
export function addUnseen(key: string, prediction: UnseenPrediction): void {
  const all = readUnseen();
  if (all[key] !== undefined) throw new Error(`unseen.generated.json has ${key} already`);
  all[key] = prediction;
  const lines = Object.keys(all)
    .sort()
    .map((each) => `${JSON.stringify(each)}: ${JSON.stringify(all[each])}`);
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}
