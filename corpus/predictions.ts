import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Prediction } from './predict.ts';

const path = new URL('predictions.generated.json', import.meta.url);

/** What `check` said when it was last asked, by row id and toolchain. */
export function readPredictions(): Record<string, Prediction> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Prediction>) : {};
}

/** Keeps them, one line each, sorted. */
export function writePredictions(predictions: Record<string, Prediction>): void {
  const lines = Object.keys(predictions)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(predictions[key])}`);
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}
