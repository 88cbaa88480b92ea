import type { CFile } from './header-cache.ts';
import { flag } from './lexer.ts';
import type { Macro, Origin } from './macro.ts';
import { idOf, kind, type Spellings } from './spelling.ts';
import type { Token } from './token.ts';

const open = idOf('(');
const close = idOf(')');
const comma = idOf(',');
const dots = idOf('...');
const arguments_ = idOf('__VA_ARGS__');

/** Reads the tokens from `from` to `to` behind `#define`; null when they define nothing. */
export function readDefine(
  file: CFile,
  from: number,
  to: number,
  origin: Origin,
  enabling: readonly string[],
  spellings: Spellings,
): Macro | null {
  const { tokens, source } = file;
  if (from >= to || tokens.kind[from] !== kind.identifier) return null;
  const name = tokens.id[from] as number;
  const is = (at: number, id: number) => at < to && tokens.kind[at] === kind.punctuator && tokens.id[at] === id;
  let at = from + 1;
  let params: number[] | null = null;
  let variadic = false;
  if (is(at, open) && ((tokens.flags[at] as number) & flag.space) === 0) {
    params = [];
    at++;
    while (at < to && !is(at, close)) {
      if (is(at, dots)) {
        variadic = true;
        if (tokens.kind[at - 1] !== kind.identifier) params.push(arguments_);
      } else if (tokens.kind[at] === kind.identifier) params.push(tokens.id[at] as number);
      else if (!is(at, comma)) return null;
      at++;
    }
    at++;
  }
  const body: Token[] = [];
  for (let index = at; index < to; index++) {
    const id = tokens.id[index] as number;
    body.push({
      kind: tokens.kind[index] as number,
      id,
      text: id === 0 ? source.text(tokens.start[index] as number, tokens.end[index] as number) : '',
      space: index > at && ((tokens.flags[index] as number) & flag.space) !== 0,
      painted: false,
      position: -1,
    });
  }
  const enabledBy = origin === 'flag' ? [spellings.text(name)] : enabling;
  return { defined: true, name, params, variadic, body, origin, enabledBy, builtin: false };
}
