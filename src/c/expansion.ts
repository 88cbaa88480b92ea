import { lex } from './lexer.ts';
import { likeliest, type Macro } from './macro.ts';
import type { MacroTable } from './macro-table.ts';
import { idOf, kind, type Spellings } from './spelling.ts';
import { substitute } from './substitution.ts';
import { endToken, plainToken, type Token } from './token.ts';

/** Tokens that wait to be read: a macro's replacement, an argument, a directive's line, or tokens put back. */
interface Context {
  tokens: readonly Token[];
  at: number;
  /** Enabled again when the tokens are used up; null when it is no replacement. */
  macro: Macro | null;
  /** Reading stops at its end. */
  barrier: boolean;
  /** Where the outermost expansion stands. */
  position: number;
  enabling: number;
  unsure: boolean;
}

/** What the expander asks of the preprocessor. */
export interface ExpansionHost {
  readonly macros: MacroTable;
  readonly spellings: Spellings;
  /** The next token of the files, directives carried out; `kind.end` at the end. */
  fileToken(): Token;
  /** Replacement of `__LINE__` and its kind. */
  builtin(macro: Macro, position: number): Token;
  /** Joins a set of flag macros to another: see `Enabling`. */
  combine(enabling: number, macros: readonly string[]): number;
  /** A step of work; false when the limit is reached. */
  step(count: number): boolean;
}

const open = idOf('(');
const close = idOf(')');
const comma = idOf(',');
const deepest = 4000;

/** Macro expansion over a stack of contexts, with files at its bottom. */
export class Expander {
  readonly #host: ExpansionHost;
  readonly #contexts: Context[] = [];
  readonly #disabled = new Set<number>();
  /** Of the token that `next` gave last: the flag macros it came through, and whether an undecided macro gave it. */
  enabling = 0;
  unsure = false;
  inMacro = false;
  /** Flag macros that expansions went through, while a condition is read. */
  tested: Set<string> | null = null;
  /** Set when a condition's expansion met a macro whose text is undecided. */
  metUndecided = false;

  constructor(host: ExpansionHost) {
    this.#host = host;
  }

  get idle(): boolean {
    return this.#contexts.length === 0;
  }

  /** Forgets all that waits; for a limit that was reached. */
  clear(): void {
    this.#contexts.length = 0;
    this.#disabled.clear();
  }

