import { standardNames } from './demangle-tables.ts';

/** Nested deeper, a name is left as it is. */
const deepest = 128;
/** A short name may stand for a very long one, by substitutions of substitutions. */
const longestResult = 16_384;

/** The name is none of C++, or uses a part of the ABI that is not read here. */
export class Unreadable extends Error {}

/** A type as text around a declarator: `int (` … `)(char)`. */
export interface Shape {
  before: string;
  after: string;
  /** Whether a pointer to it needs parentheses: a function or an array. */
  wraps: boolean;
}

export const plain = (before: string): Shape => ({ before, after: '', wraps: false });
export const whole = ({ before, after }: Shape): string => before + after;

/** The text of a mangled name with a place in it, and the parts that later ones may stand for. */
export class MangledText {
  protected at = 2;
  protected readonly text: string;
  /** Template arguments that `T_` means; the innermost template's. */
  protected templateArguments: string[][] = [];
  #depth = 0;
  readonly #substitutions: Shape[] = [];

  constructor(text: string) {
    this.text = text;
  }

  protected take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  protected need(word: string): void {
    if (!this.take(word)) throw new Unreadable();
  }

  protected peek(): string {
    return this.text[this.at] ?? '';
  }

  protected deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new Unreadable();
    const result = read();
    this.#depth--;
    return result;
  }

  protected remember(shape: Shape): Shape {
    if (shape.before.length + shape.after.length > longestResult) throw new Unreadable();
    this.#substitutions.push(shape);
    return shape;
  }

  protected offset(): void {
    const end = this.text.indexOf('_', this.at);
    if (end < 0 || !/^n?\d+$/.test(this.text.slice(this.at, end))) throw new Unreadable();
    this.at = end + 1;
  }

  protected discriminator(): void {
    if (this.peek() !== '_') return;
    const rest = /^_(?:\d|_\d+_)/.exec(this.text.slice(this.at));
    if (rest !== null) this.at += rest[0].length;
  }

  protected count(): string {
    const digits = /^\d*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    return digits;
  }

  protected sourceName(): string {
    const digits = /^\d+/.exec(this.text.slice(this.at, this.at + 5))?.[0];
    if (digits === undefined) throw new Unreadable();
    const begin = this.at + digits.length;
    const length = Number(digits);
    if (length === 0 || begin + length > this.text.length) throw new Unreadable();
    this.at = begin + length;
    const own = this.text.slice(begin, this.at);
    return own.startsWith('_GLOBAL__N') ? '(anonymous namespace)' : own;
  }

  protected substitution(): Shape {
    const known = standardNames[this.text.slice(this.at, this.at + 2)];
    if (known !== undefined) {
      this.at += 2;
      return plain(known.short);
    }
    this.need('S');
    const found = this.#substitutions[this.sequence()];
    if (found === undefined) throw new Unreadable();
    return found;
  }

  /** `_` is 0, `0_` is 1, `Z_` is 36: base 36. */
  protected sequence(): number {
    const digits = /^[0-9A-Z]{0,4}/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    return digits === '' ? 0 : Number.parseInt(digits, 36) + 1;
  }

  protected templateParameter(): string {
    this.need('T');
    const digits = /^\d{0,4}/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    const found = this.templateArguments.at(-1)?.[digits === '' ? 0 : Number(digits) + 1];
    if (found === undefined) throw new Unreadable();
    return found;
  }
}
