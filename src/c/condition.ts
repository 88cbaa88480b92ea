import type { Expander } from './expansion.ts';
import { idOf, kind, known, type Spellings } from './spelling.ts';
import { joined, type Token, textOf } from './token.ts';

interface Integer {
  value: bigint;
  unsigned: boolean;
}

/** A value of `#if`: 64 bits, signed or not; null when it can't be told. */
type Value = Integer | null;

/** What a condition asks of the preprocessor. */
export interface ConditionHost {
  readonly spellings: Spellings;
  readonly expander: Expander;
  /** Whether a name is defined: null when that can't be told. */
  isDefined(id: number): boolean | null;
  /** Whether the project or a header defines it. */
  isMacro(id: number): boolean;
  /** Whether an identifier that is no macro could be one that a header defines whose text was not read. */
  mayBeMacro(id: number): boolean;
  hasInclude(header: string, form: 'angle' | 'quote', next: boolean): boolean | null;
  /** `__has_attribute(x)` and the like: the compiler's answer, null when not known. */
  feature(operator: string, name: string): number | null;
}

const open = idOf('(');
const close = idOf(')');
const less = idOf('<');
const more = idOf('>');
const question = idOf('?');
const colon = idOf(':');
const comma = idOf(',');
const defined = idOf('defined');
const hasInclude = idOf('__has_include');
const hasIncludeNext = idOf('__has_include_next');
const features = new Set(
  Object.keys(known)
    .filter((text) => text.startsWith('__has_') && !text.startsWith('__has_include'))
    .concat('__is_identifier', '__building_module')
    .map(idOf),
);
const protecting = new Set([...features, defined, hasInclude, hasIncludeNext]);
const yes = idOf('true');
const deepest = 200;

/** Binary operators by spelling: how tightly they bind. */
const binding = new Map(
  [['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '>', '<=', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%']]
    .flatMap((group, level) => group.map((text) => [text, level + 1] as const))
    .map(([text, level]) => [idOf(text), { text, level }] as const),
);

/** The value of a condition's tokens: null when it can't be told, also when it is malformed. */
export function evaluate(tokens: readonly Token[], host: ConditionHost): boolean | null {
  let result: Value = null;
  host.expander.metUndecided = false;
  host.expander.within(tokens, () => {
    result = new Reader(host).whole();
  });
  const value = result as Value;
  return value === null ? null : value.value !== 0n;
}

class Reader {
  readonly #host: ConditionHost;
  /** The current token; nothing behind it was read yet. */
  #token: Token;
  #broken = false;
  #depth = 0;

  constructor(host: ConditionHost) {
    this.#host = host;
    this.#token = this.#read();
  }

  whole(): Value {
    let value = this.#conditional();
    while (this.#is(comma)) {
      this.#advance();
      value = this.#conditional();
    }
    return this.#broken || this.#token.kind !== kind.end ? null : value;
  }

  /** Next token, macros expanded, except operators that protect their operand. */
  #read(): Token {
    const { expander } = this.#host;
    for (;;) {
      const token = expander.next();
      if (token.kind !== kind.identifier || this.#protects(token.id)) return token;
      expander.metUndecided = false;
      const result = expander.enter(token);
      if (expander.metUndecided) return { ...token, kind: kind.opaque };
      if (result === null) continue;
      return !token.painted && this.#host.mayBeMacro(token.id) ? { ...token, kind: kind.opaque } : result;
    }
  }

  /** Whether it is an operator here: a compiler without `__has_feature` takes a macro of that name. */
  #protects(id: number): boolean {
    return protecting.has(id) && (id === defined || !this.#host.isMacro(id));
  }