  /** Next token without expanding it. */
  next(): Token {
    for (;;) {
      const context = this.#contexts[this.#contexts.length - 1];
      if (context === undefined) {
        this.enabling = 0;
        this.unsure = false;
        this.inMacro = false;
        return this.#host.fileToken();
      }
      const token = context.tokens[context.at];
      if (token !== undefined) {
        if (!this.#host.step(1)) return endToken;
        context.at++;
        this.enabling = context.enabling;
        this.unsure = context.unsure;
        this.inMacro = context.macro !== null || context.position >= 0;
        return token.position >= 0 || context.position < 0 ? token : { ...token, position: context.position };
      }
      if (context.barrier) return endToken;
      this.#pop();
    }
  }

  /** Next token that is no macro to expand. */
  expanded(): Token {
    for (;;) {
      const token = this.next();
      if (token.kind !== kind.identifier || !this.#host.macros.touched(token.id)) return token;
      const result = this.enter(token);
      if (result !== null) return result;
    }
  }

  /** Reads tokens to their end apart from all that waits, expanding. */
  expandAll(tokens: readonly Token[]): Token[] {
    const out: Token[] = [];
    this.within(tokens, () => {
      for (let token = this.expanded(); token.kind !== kind.end; token = this.expanded()) out.push(token);
    });
    return out;
  }

  /** Makes `tokens` all that `next` gives while `read` runs. */
  within(tokens: readonly Token[], read: () => void): void {
    const depth = this.#contexts.length;
    this.#push(tokens, null, true, -1, 0, false);
    read();
    while (this.#contexts.length > depth) this.#pop();
  }

  /** Expands a token that names a macro: null when its replacement now waits, else the token to use. */
  enter(token: Token): Token | null {
    const host = this.#host;
    const state = host.macros.get(token.id);
    const macro = state === undefined ? undefined : likeliest(state);
    if (macro === undefined || token.painted) return token;
    if (this.#disabled.has(token.id)) return { ...token, painted: true };
    if (this.#contexts.length > deepest && !host.step(Number.MAX_SAFE_INTEGER)) return token;
    const enabling = host.combine(this.enabling, macro.enabledBy);
    const unsure = this.unsure || state?.defined === 'maybe';
    const result = this.#replace(token, macro, enabling, unsure);
    if (result === null) {
      if (state?.defined === 'maybe') this.metUndecided = true;
      if (this.tested !== null) for (const name of macro.enabledBy) this.tested.add(name);
    }
    return result;
  }

  #replace(token: Token, macro: Macro, enabling: number, unsure: boolean): Token | null {
    const host = this.#host;
    if (macro.builtin) {
      this.#push([{ ...host.builtin(macro, token.position), space: token.space }], null, false, -1, enabling, unsure);
      return null;
    }
    if (macro.params === null) {
      const body = substitute(macro, [], host.spellings, (t) => t, this.#paste);
      this.#push(body, macro, false, token.position, enabling, unsure);
      return null;
    }
    const args = this.#arguments(macro);
    if (args === null) return token;
    let total = 0;
    for (const argument of args) total += argument.length;
    if (!host.step(total + macro.body.length)) return token;
    const body = substitute(macro, args, host.spellings, (tokens) => this.expandAll(tokens), this.#paste);
    if (!host.step(body.length >> 3)) return token;
    this.#push(body, macro, false, token.position, enabling, unsure);
    return null;
  }

  /** The arguments behind a function-like macro's name; null when no call stands there, with nothing lost. */
  #arguments(macro: Macro): Token[][] | null {
    const first = this.next();
    if (first.id !== open || first.kind !== kind.punctuator) {
      if (first.kind !== kind.end) this.#push([first], null, false, -1, this.enabling, this.unsure);
      return null;
    }
    const seen: Token[] = [first];
    const args: Token[][] = [[]];
    const params = macro.params?.length ?? 0;
    let depth = 0;
    for (;;) {
      const token = this.next();
      if (token.kind === kind.end) {
        this.#push(seen, null, false, -1, 0, false);
        return null;
      }
      seen.push(token);
      if (token.kind === kind.punctuator) {
        if (token.id === open) depth++;
        else if (token.id === close && depth-- === 0) break;
        else if (token.id === comma && depth === 0 && !(macro.variadic && args.length >= params)) {
          args.push([]);
          continue;
        }
      }
      args[args.length - 1]?.push(token);
    }
    if (params === 0 && args.length === 1 && args[0]?.length === 0) return [];
    while (args.length < params) args.push([]);
    return args;
  }

  readonly #paste = (left: Token, right: Token): Token[] => {
    const { spellings } = this.#host;
    const text = (left.id ? spellings.text(left.id) : left.text) + (right.id ? spellings.text(right.id) : right.text);
    const place = { space: left.space, position: left.position };
    if (left.kind === kind.identifier && /^[\w$]+$/.test(text)) {
      return [{ ...plainToken(kind.identifier, spellings.of(text), ''), ...place }];
    }
    if (left.kind === kind.number && /^[\w.]+$/.test(text)) {
      // Long numbers are many and different, and nothing compares them.
      const id = text.length > 8 ? 0 : spellings.of(text);
      return [{ ...plainToken(kind.number, id, id === 0 ? text : ''), ...place }];
    }
    const bytes = new TextEncoder().encode(text);
    const tokens = lex(bytes, spellings, false);
    if (tokens.count !== 1) return [left, right];
    const id = tokens.id[0] as number;
    const made = plainToken(tokens.kind[0] as number, id, id === 0 ? text : '');
    return [{ ...made, ...place }];
  };

  #push(
    tokens: readonly Token[],
    macro: Macro | null,
    barrier: boolean,
    position: number,
    enabling: number,
    unsure: boolean,
  ): void {
    if (macro !== null) this.#disabled.add(macro.name);
    this.#contexts.push({ tokens, at: 0, macro, barrier, position, enabling, unsure });
  }

  #pop(): void {
    const context = this.#contexts.pop();
    if (context?.macro) this.#disabled.delete(context.macro.name);
  }
}
