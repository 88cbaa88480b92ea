import { operators, standardNames } from './demangle-tables.ts';
import { plain, Unreadable, whole } from './demangle-text.ts';
import { closing, type Named, TypeReader } from './demangle-types.ts';

/** Names longer than this are left as they are. */
const longestName = 4096;

/**
 * The C++ name behind a symbol, spelled as linkers print it (`>>`, not `> >`). Null when it is no C++ name, or uses
 * a part of the ABI that is not read. By the Itanium C++ ABI, section 5.1.
 */
export function demangle(symbol: string): string | null {
  if (!symbol.startsWith('_Z') || symbol.length > longestName) return null;
  try {
    const reader = new NameReader(symbol);
    return reader.encoding();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class NameReader extends TypeReader {
  encoding(): string {
    const result = this.specialName() ?? this.functionOrData();
    if (this.text[this.at] === '.') return `${result} (${this.text.slice(this.at)})`;
    if (this.at !== this.text.length) throw new Unreadable();
    return result;
  }

  protected specialName(): string | null {
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

  /** A function with its parameters, or an object. */
  protected functionOrData(): string {
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

  protected name(): Named {
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

  protected nestedName(): Named {
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
  protected standardExpansion(): { text: string; last: string } | null {
    const known = standardNames[this.text.slice(this.at, this.at + 2)];
    if (known === undefined) return null;
    this.at += 2;
    const member = this.peek();
    const isConstructor = member === 'C' || (member === 'D' && /[0-5]/.test(this.text[this.at + 1] ?? ''));
    return { text: isConstructor ? known.full : known.short, last: known.last };
  }

  protected localName(): Named {
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

  /** One part of a name. `enclosing` is the class's own name, for constructors. */
  protected unqualified(enclosing: string): { text: string; base: string; special: boolean } {
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

  protected operator(): { text: string; conversion: boolean } {
    if (this.take('cv')) return { text: `operator ${whole(this.type())}`, conversion: true };
    if (this.take('li')) return { text: `operator"" ${this.sourceName()}`, conversion: false };
    const known = operators[this.text.slice(this.at, this.at + 2)];
    if (known === undefined) throw new Unreadable();
    this.at += 2;
    return { text: `operator${/^[a-z]/.test(known) ? ' ' : ''}${known}`, conversion: false };
  }
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