  #advance(): void {
    this.#token = this.#read();
  }

  #is(id: number): boolean {
    return this.#token.kind === kind.punctuator && this.#token.id === id;
  }

  #expect(id: number): void {
    if (this.#is(id)) this.#advance();
    else this.#broken = true;
  }

  #conditional(): Value {
    const condition = this.#binary(1);
    if (!this.#is(question)) return condition;
    this.#advance();
    const yes = this.#conditional();
    this.#expect(colon);
    const no = this.#conditional();
    if (condition !== null) return condition.value !== 0n ? yes : no;
    return yes !== null && no !== null && yes.value === no.value ? yes : null;
  }

  #binary(level: number): Value {
    let left = this.#unary();
    for (;;) {
      const operator = this.#token.kind === kind.punctuator ? binding.get(this.#token.id) : undefined;
      if (operator === undefined || operator.level < level || this.#broken) return left;
      this.#advance();
      left = applied(operator.text, left, this.#binary(operator.level + 1));
    }
  }

  #unary(): Value {
    if (++this.#depth > deepest) this.#broken = true;
    const value = this.#broken ? null : this.#operand(this.#token);
    this.#depth--;
    return value;
  }

  #operand(token: Token): Value {
    const { spellings } = this.#host;
    if (token.kind === kind.identifier && this.#protects(token.id)) {
      const value = this.#protected(token.id);
      this.#advance();
      return value;
    }
    this.#advance();
    if (token.kind === kind.number) return numberValue(textOf(token, spellings));
    if (token.kind === kind.character) return characterValue(token.text);
    if (token.kind === kind.opaque) {
      this.#skipCall();
      return null;
    }
    if (token.kind === kind.identifier) {
      if (this.#is(open)) this.#broken = true;
      return truth(token.id === yes);
    }
    if (token.kind === kind.punctuator) return this.#prefixed(spellings.text(token.id));
    this.#broken = true;
    return null;
  }

  #prefixed(text: string): Value {
    if (text === '(') {
      const value = this.#conditional();
      this.#expect(close);
      return value;
    }
    if (text !== '!' && text !== '~' && text !== '-' && text !== '+') {
      this.#broken = true;
      return null;
    }
    const value = this.#unary();
    if (value === null) return null;
    if (text === '!') return truth(value.value === 0n);
    if (text === '~') return wrapped(~value.value, value.unsigned);
    return text === '-' ? wrapped(-value.value, value.unsigned) : value;
  }

  /** `defined X`, `__has_include(…)` and the like; leaves the operand's last token as the last one read. */
  #protected(operator: number): Value {
    const host = this.#host;
    const inside: Token[] = [];
    let token = host.expander.next();
    if (operator === defined && token.kind === kind.identifier) return this.#definedness(token.id);
    if (token.kind !== kind.punctuator || token.id !== open) {
      this.#broken = true;
      return null;
    }
    for (let depth = 0; ; ) {
      token = host.expander.next();
      if (token.kind === kind.end) {
        this.#broken = true;
        return null;
      }
      if (token.id === open && token.kind === kind.punctuator) depth++;
      if (token.id === close && token.kind === kind.punctuator && depth-- === 0) break;
      inside.push(token);
    }
    const first = inside[0];
    if (first === undefined) {
      this.#broken = true;
      return null;
    }
    if (operator === defined) return first.kind === kind.identifier ? this.#definedness(first.id) : null;
    if (operator === hasInclude || operator === hasIncludeNext) {
      const named = headerName(
        first.kind === kind.identifier ? host.expander.expandAll(inside) : inside,
        host.spellings,
      );
      const answer = named && host.hasInclude(named.header, named.form, operator === hasIncludeNext);
      return answer === null ? null : truth(answer);
    }
    const answer = host.feature(host.spellings.text(operator), joined(inside, host.spellings));
    return answer === null ? null : { value: BigInt(answer), unsigned: false };
  }

  #definedness(id: number): Value {
    const answer = this.#host.isDefined(id);
    return answer === null ? null : truth(answer);
  }

  #skipCall(): void {
    let depth = 0;
    while (this.#token.kind !== kind.end && (depth > 0 || this.#is(open))) {
      if (this.#is(open)) depth++;
      else if (this.#is(close)) depth--;
      this.#advance();
    }
  }
}

