import { abbreviations, builtins, operators, specials, suffixes, templates } from './cxx-names.ts';

/** How linkers write a C++ name: GNU's `> >`, or LLVM's `>>`. */
export type Spelling = 'gnu' | 'llvm';

/**
 * A C++ symbol as the linker prints it; other symbols, and what this does not know (lambdas, expressions, decltype), as
 * they are. Grammar: Itanium C++ ABI, section 5.1.
 */
export function demangle(symbol: string, spelling: Spelling): string {
  if (!symbol.startsWith('_Z')) return symbol;
  try {
    const parser = new Parser(symbol.slice(2), spelling);
    const text = parser.encoding();
    return parser.done ? text : symbol;
  } catch (error) {
    if (error instanceof Unknown) return symbol;
    throw error;
  }
}

class Unknown extends Error {}

/** A type goes around a name: `void (*` and `)(int)`. */
interface Part {
  left: string;
  right: string;
  /** Members of an argument pack. */
  pack?: Part[];
}

const plain = (text: string): Part => ({ left: text, right: '' });
const text = ({ left, right }: Part) => left + right;

/** Symbols of real programs nest less; a forged one must not use up the stack. */
const deepest = 200;

interface Name {
  text: string;
  /** Qualifiers of a member function, as they stand behind its parameters. */
  behind: string;
  /** Whether a return type stands before the parameters: of template functions that are no constructors. */
  returns: boolean;
}

class Parser {
  readonly #source: string;
  readonly #spelling: Spelling;
  readonly #substitutions: Part[] = [];
  #arguments: Part[] = [];
  #at = 0;
  #depth = 0;

  constructor(source: string, spelling: Spelling) {
    this.#source = source;
    this.#spelling = spelling;
  }

  get done(): boolean {
    return this.#at === this.#source.length;
  }

  #next(wanted: string): boolean {
    if (!this.#source.startsWith(wanted, this.#at)) return false;
    this.#at += wanted.length;
    return true;
  }

  #need(wanted: string): void {
    if (!this.#next(wanted)) throw new Unknown();
  }

