import type { Output } from './output.ts';
import { mark } from './output.ts';
import { Lost, Resolution, sign } from './resolution.ts';
import { declaration } from './resolve-declarations.ts';
import { kind, type Spellings } from './spelling.ts';

export interface ResolveOptions {
  /** Words that `-std=c23` makes keywords. */
  c23: boolean;
  /** Names that the compiler knows without a declaration, such as `__builtin_expect`. */
  builtin(name: string): boolean;
}

/** Reads the output of a unit as C and finds the names that nothing declares. Any tokens are accepted. */
export function resolve(output: Output, spellings: Spellings, options: ResolveOptions): Resolution {
  const r = new Resolution(output, spellings, options.c23, options.builtin);
  while (!r.done) outer(r);
  return r;
}

/** One thing at file scope; text that can't be followed is read over up to where the next one begins. */
function outer(r: Resolution): void {
  const from = r.at;
  const uses = r.uses.length;
  try {
    if (r.take(sign[';'])) return;
    const keyword = r.keywordAt(r.at);
    if (keyword?.class === 'asm' || keyword?.class === 'assert') {
      r.at++;
      while (r.keywordAt(r.at) !== undefined) r.at++;
      r.skipBrackets();
      return;
    }
    if (r.keywordAt(r.at)?.text === 'extern' && r.kindAt(r.at + 1) === kind.string && r.isAt(r.at + 2, sign['{'])) {
      r.at += 3;
      return;
    }
    if (r.is(sign['}'])) {
      r.at++;
      return;
    }
    declaration(r);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    const { body } = r;
    r.scopes.restore(0);
    r.body = null;
    r.depth = 0;
    for (const use of r.uses.slice(uses)) use.certain = false;
    recover(r, from);
    r.lost(from, r.at, body);
  }
  if (r.at === from) r.at++;
}

/** Goes behind the `;` or `}` at the level of `from` that ends what began there. */
function recover(r: Resolution, from: number): void {
  r.at = from;
  while (!r.done) {
    if (r.take(sign[';'])) return;
    if (r.is(sign['{'])) {
      r.skipBrackets();
      if (!r.is(sign[',']) && !r.is(sign['='])) {
        r.take(sign[';']);
        return;
      }
    } else if (r.is(sign['(']) || r.is(sign['['])) r.skipBrackets();
    else r.at++;
  }
}

/** Whether a use stands in text of the project itself that is sure to be compiled. */
export function decided(output: Output, token: number): boolean {
  return ((output.marks[token] as number) & (mark.undecided | mark.afterUnread)) === 0;
}
