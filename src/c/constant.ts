import { type Resolution, sign } from './resolution.ts';
import { kind } from './spelling.ts';

/** How tightly the operators of sizes bind. */
const levels = new Map<number, [number, (a: number, b: number) => number]>([
  [sign['|'] as number, [1, (a, b) => a | b]],
  [sign['&'] as number, [2, (a, b) => a & b]],
  [sign['<<'] as number, [3, (a, b) => a * 2 ** b]],
  [sign['>>'] as number, [3, (a, b) => Math.floor(a / 2 ** b)]],
  [sign['+'] as number, [4, (a, b) => a + b]],
  [sign['-'] as number, [4, (a, b) => a - b]],
  [sign['*'] as number, [5, (a, b) => a * b]],
  [sign['/'] as number, [5, (a, b) => (b === 0 ? Number.NaN : Math.trunc(a / b))]],
  [sign['%'] as number, [5, (a, b) => (b === 0 ? Number.NaN : a % b)]],
]);

/** Value of a simple constant expression between two tokens: literals, enumeration constants, arithmetic; else null. */
export function constantValue(r: Resolution, from: number, to: number): number | null {
  if (to - from > 200) return null;
  let at = from;
  const operand = (): number => {
    const token = at++;
    if (token >= to) return Number.NaN;
    if (r.isAt(token, sign['('])) {
      const value = binary(1);
      if (!r.isAt(at, sign[')'])) return Number.NaN;
      at++;
      return value;
    }
    if (r.isAt(token, sign['-'])) return -operand();
    if (r.isAt(token, sign['+'])) return operand();
    if (r.kindAt(token) === kind.number && r.idAt(token) !== 0) {
      const digits = r.spellings.text(r.idAt(token)).replace(/[uUlL]+$/, '');
      return /^(0[xX][\da-fA-F]+|[1-9]\d*|0)$/.test(digits) ? Number(digits) : Number.NaN;
    }
    if (r.kindAt(token) === kind.identifier) return r.scopes.find(r.idAt(token))?.value ?? Number.NaN;
    return Number.NaN;
  };
  const binary = (level: number): number => {
    let left = operand();
    for (;;) {
      const operator = at < to && r.kindAt(at) === kind.punctuator ? levels.get(r.idAt(at)) : undefined;
      if (operator === undefined || operator[0] < level || Number.isNaN(left)) return left;
      at++;
      left = operator[1](left, binary(operator[0] + 1));
    }
  };
  const value = binary(1);
  return at === to && Number.isSafeInteger(value) ? value : null;
}