/** The header that the tokens behind `#include` name; null when they name none. */
export function headerName(
  tokens: readonly Token[],
  spellings: Spellings,
): { header: string; form: 'angle' | 'quote' } | null {
  const first = tokens[0];
  if (first?.kind === kind.string) {
    const text = textOf(first, spellings);
    return /^".*"$/s.test(text) ? { header: text.slice(1, -1), form: 'quote' } : null;
  }
  if (first?.kind !== kind.punctuator || first.id !== less) return null;
  const end = tokens.findIndex((token) => token.kind === kind.punctuator && token.id === more);
  if (end < 0) return null;
  const inner = tokens.slice(1, end);
  return { header: joined(inner, spellings), form: 'angle' };
}

function truth(value: boolean): Integer {
  return { value: value ? 1n : 0n, unsigned: false };
}

function wrapped(value: bigint, unsigned: boolean): Integer {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}

/** A binary operator in three values: `0 && ?` is 0 and `1 || ?` is 1. */
function applied(operator: string, left: Value, right: Value): Value {
  if (operator === '&&' || operator === '||') {
    const deciding = operator === '||';
    if (left !== null && (left.value !== 0n) === deciding) return truth(deciding);
    if (right !== null && (right.value !== 0n) === deciding) return truth(deciding);
    return left === null || right === null ? null : truth(!deciding);
  }
  if (left === null || right === null) return null;
  const unsigned = left.unsigned || right.unsigned;
  const a = wrapped(left.value, unsigned).value;
  const b = wrapped(right.value, unsigned).value;
  switch (operator) {
    case '|':
      return wrapped(a | b, unsigned);
    case '^':
      return wrapped(a ^ b, unsigned);
    case '&':
      return wrapped(a & b, unsigned);
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    case '<':
      return truth(a < b);
    case '>':
      return truth(a > b);
    case '<=':
      return truth(a <= b);
    case '>=':
      return truth(a >= b);
    case '<<':
      return wrapped(left.value << BigInt.asUintN(6, right.value), left.unsigned);
    case '>>':
      return wrapped(left.value >> BigInt.asUintN(6, right.value), left.unsigned);
    case '+':
      return wrapped(a + b, unsigned);
    case '-':
      return wrapped(a - b, unsigned);
    case '*':
      return wrapped(a * b, unsigned);
    default:
      if (b === 0n) return null;
      return wrapped(operator === '/' ? a / b : a % b, unsigned);
  }
}

/** An integer literal's value; null for a floating one or nonsense, which no compiler takes in `#if`. */
export function numberValue(text: string): Value {
  const match = /^(0[xX][\da-fA-F]+|0[bB][01]+|0[0-7]*|[1-9]\d*)([uUlLzZ]*)$/.exec(text.replaceAll("'", ''));
  if (match === null) return null;
  const digits = match[1] as string;
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return wrapped(value, /[uU]/.test(match[2] as string) || value > 0x7fffffffffffffffn);
}

const escapes: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, '0': 0 };

function characterValue(text: string): Value {
  const match = /^(?:u8|[LuU])?'(?:\\(x[\da-fA-F]+|[0-7]{1,3}|.)|([^'\\]))'$/su.exec(text);
  if (match === null) return null;
  if (match[2] !== undefined) return { value: BigInt(match[2].codePointAt(0) ?? 0), unsigned: false };
  const escaped = match[1] as string;
  if (/^[0-7]+$/.test(escaped)) return { value: BigInt(Number.parseInt(escaped, 8)), unsigned: false };
  if (escaped.length > 1) return { value: BigInt(Number.parseInt(escaped.slice(1), 16)), unsigned: false };
  return { value: BigInt(escapes[escaped] ?? escaped.charCodeAt(0)), unsigned: false };
}
