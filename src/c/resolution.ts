import { type Keyword, keywordsOf } from './keywords.ts';
import { mark, type Output } from './output.ts';
import { Scopes } from './scopes.ts';
import { idOf, kind, type Spellings } from './spelling.ts';

/** A name that nothing declares, at a token of the output. */
export interface UndeclaredUse {
  token: number;
  name: string;
  form: 'call' | 'type' | 'name';
  /** False in text that could not be followed as C. */
  certain: boolean;
}

/** What the code of one function or initialiser names of the file's scope. */
export interface Body {
  /** Id of the function or object. */
  owner: number;
  /** Whether its object file has it even when nothing in the unit uses it. */
  kept: boolean;
  names: Set<number>;
}

export const sign = Object.fromEntries(
  ['{', '}', '(', ')', '[', ']', ';', ',', ':', '?', '.', '->', '...', '=', '*', '&', '^', '&&', '::']
    .concat('++', '--', '+', '-', '~', '!', '/', '<<', '>>', '%', '|', '||', '==', '!=', '<', '>', '<=', '>=')
    .map((text) => [text, idOf(text)]),
) as Record<string, number>;

/** Thrown inside the resolver where the text is no C that it can follow; caught at the next declaration. */
export class Lost extends Error {}

/** The state of reading one unit's output for names. */
export class Resolution {
  readonly output: Output;
  readonly spellings: Spellings;
  readonly keywords: ReadonlyMap<number, Keyword>;
  readonly scopes = new Scopes();
  readonly uses: UndeclaredUse[] = [];
  readonly bodies: Body[] = [];
  /** Functions called without any declaration. */
  readonly implicit = new Set<number>();
  /** Functions and objects declared weak, or as an alias: the linker needs no definition of them. */
  readonly optional = new Set<number>();
  /** The first token, outside system headers, that uses a name of the file's scope or calls one that nothing declares. */
  readonly firstUse = new Map<number, number>();
  /** Whether the declaration that is being read has such an attribute. */
  lenient = false;
  /** Names of the file's scope that code uses, for the body that is open. */
  body: Body | null = null;
  at = 0;
  largestFrame = 0;
  /** Tokens at which text begins that could not be followed. */
  readonly lostAt: number[] = [];
  /** Names in text that could not be followed: what they are is not known. */
  readonly #unclear = new Set<number>();
  depth = 0;
  readonly #builtin: (name: string) => boolean;
  readonly #count: number;

  constructor(output: Output, spellings: Spellings, c23: boolean, builtin: (name: string) => boolean) {
    this.output = output;
    this.spellings = spellings;
    this.keywords = keywordsOf(spellings, c23);
    this.#builtin = builtin;
    this.#count = output.count;
  }

  get done(): boolean {
    return this.at >= this.#count;
  }

  kindAt(at: number): number {
    return at < this.#count ? (this.output.kind[at] as number) : kind.end;
  }

  idAt(at: number): number {
    return at < this.#count ? (this.output.id[at] as number) : 0;
  }

  /** Whether the token at `at` is that punctuator. */
  isAt(at: number, id: number | undefined): boolean {
    return at < this.#count && this.output.id[at] === id && this.output.kind[at] === kind.punctuator;
  }

  is(id: number | undefined): boolean {
    return this.isAt(this.at, id);
  }

  take(id: number | undefined): boolean {
    if (!this.is(id)) return false;
    this.at++;
    return true;
  }

  need(id: number | undefined): void {
    if (!this.take(id)) throw new Lost();
  }

  /** The keyword at a token. */
  keywordAt(at: number): Keyword | undefined {
    return this.kindAt(at) === kind.identifier ? this.keywords.get(this.idAt(at)) : undefined;
  }

  /** Whether an identifier that is no keyword stands there. */
  nameAt(at: number): boolean {
    return this.kindAt(at) === kind.identifier && !this.keywords.has(this.idAt(at));
  }

  /** Goes behind the bracket that closes the one at the current token; to the end when none does. */
  skipBrackets(): void {
    let depth = 0;
    for (; this.at < this.#count; this.at++) {
      if (this.output.kind[this.at] !== kind.punctuator) continue;
      const id = this.output.id[this.at];
      if (id === sign['('] || id === sign['['] || id === sign['{']) depth++;
      else if (id === sign[')'] || id === sign[']'] || id === sign['}']) {
        if (--depth <= 0) {
          this.at++;
          return;
        }
      }
    }
  }

  /** A name used in code at token `at`. */
  use(at: number, form: 'call' | 'type' | 'name'): void {
    const id = this.idAt(at);
    const declared = this.scopes.find(id);
    if (declared !== undefined) {
      if (this.scopes.file.get(id) !== declared) return;
      this.body?.names.add(id);
      this.#seen(id, at);
      return;
    }
    const name = this.spellings.text(id);
    if (this.#unclear.has(id) || this.#builtin(name)) return;
    if (form === 'call') {
      this.implicit.add(id);
      this.body?.names.add(id);
      this.#seen(id, at);
    }
    this.uses.push({ token: at, name, form, certain: true });
  }

  #seen(id: number, at: number): void {
    const system = ((this.output.marks[at] as number) & mark.system) !== 0;
    if (!system && !this.firstUse.has(id)) this.firstUse.set(id, at);
  }

  /** Text between two tokens was read over: each name in it may be declared there, and may be used. */
  lost(from: number, to: number, body: Body | null): void {
    this.lostAt.push(from);
    let depth = 0;
    for (let at = from; at < to; at++) {
      if (this.isAt(at, sign['{'])) depth++;
      else if (this.isAt(at, sign['}'])) depth--;
      else if (this.nameAt(at)) {
        const id = this.idAt(at);
        body?.names.add(id);
        if (depth === 0 && this.scopes.file.get(id) === undefined) this.#unclear.add(id);
      }
    }
  }

  /** Guards the recursion: deeper text than a compiler would take is not followed. */
  deeper<T>(read: () => T): T {
    if (this.depth > 400) throw new Lost();
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }
}