  get #char(): string {
    return this.#source[this.#at] ?? '';
  }

  /** A function inside which something stands is written without its return type. */
  encoding(withResult = true): string {
    const special = specials[this.#source.slice(this.#at, this.#at + 2)];
    if (special !== undefined) {
      this.#at += 2;
      return special + text(this.#type());
    }
    if (this.#next('GV')) return `guard variable for ${this.#name(true).text}`;
    if (this.#char === 'T') throw new Unknown();
    const name = this.#name(true);
    if (this.done || this.#char === 'E') return name.text + name.behind;
    const result = name.returns ? this.#type() : null;
    const head = `${name.text}(${this.#parameters()})${name.behind}`;
    return result === null || !withResult ? head : `${result.left} ${head}${result.right}`;
  }

  #parameters(): string {
    const types: Part[] = [];
    while (!this.done && this.#char !== 'E') {
      const type = this.#type();
      types.push(...(type.pack ?? [type]));
    }
    const only = types.length === 1 && types[0] !== undefined ? text(types[0]) : '';
    return only === 'void' ? '' : types.map(text).join(', ');
  }

  #name(top: boolean): Name {
    if (this.#next('N')) return this.#nested(top);
    if (this.#next('Z')) return this.#local();
    if (this.#char === 'S' && this.#source[this.#at + 1] !== 't') {
      const substituted = this.#substitution();
      return { text: text(substituted) + this.#templateArguments(top), behind: '', returns: top };
    }
    const std = this.#next('St') ? 'std::' : '';
    const name = std + this.#unqualified('');
    if (this.#char !== 'I') return { text: name, behind: '', returns: false };
    this.#substitutions.push(plain(name));
    return { text: this.#withArguments(name, top), behind: '', returns: true };
  }

  #local(): Name {
    const outer = this.encoding(false);
    this.#need('E');
    if (this.#next('s')) {
      this.#discriminator();
      return { text: `${outer}::string literal`, behind: '', returns: false };
    }
    const name = this.#name(false);
    this.#discriminator();
    return { ...name, text: `${outer}::${name.text}` };
  }

  #discriminator(): void {
    const found = /^_(\d|_\d+_)/.exec(this.#source.slice(this.#at));
    if (found !== null) this.#at += found[0].length;
  }

  #nested(top: boolean): Name {
    let behind = '';
    for (const [mark, word] of [
      ['r', ' restrict'],
      ['V', ' volatile'],
      ['K', ' const'],
      ['R', ' &'],
      ['O', ' &&'],
    ] as const) {
      if (this.#next(mark)) behind += word;
    }
    let name = '';
    let returns = false;
    let isMade = false;
    while (!this.#next('E')) {
      if (this.done) throw new Unknown();
      let keep = true;
      const char = this.#char;
      if (char === 'I') {
        name = this.#withArguments(name, top);
        returns = !isMade;
      } else {
        returns = false;
        isMade = false;
        if (this.#next('St')) {
          name = 'std';
          keep = false;
        } else if (char === 'S') {
          name = text(this.#substitution());
          keep = false;
        } else if (char === 'T') name = text(this.#templateParameter());
        else if (/^[CD][0-5]/.test(this.#source.slice(this.#at))) {
          this.#at += 2;
          name += `::${char === 'D' ? '~' : ''}${lastName(name)}`;
          isMade = true;
        } else {
          isMade = this.#source.startsWith('cv', this.#at);
          name = this.#unqualified(name === '' ? '' : `${name}::`);
        }
      }
      // What is followed by something is a prefix, and may be referred to again.
      if (keep && this.#char !== 'E') this.#substitutions.push(plain(name));
    }
    return { text: name, behind, returns };
  }

  #unqualified(before: string): string {
    this.#next('L');
    const digits = /^\d+/.exec(this.#source.slice(this.#at))?.[0];
    let name: string;
    if (digits !== undefined) {
      this.#at += digits.length;
      const length = Number(digits);
      name = this.#source.slice(this.#at, this.#at + length);
      if (name.length !== length) throw new Unknown();
      this.#at += length;
      if (name.startsWith('_GLOBAL__N')) name = '(anonymous namespace)';
    } else if (this.#next('cv')) name = `operator ${text(this.#type())}`;
    else {
      const sign = operators[this.#source.slice(this.#at, this.#at + 2)];
      if (sign === undefined) throw new Unknown();
      this.#at += 2;
      name = `operator${sign}`;
    }
    while (this.#next('B')) name += `[abi:${this.#unqualified('')}]`;
    return before + name;
  }

  /** `<…>`, or nothing when none stands here. `top`: they are the function's own, which `T_` refers to. */
  #templateArguments(top: boolean): string {
    if (!this.#next('I')) return '';
    const list: Part[] = [];
    while (!this.#next('E')) {
      if (this.done) throw new Unknown();
      list.push(this.#templateArgument());
    }
    if (top) this.#arguments = list;
    const inside = list
      .flatMap((part) => part.pack ?? [part])
      .map(text)
      .join(', ');
    return this.#closed(`<${inside}>`);
  }

  #closed(brackets: string): string {
    return this.#spelling === 'gnu' ? brackets.replace(/>>$/, '> >') : brackets;
  }

  /** A name and its template arguments: GNU keeps `operator<` apart from them. */
  #withArguments(name: string, top: boolean): string {
    const list = this.#templateArguments(top);
    return name + (this.#spelling === 'gnu' && name.endsWith('<') && list !== '' ? ' ' : '') + list;
  }

  #templateArgument(): Part {
    if (this.#next('J')) {
      const pack: Part[] = [];
      while (!this.#next('E')) pack.push(this.#templateArgument());
      return { left: pack.map(text).join(', '), right: '', pack };
    }
    if (this.#next('X')) throw new Unknown();
    return this.#next('L') ? this.#literal() : this.#type();
  }

  #literal(): Part {
    if (this.#char === '_') throw new Unknown();
    const code = this.#char;
    const type = text(this.#type());
    const digits = /^n?\d+/.exec(this.#source.slice(this.#at))?.[0];
    if (digits === undefined) throw new Unknown();
    this.#at += digits.length;
    this.#need('E');
    const value = digits.replace('n', '-');
    if (code === 'b') return plain(value === '0' ? 'false' : 'true');
    if (code === 'i') return plain(value);
    const suffix = suffixes[code];
    return plain(suffix === undefined ? `(${type})${value}` : value + suffix);
  }

  /** `S_`, `S0_` … or an abbreviation of std. */
  #substitution(): Part {
    this.#need('S');
    const short = abbreviations[this.#char];
    if (short !== undefined) {
      const whole = /^[CD]\d/.test(this.#source.slice(this.#at + 1)) ? templates[this.#char] : undefined;
      this.#at++;
      return plain(whole === undefined ? short : this.#closed(whole));
    }
    return this.#numbered(this.#substitutions, 36);
  }

  #templateParameter(): Part {
    this.#need('T');
    return this.#numbered(this.#arguments, 10);
  }

  #numbered(list: Part[], base: number): Part {
    const digits = /^[0-9A-Z]*_/.exec(this.#source.slice(this.#at))?.[0];
    if (digits === undefined) throw new Unknown();
    this.#at += digits.length;
    const found = list[digits === '_' ? 0 : Number.parseInt(digits.slice(0, -1), base) + 1];
    if (found === undefined) throw new Unknown();
    return found;
  }

  #type(): Part {
    if (++this.#depth > deepest) throw new Unknown();
    const type = this.#anyType();
    this.#depth--;
    return type;
  }

  #anyType(): Part {
    const char = this.#char;
    const builtin = builtins[char] === undefined ? this.#source.slice(this.#at, this.#at + 2) : char;
    if (builtins[builtin] !== undefined) {
      this.#at += builtin.length;
      return plain(builtins[builtin] ?? '');
    }
    if (this.#next('Dn')) return plain(this.#spelling === 'gnu' ? 'decltype(nullptr)' : 'std::nullptr_t');
    if (this.#next('Dp')) return this.#type();
    if (char === 'S' && this.#source[this.#at + 1] !== 't') {
      const found = this.#substitution();
      return this.#char === 'I' ? this.#kept(plain(text(found) + this.#templateArguments(false))) : found;
    }
    if (char === 'T') {
      const found = this.#kept(this.#templateParameter());
      return this.#char === 'I' ? this.#kept(plain(text(found) + this.#templateArguments(false))) : found;
    }
    if (/^(St|[NZ0-9])/.test(this.#source.slice(this.#at))) return this.#kept(plain(this.#name(false).text));
    return this.#kept(this.#compound());
  }

  #kept(part: Part): Part {
    this.#substitutions.push(part);
    return part;
  }

  #compound(): Part {
    const qualifiers = /^[rVK]+/.exec(this.#source.slice(this.#at))?.[0];
    if (qualifiers !== undefined) {
      this.#at += qualifiers.length;
      const words = { r: ' restrict', V: ' volatile', K: ' const' };
      const behind = [...qualifiers].reverse().map((mark) => words[mark as 'K']);
      return pointer(this.#type(), behind.join(''));
    }
    if (this.#next('P')) return pointer(this.#type(), '*');
    if (this.#next('R')) return pointer(this.#type(), '&');
    if (this.#next('O')) return pointer(this.#type(), '&&');
    if (this.#next('F')) {
      this.#next('Y');
      const result = this.#type();
      const parameters = this.#parameters();
      this.#need('E');
      return { left: `${result.left} `, right: `(${parameters})${result.right}` };
    }
    if (this.#next('A')) {
      const size = /^\d*/.exec(this.#source.slice(this.#at))?.[0] ?? '';
      this.#at += size.length;
      this.#need('_');
      const { left, right } = this.#type();
      return { left: `${left} `, right: `[${size}]${right}` };
    }
    if (this.#next('M')) {
      const owner = text(this.#type());
      return pointer(this.#type(), `${owner}::*`);
    }
    throw new Unknown();
  }
}

function pointer(part: Part, mark: string): Part {
  const { left, right, pack } = part;
  if (pack !== undefined) return { left, right, pack: pack.map((one) => pointer(one, mark)) };
  if (right.startsWith('(')) return { left: `${left}(${mark}`, right: `)${right}` };
  if (right.startsWith('[')) return { left: `${left}(${mark}`, right: `) ${right}` };
  // A reference to a reference is one: `&` wins over `&&`.
  if (mark.startsWith('&') && left.endsWith('&'))
    return { left: mark === '&' ? left.replace(/&+$/, '&') : left, right };
  return { left: mark.includes('::') ? `${left} ${mark}` : left + mark, right };
}

/** The last name of a path, without template arguments: what a constructor is called. */
function lastName(path: string): string {
  let depth = 0;
  let end = path.length;
  for (let at = path.length - 1; at >= 0; at--) {
    const char = path[at];
    if (char === '>') depth++;
    else if (char === '<') {
      depth--;
      if (depth === 0) end = at;
    } else if (depth === 0 && path.startsWith('::', at - 1)) return untagged(path.slice(at + 1, end));
  }
  return untagged(path.slice(0, end));
}

function untagged(name: string): string {
  return name.replace(/\[abi:.*$/, '');
}
