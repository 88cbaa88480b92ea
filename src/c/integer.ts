/** An integer as `#if` computes with it: 64 bits. */
export interface Integer {
  value: bigint;
  unsigned: boolean;
}

/** A value of `#if`; null when it can't be told. */
export type Value = Integer | null;

/** 1 or 0. */
export function truth(value: boolean): Integer {
  return { value: value ? 1n : 0n, unsigned: false };
}

/** Cut to 64 bits. */
export function wrapped(value: bigint, unsigned: boolean): Integer {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}

/** A binary operator in three values: `0 && ?` is 0 and `1 || ?` is 1. */
export function applied(operator: string, left: Value, right: Value): Value {
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

/** A character literal's value; null for several characters or nonsense. */
export function characterValue(text: string): Value {
  const match = /^(?:u8|[LuU])?'(?:\\(x[\da-fA-F]+|[0-7]{1,3}|.)|([^'\\]))'$/su.exec(text);
  if (match === null) return null;
  if (match[2] !== undefined) return { value: BigInt(match[2].codePointAt(0) ?? 0), unsigned: false };
  const escaped = match[1] as string;
  if (/^[0-7]+$/.test(escaped)) return { value: BigInt(Number.parseInt(escaped, 8)), unsigned: false };
  if (escaped.length > 1) return { value: BigInt(Number.parseInt(escaped.slice(1), 16)), unsigned: false };
  return { value: BigInt(escapes[escaped] ?? escaped.charCodeAt(0)), unsigned: false };
}
