import type { Macro } from './macro.ts';
import type { MacroTable } from './macro-table.ts';
import type { Preprocessor } from './preprocess.ts';
import { idOf, kind } from './spelling.ts';
import { plainToken, type Token } from './token.ts';

const dates = new Set(['__DATE__', '__TIME__', '__TIMESTAMP__']);

/** Defines the macros that every compiler computes itself, such as `__LINE__`. */
export function defineBuiltins(macros: MacroTable): void {
  const names = ['__LINE__', '__FILE__', '__FILE_NAME__', '__BASE_FILE__', '__DATE__', '__TIME__', '__TIMESTAMP__'];
  for (const name of [...names, '__COUNTER__', '__INCLUDE_LEVEL__']) {
    const id = idOf(name);
    const head = { defined: true, name: id, params: null, variadic: false, body: [] } as const;
    macros.set(id, { ...head, origin: 'predefined', enabledBy: [], builtin: true });
  }
}

/** What one of them stands for at a position of the current file. */
export function builtinToken(p: Preprocessor, macro: Macro, position: number): Token {
  const frame = p.frames[p.frames.length - 1];
  const name = p.spellings.text(macro.name);
  const number = (value: number) => plainToken(kind.number, p.spellings.of(String(value)), '');
  if (name === '__COUNTER__') return number(p.counter++);
  if (name === '__INCLUDE_LEVEL__') return number(Math.max(0, p.frames.length - 1));
  if (name === '__LINE__') {
    return number(frame === undefined ? 0 : frame.file.source.at(Math.max(0, position)).line);
  }
  if (frame !== undefined && dates.has(name)) {
    p.dates.push({ ...p.reach(frame, Math.max(0, frame.at - 1)), macro: name });
  }
  const path = name === '__BASE_FILE__' ? p.files[0]?.file.path : frame?.file.path;
  const text = name.startsWith('__FILE') || name === '__BASE_FILE__' ? (path ?? '') : '';
  return plainToken(kind.string, 0, JSON.stringify(text));
}
