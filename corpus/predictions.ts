import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Prediction } from './predict.ts';

/** Where it is kept what `check` said when it was last asked, without and with `--confirm`. */
export type Asked = 'predictions' | 'confirmed';

function pathOf(asked: Asked): URL {
  return new URL(`${asked}.generated.json`, import.meta.url);
}

/** What `check` said when it was last asked, by row id and toolchain. */
export function readPredictions(asked: Asked): Record<string, Prediction> {
  const path = pathOf(asked);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Prediction>) : {};
}

/** Keeps them, one line each, sorted. */
export function writePredictions(predictions: Record<string, Prediction>, asked: Asked): void {
  const lines = Object.keys(predictions)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(predictions[key])}`);
  writeFileSync(pathOf(asked), `{\n${lines.join(',\n')}\n}\n`);
}
