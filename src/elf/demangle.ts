import { builtinTypes, operators, standardNames } from './demangle-tables.ts';

/** Names longer than this, or nested deeper, are left as they are. */
const longestName = 4096;
const deepest = 128;
/** A short name may stand for a very long one, by substitutions of substitutions. */
const longestResult = 16_384;

/** The name is none of C++, or uses a part of the ABI that is not read here. */
class Unreadable extends Error {}

/** A type as text around a declarator: `int (` … `)(char)`. */
interface Shape {
  before: string;
  after: string;
  /** Whether a pointer to it needs parentheses: a function or an array. */
  wraps: boolean;
}

const plain = (before: string): Shape => ({ before, after: '', wraps: false });
const whole = ({ before, after }: Shape): string => before + after;

/** What a name of a function needs to know for its signature. */
interface Named {
  text: string;
  /** The last part has template arguments: the signature then begins with a return type. */
  template: boolean;
  /** Constructors, destructors and conversions have no return type. */
  special: boolean;
  /** ` const`, ` &` and the like after the parameters. */
  qualifiers: string;
}

/**
 * The C++ name behind a symbol, spelled as linkers print it (`>>`, not `> >`). Null when it is no C++ name, or uses
 * a part of the ABI that is not read. By the Itanium C++ ABI, section 5.1.
 */
