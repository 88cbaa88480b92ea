import { builtinTypes } from './demangle-tables.ts';
import { MangledText, plain, type Shape, Unreadable, whole } from './demangle-text.ts';

/** What a name of a function needs to know for its signature. */
export interface Named {
  text: string;
  /** The last part has template arguments: the signature then begins with a return type. */
  template: boolean;
  /** Constructors, destructors and conversions have no return type. */
  special: boolean;
  /** ` const`, ` &` and the like after the parameters. */
  qualifiers: string;
}

/** Reads types and template arguments; the names in them are read by the class that extends it. */
export abstract class TypeReader extends MangledText {
  protected abstract name(): Named;
  protected abstract functionOrData(): string;

  protected parameters(): string {
    if (this.take('v')) return '';
    const list: string[] = [];
    while (this.peek() !== '' && this.peek() !== 'E' && this.peek() !== '.') list.push(whole(this.type()));
    return list.filter((one) => one !== '').join(', ');
  }

  protected withArguments(text: string): string {
    return this.peek() === 'I' ? closing(text, this.argumentList()) : text;
  }

  protected argumentList(): string {
    return this.deeper(() => {
      this.need('I');
      const list: string[] = [];
      while (!this.take('E')) list.push(this.argument());
      this.templateArguments.push(list);
      return list.filter((one) => one !== '').join(', ');
    });
  }

  protected argument(): string {
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

  protected literal(): string {
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

  protected type(): Shape {
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
  protected apart<T>(read: () => T): T {
    const kept = this.templateArguments;
    this.templateArguments = [...kept];
    const result = read();
    this.templateArguments = kept;
    return result;
  }

  protected argumentListApart(): string {
    return this.apart(() => this.argumentList());
  }

  protected pointer(mark: string): Shape {
    this.at++;
    const to = this.type();
    if (mark !== '*' && to.before.endsWith('&') && to.after === '') return this.remember(to);
    return this.remember(
      to.wraps
        ? { before: `${to.before}(${mark}`, after: `)${to.after.startsWith('[') ? ' ' : ''}${to.after}`, wraps: false }
        : { before: to.before + mark, after: to.after, wraps: false },
    );
  }

  protected qualified(): Shape {
    let words = '';
    if (this.take('r')) words = ' restrict';
    if (this.take('V')) words = ` volatile${words}`;
    if (this.take('K')) words = ` const${words}`;
    const of = this.type();
    if (of.wraps && of.after.startsWith('(')) return this.remember({ ...of, after: of.after + words });
    return this.remember({ ...of, before: of.before + words });
  }

  protected functionType(): Shape {
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

  protected arrayType(): Shape {
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

  protected memberPointer(): Shape {
    this.need('M');
    const owner = whole(this.type());
    const of = this.type();
    return this.remember(
      of.wraps
        ? { before: `${of.before}(${owner}::*`, after: `)${of.after}`, wraps: false }
        : { before: `${of.before} ${owner}::*`, after: of.after, wraps: false },
    );
  }

  protected parameterType(): Shape {
    const parameter = this.remember(plain(this.templateParameter()));
    if (this.peek() !== 'I') return parameter;
    return this.remember(plain(closing(whole(parameter), this.argumentListApart())));
  }
}

/** `a` and `b` give `a<b>`, as LLVM writes it also after `operator<<`. */
export function closing(name: string, list: string): string {
  return `${name}<${list}>`;
}
