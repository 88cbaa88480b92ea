import { exitCode, Failure } from '../model/failure.ts';

/**
 * How a flag takes its value; `list` may be given several times. `optional` is on when it stands alone, and may have
 * any value after `=`.
 */
export type FlagShape = 'boolean' | 'optional' | 'value' | 'list';

export interface ParsedFlags {
  /** Values by flag name, without dashes. */
  values: Map<string, string>;
  lists: Map<string, string[]>;
  /** Words that are no flags. After `--` every word is one. */
  rest: string[];
}

function nearest(name: string, known: string[]): string | null {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };
  const [best] = known.map((one) => ({ one, d: distance(name, one) })).sort((a, b) => a.d - b.d);
  return best && best.d <= 2 ? best.one : null;
}

/**
 * Reads flags as Go does: one dash or two, `-name=value` or `-name value`, booleans with `-name` or `-name=false`;
 * unlike Go, wherever they stand among the words. Throws a usage Failure for an unknown flag or a missing value.
 */
export function parseFlags(command: string, words: string[], shapes: Record<string, FlagShape>): ParsedFlags {
  const parsed: ParsedFlags = { values: new Map(), lists: new Map(), rest: [] };
  const help = `run gomusl ${command} --help`;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') {
      parsed.rest.push(...words.slice(at + 1));
      break;
    }
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word);
    if (!match) {
      if (word.startsWith('-') && word !== '-') throw new Failure(exitCode.usage, 'not a flag', word, help);
      parsed.rest.push(word);
      continue;
    }
    const name = match[1] as string;
    const shape = shapes[name];
    if (shape === undefined) {
      const guess = nearest(name, Object.keys(shapes));
      throw new Failure(exitCode.usage, 'unknown flag', word, guess ? `did you mean --${guess}?` : help);
    }
    let value = match[2];
    if (shape === 'boolean' || shape === 'optional') {
      value ??= 'true';
      if (shape === 'boolean' && value !== 'true' && value !== 'false') {
        throw new Failure(exitCode.usage, 'a flag that is on or off has another value', word, 'use =true or =false');
      }
    } else if (value === undefined) {
      at++;
      value = words[at];
      if (value === undefined) throw new Failure(exitCode.usage, 'a flag lacks its value', word, help);
    }
    if (shape === 'list') parsed.lists.set(name, [...(parsed.lists.get(name) ?? []), value]);
    else parsed.values.set(name, value);
  }
  return parsed;
}

/** The value of a flag that allows only some; `otherwise` when it was not given. */
export function oneOf<T extends string>(parsed: ParsedFlags, name: string, allowed: readonly T[], otherwise: T): T {
  const value = parsed.values.get(name);
  if (value === undefined) return otherwise;
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new Failure(exitCode.usage, `--${name} has an unknown value`, value, `use ${allowed.join(', ')}`);
  }
  return found;
}
