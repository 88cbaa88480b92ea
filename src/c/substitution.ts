import type { Macro } from './macro.ts';
import { idOf, kind, type Spellings } from './spelling.ts';
import { plainToken, type Token, textOf } from './token.ts';

const hash = idOf('#');
const paste = idOf('##');
const open = idOf('(');
const close = idOf(')');
const comma = idOf(',');
const vaOpt = idOf('__VA_OPT__');

/** Stands where an argument beside `##` is empty. */
const placemarker: Token = plainToken(kind.other, 0, '');

/** Replacement of a macro's call: `#`, `##`, `__VA_OPT__` and arguments put in; arguments elsewhere are expanded by `expand`. */
export function substitute(
  macro: Macro,
  args: readonly Token[][],
  spellings: Spellings,
  expand: (tokens: Token[]) => Token[],
  join: (left: Token, right: Token) => Token[],
): readonly Token[] {
  const { body } = macro;
  const params = macro.params ?? [];
  if (params.length === 0 && !body.some((token) => token.id === paste)) return body;
  const expansions = new Map<number, Token[]>();
  const expanded = (index: number): Token[] => {
    let tokens = expansions.get(index);
    if (tokens === undefined) {
      tokens = expand(args[index] ?? []);
      expansions.set(index, tokens);
    }
    return tokens;
  };
  const last = params.length - 1;
  const isPaste = (token: Token | undefined) => token?.kind === kind.punctuator && token.id === paste;

  const fill = (from: number, to: number): Token[] => {
    const out: Token[] = [];
    let pending = false;
    const add = (tokens: readonly Token[], space: boolean) => {
      tokens.forEach((token, index) => {
        const spaced = index === 0 && token.space !== space ? { ...token, space } : token;
        if (pending && index === 0) {
          pending = false;
          const left = out.pop();
          if (left === undefined) out.push(spaced);
          else if (left === placemarker) out.push(spaced);
          else if (token === placemarker) out.push(left);
          else out.push(...join(left, token));
        } else out.push(spaced === token ? token : token === placemarker ? placemarker : spaced);
      });
    };
    for (let at = from; at < to; at++) {
      const token = body[at] as Token;
      if (isPaste(token) && at > from) {
        pending = true;
        continue;
      }
      const next = body[at + 1];
      if (token.id === hash && token.kind === kind.punctuator && macro.params !== null && next !== undefined) {
        const index = next.kind === kind.identifier ? params.indexOf(next.id) : -1;
        if (index >= 0) {
          add([stringified(args[index] ?? [], spellings)], token.space);
          at++;
          continue;
        }
      }
      if (token.kind === kind.identifier) {
        if (token.id === vaOpt && macro.variadic && next?.id === open) {
          const end = closing(body, at + 1, to);
          const inside = expanded(last).length > 0 ? fill(at + 2, end) : [];
          add(inside.length > 0 ? inside : [placemarker], token.space);
          at = end;
          continue;
        }
        const index = params.indexOf(token.id);
        if (index >= 0) {
          const raw = args[index] ?? [];
          const swallowed = pending && macro.variadic && index === last && out[out.length - 1]?.id === comma;
          if (swallowed) {
            pending = false;
            if (raw.length === 0) out.pop();
            else add(raw, token.space);
          } else {
            const beside = pending || (isPaste(next) && at + 1 < to);
            const tokens = beside ? raw : expanded(index);
            if (tokens.length > 0) add(tokens, token.space);
            else if (beside) add([placemarker], false);
          }
          continue;
        }
      }
      add([token], token.space);
    }
    return out;
  };
  return fill(0, body.length).filter((token) => token !== placemarker);
}

function closing(body: readonly Token[], from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const token = body[at] as Token;
    if (token.kind !== kind.punctuator) continue;
    if (token.id === open) depth++;
    else if (token.id === close && --depth === 0) return at;
  }
  return to;
}

function stringified(tokens: readonly Token[], spellings: Spellings): Token {
  let text = '';
  tokens.forEach((token, index) => {
    if (index > 0 && token.space) text += ' ';
    const own = textOf(token, spellings);
    const literal = token.kind === kind.string || token.kind === kind.character;
    text += literal ? own.replace(/[\\"]/g, '\\$&') : own;
  });
  return plainToken(kind.string, 0, `"${text}"`);
}
