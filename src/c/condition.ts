import type { Expander } from './expansion.ts';
import { applied, characterValue, numberValue, truth, type Value, wrapped } from './integer.ts';
import { idOf, kind, known, type Spellings } from './spelling.ts';
import { joined, type Token, textOf } from './token.ts';

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