export function demangle(symbol: string): string | null {
  if (!symbol.startsWith('_Z') || symbol.length > longestName) return null;
  try {
    const reader = new Reader(symbol);
    return reader.encoding();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Reader {
  private at = 2;
  private depth = 0;
  private readonly text: string;
  private readonly substitutions: Shape[] = [];
  /** Template arguments that `T_` means; the innermost template's. */
  private templateArguments: string[][] = [];

  constructor(text: string) {
    this.text = text;
  }

  encoding(): string {
    const result = this.specialName() ?? this.functionOrData();
    if (this.text[this.at] === '.') return `${result} (${this.text.slice(this.at)})`;
    if (this.at !== this.text.length) throw new Unreadable();
    return result;
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private need(word: string): void {
    if (!this.take(word)) throw new Unreadable();
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > deepest) throw new Unreadable();
    const result = read();
    this.depth--;
    return result;
  }

  private remember(shape: Shape): Shape {
    if (shape.before.length + shape.after.length > longestResult) throw new Unreadable();
    this.substitutions.push(shape);
    return shape;
  }

  private specialName(): string | null {
    const words: [string, string][] = [
      ['TV', 'vtable for '],
      ['TT', 'VTT for '],
      ['TI', 'typeinfo for '],
      ['TS', 'typeinfo name for '],
    ];
    for (const [code, words_] of words) if (this.take(code)) return words_ + whole(this.type());
    if (this.take('GV')) return `guard variable for ${this.name().text}`;
    if (this.take('GTt')) return `transaction clone for ${this.functionOrData()}`;
    if (this.take('TW')) return `thread-local wrapper routine for ${this.name().text}`;
    if (this.take('TH')) return `thread-local initialization routine for ${this.name().text}`;
    if (this.take('Th')) {
      this.offset();
      return `non-virtual thunk to ${this.functionOrData()}`;
    }
    if (this.take('Tv')) {
      this.offset();
      this.offset();
      return `virtual thunk to ${this.functionOrData()}`;
    }
    return null;
  }

  private offset(): void {
    const end = this.text.indexOf('_', this.at);
    if (end < 0 || !/^n?\d+$/.test(this.text.slice(this.at, end))) throw new Unreadable();
    this.at = end + 1;
  }

  /** A function with its parameters, or an object. */
  private functionOrData(): string {
    return this.deeper(() => {
      const outer = this.templateArguments;
      this.templateArguments = [...outer];
      const name = this.name();
      const end = this.peek();
      if (end === '' || end === 'E' || end === '.') return name.text;
      const returned = name.template && !name.special ? this.type() : null;
      const parameters = this.parameters();
      this.templateArguments = outer;
      const signature = `${name.text}(${parameters})${name.qualifiers}`;
      return returned === null ? signature : `${returned.before} ${signature}${returned.after}`;
    });
  }

  private parameters(): string {
    if (this.take('v')) return '';
    const list: string[] = [];
    while (this.peek() !== '' && this.peek() !== 'E' && this.peek() !== '.') list.push(whole(this.type()));
    return list.filter((one) => one !== '').join(', ');
  }

  private name(): Named {
    return this.deeper(() => {
      if (this.take('N')) return this.nestedName();
      if (this.take('Z')) return this.localName();
      const begin = this.at;
      const standard = this.text.startsWith('St', begin);
      if (this.peek() === 'S' && !standard) {
        const shape = this.substitution();
        return { text: this.withArguments(whole(shape)), template: true, special: false, qualifiers: '' };
      }
      if (standard) this.at += 2;
      const own = this.unqualified('');
      const text = standard ? `std::${own.text}` : own.text;
      if (this.peek() !== 'I') return { ...own, text, template: false, qualifiers: '' };
      this.remember(plain(text));
      return { text: this.withArguments(text), template: true, special: own.special, qualifiers: '' };
    });
  }

  private withArguments(text: string): string {
    return this.peek() === 'I' ? closing(text, this.argumentList()) : text;
  }

  private nestedName(): Named {
    let qualifiers = '';
    if (this.take('r')) qualifiers += ' restrict';
    if (this.take('V')) qualifiers += ' volatile';
    if (this.take('K')) qualifiers += ' const';
    if (this.take('R')) qualifiers += ' &';
    else if (this.take('O')) qualifiers += ' &&';
    let text = '';
    let last = '';
    let template = false;
    let special = false;
    let substituted = false;
    while (!this.take('E')) {
      if (this.peek() === '') throw new Unreadable();
      if (this.peek() === 'S' && text === '') {
        if (this.take('St')) text = 'std';
        else {
          const expanded = this.standardExpansion();
          text = expanded?.text ?? whole(this.substitution());
          last = expanded?.last ?? lastName(text);
        }
        substituted = true;
        continue;
      }
      if (this.peek() === 'T' && text === '') {
        text = this.templateParameter();
        this.remember(plain(text));
        substituted = true;
        continue;
      }
      if (this.peek() === 'I') {
        text = closing(text, this.argumentList());
        template = true;
      } else {
        const part = this.unqualified(last);
        text = text === '' ? part.text : `${text}::${part.text}`;
        last = part.base;
        special = part.special;
        template = false;
      }
      if (this.peek() !== 'E') this.remember(plain(text));
      substituted = false;
    }
    if (text === '' || (substituted && text === 'std')) throw new Unreadable();
    return { text, template, special, qualifiers };
  }

  /** `Sa` … `Sd` before a member are spelled out where a constructor needs the class's own name. */
  private standardExpansion(): { text: string; last: string } | null {
    const known = standardNames[this.text.slice(this.at, this.at + 2)];
    if (known === undefined) return null;
    this.at += 2;
    const member = this.peek();
    const isConstructor = member === 'C' || (member === 'D' && /[0-5]/.test(this.text[this.at + 1] ?? ''));
    return { text: isConstructor ? known.full : known.short, last: known.last };
  }

  private localName(): Named {
    const outside = this.functionOrData();
    this.need('E');
    if (this.take('s')) {
      this.discriminator();
      return { text: `${outside}::string literal`, template: false, special: false, qualifiers: '' };
    }
    if (this.take('d')) {
      while (/\d/.test(this.peek())) this.at++;
      this.need('_');
    }
    const inside = this.name();
    this.discriminator();
    return { ...inside, text: `${outside}::${inside.text}` };
  }

  private discriminator(): void {
    if (this.peek() !== '_') return;
    const rest = /^_(?:\d|_\d+_)/.exec(this.text.slice(this.at));
    if (rest !== null) this.at += rest[0].length;
  }

  /** One part of a name. `enclosing` is the class's own name, for constructors. */
  private unqualified(enclosing: string): { text: string; base: string; special: boolean } {
    const next = this.peek();
    let part: { text: string; base: string; special: boolean };
    if (/\d/.test(next) || next === 'L') {
      this.take('L');
      const own = this.sourceName();
      part = { text: own, base: own, special: false };
    } else if (/^C[1-5]/.test(this.text.slice(this.at, this.at + 2))) {
      this.at += 2;
      part = { text: enclosing, base: enclosing, special: true };
    } else if (/^D[0-5]/.test(this.text.slice(this.at, this.at + 2))) {
      this.at += 2;
      part = { text: `~${enclosing}`, base: enclosing, special: true };
    } else if (this.take('Ut')) {
      part = { text: `'unnamed${this.count()}'`, base: '', special: false };
    } else if (this.take('Ul')) {
      const parameters = this.parameters();
      this.need('E');
      part = { text: `'lambda${this.count()}'(${parameters})`, base: '', special: false };
    } else {
      const read = this.operator();
      part = { text: read.text, base: '', special: read.conversion };
    }
    while (this.take('B')) part = { ...part, text: `${part.text}[abi:${this.sourceName()}]` };
    return part;
  }

  private count(): string {
    const digits = /^\d*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    return digits;
  }

  private operator(): { text: string; conversion: boolean } {
    if (this.take('cv')) return { text: `operator ${whole(this.type())}`, conversion: true };
    if (this.take('li')) return { text: `operator"" ${this.sourceName()}`, conversion: false };
    const known = operators[this.text.slice(this.at, this.at + 2)];
    if (known === undefined) throw new Unreadable();
    this.at += 2;
    return { text: `operator${/^[a-z]/.test(known) ? ' ' : ''}${known}`, conversion: false };
  }

  private sourceName(): string {
    const digits = /^\d+/.exec(this.text.slice(this.at, this.at + 5))?.[0];
    if (digits === undefined) throw new Unreadable();
    const begin = this.at + digits.length;
    const length = Number(digits);
    if (length === 0 || begin + length > this.text.length) throw new Unreadable();
    this.at = begin + length;
    const own = this.text.slice(begin, this.at);
    return own.startsWith('_GLOBAL__N') ? '(anonymous namespace)' : own;
  }

  private substitution(): Shape {
    const known = standardNames[this.text.slice(this.at, this.at + 2)];
    if (known !== undefined) {
      this.at += 2;
      return plain(known.short);
    }
    this.need('S');
    const found = this.substitutions[this.sequence()];
    if (found === undefined) throw new Unreadable();
    return found;
  }

  /** `_` is 0, `0_` is 1, `Z_` is 36: base 36. */
  private sequence(): number {
    const digits = /^[0-9A-Z]{0,4}/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    return digits === '' ? 0 : Number.parseInt(digits, 36) + 1;
  }

  private templateParameter(): string {
    this.need('T');
    const digits = /^\d{0,4}/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += digits.length;
    this.need('_');
    const found = this.templateArguments.at(-1)?.[digits === '' ? 0 : Number(digits) + 1];
    if (found === undefined) throw new Unreadable();
    return found;
  }

  private argumentList(): string {
    return this.deeper(() => {
      this.need('I');
      const list: string[] = [];
      while (!this.take('E')) list.push(this.argument());
      this.templateArguments.push(list);
      return list.filter((one) => one !== '').join(', ');
    });
  }

  private argument(): string {
    return this.deeper(() => {
      if (this.take('J')) {
        const pack: string[] = [];
        while (!this.take('E')) pack.push(this.argument());
        return pack.join(', ');
      }
      if (this.take('L')) return this.literal();
      if (this.peek() === 'X') throw new Unreadable();
      return whole(this.type());
    });
  }

  private literal(): string {
    if (this.take('_Z')) {
      const name = this.functionOrData();
      this.need('E');
      return `&${name}`;
    }
    const type = whole(this.type());
    const value = /^n?\w*?(?=E)/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += value.length;
    this.need('E');
    const digits = value.replace(/^n/, '-');
    if (type === 'bool') return value === '1' ? 'true' : 'false';
    const suffix: Record<string, string> = { int: '', 'unsigned int': 'u', long: 'l', 'unsigned long': 'ul' };
    const known = suffix[type];
    return known === undefined ? `(${type})${digits}` : digits + known;
  }

  private type(): Shape {
    return this.deeper(() => {
      const next = this.peek();
      if (next === 'P') return this.pointer('*');
      if (next === 'R') return this.pointer('&');
      if (next === 'O') return this.pointer('&&');
      if (next === 'r' || next === 'V' || next === 'K') return this.qualified();
      if (next === 'F') return this.functionType();
      if (next === 'A') return this.arrayType();
      if (next === 'M') return this.memberPointer();
      if (next === 'T') return this.parameterType();
      if (this.take('Dp')) return this.type();
      if (this.take('Dn')) return plain('std::nullptr_t');
      if (next === 'D' && /^D[oOwx]/.test(this.text.slice(this.at, this.at + 2))) throw new Unreadable();
      const builtin = builtinTypes[next] ?? builtinTypes[this.text.slice(this.at, this.at + 2)];
      if (builtin !== undefined) {
        this.at += builtinTypes[next] === undefined ? 2 : 1;
        return plain(builtin);
      }
      if (next === 'S' && !this.text.startsWith('St', this.at)) {
        const shape = this.substitution();
        if (this.peek() !== 'I') return shape;
        return this.remember(plain(closing(whole(shape), this.argumentListApart())));
      }
      const { text } = this.apart(() => this.name());
      return this.remember(plain(text));
    });
  }

  /** Template arguments inside a type are no arguments of the function that the type belongs to. */
  private apart<T>(read: () => T): T {
    const kept = this.templateArguments;
    this.templateArguments = [...kept];
    const result = read();
    this.templateArguments = kept;
    return result;
  }

  private argumentListApart(): string {
    return this.apart(() => this.argumentList());
  }

  private pointer(mark: string): Shape {
    this.at++;
    const to = this.type();
    if (mark !== '*' && to.before.endsWith('&') && to.after === '') return this.remember(to);
    return this.remember(
      to.wraps
        ? { before: `${to.before}(${mark}`, after: `)${to.after.startsWith('[') ? ' ' : ''}${to.after}`, wraps: false }
        : { before: to.before + mark, after: to.after, wraps: false },
    );
  }

  private qualified(): Shape {
    let words = '';
    if (this.take('r')) words = ' restrict';
    if (this.take('V')) words = ` volatile${words}`;
    if (this.take('K')) words = ` const${words}`;
    const of = this.type();
    if (of.wraps && of.after.startsWith('(')) return this.remember({ ...of, after: of.after + words });
    return this.remember({ ...of, before: of.before + words });
  }

  private functionType(): Shape {
    this.need('F');
    this.take('Y');
    const returned = this.type();
    const parameters = this.parameters();
    const reference = this.take('RE') ? ' &' : this.take('OE') ? ' &&' : '';
    if (reference === '') this.need('E');
    return this.remember({
      before: `${returned.before} `,
      after: `(${parameters})${reference}${returned.after}`,
      wraps: true,
    });
  }

  private arrayType(): Shape {
    this.need('A');
    const size = /^\d*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += size.length;
    this.need('_');
    const of = this.type();
    return this.remember({
      before: of.wraps ? of.before : `${of.before} `,
      after: `[${size}]${of.after}`,
      wraps: true,
    });
  }

  private memberPointer(): Shape {
    this.need('M');
    const owner = whole(this.type());
    const of = this.type();
    return this.remember(
      of.wraps
        ? { before: `${of.before}(${owner}::*`, after: `)${of.after}`, wraps: false }
        : { before: `${of.before} ${owner}::*`, after: of.after, wraps: false },
    );
  }

  private parameterType(): Shape {
    const parameter = this.remember(plain(this.templateParameter()));
    if (this.peek() !== 'I') return parameter;
    return this.remember(plain(closing(whole(parameter), this.argumentListApart())));
  }
}

/** `a` and `b` give `a<b>`, as LLVM writes it also after `operator<<`. */
function closing(name: string, list: string): string {
  return `${name}<${list}>`;
}

/** The class's own name at the end of a qualified one, without its arguments. */
function lastName(text: string): string {
  let depth = 0;
  let end = text.length;
  for (let at = text.length - 1; at >= 0; at--) {
    const letter = text[at];
    if (letter === '>') depth++;
    if (letter === '<' && --depth === 0 && end === text.length) end = at;
    if (depth === 0 && letter === ':') return text.slice(at + 1, end);
  }
  return text.slice(0, end);
}
