import { kind, type Spellings } from './spelling.ts';

/** A token outside its table: part of a macro's replacement, an argument, or what expansion made. Never changed once made. */
export interface Token {
  kind: number;
  /** Spelling; 0 when `text` has it. */
  id: number;
  /** Text of literals; empty when `id` has it. */
  text: string;
  space: boolean;
  /** A macro's name that may not be expanded any more. */
  painted: boolean;
  /** Byte position in the file of the current expansion's source; -1 for text of a macro's definition. */
  position: number;
}

export function textOf(token: Token, spellings: Spellings): string {
  return token.id !== 0 ? spellings.text(token.id) : token.text;
}

/** Source text of tokens, with one blank where blanks stood. */
export function joined(tokens: readonly Token[], spellings: Spellings): string {
  let text = '';
  tokens.forEach((token, index) => {
    if (index > 0 && token.space) text += ' ';
    text += textOf(token, spellings);
  });
  return text;
}

export function plainToken(what: number, id: number, text: string, position = -1): Token {
  return { kind: what, id, text, space: false, painted: false, position };
}

export const endToken: Token = plainToken(kind.end, 0, '');
