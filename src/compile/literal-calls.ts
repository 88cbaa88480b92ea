import type { HeaderCache } from '../c/header-cache.ts';
import { mark } from '../c/output.ts';
import { kind } from '../c/spelling.ts';
import { literalArguments } from '../libc/semantics.ts';
import type { LiteralCall } from '../model/view.ts';
import type { Shown } from './name-uses.ts';
import { ownText, type Translated } from './translate.ts';

/** A call whose arguments have more tokens is not read. */
const mostTokens = 2000;
/** Words behind which a call may stand; any other makes `name(` a declaration. */
const callMayFollow = new Set(['return', 'else', 'do', 'case']);
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** Calls of the functions that data/semantics.yaml watches, which the compiler is sure to see with a text as it stands in the source. */
export function literalCalls(
  translated: Translated,
  cache: HeaderCache,
  shownAt: (file: number, position: number) => Shown,
): LiteralCall[] {
  const { text, names } = translated;
  if (names === null) return [];
  const { output } = text;
  const watched = new Map(
    [...literalArguments()].map(([name, wanted]) => [cache.spellings.of(name), { name, wanted }]),
  );
  const sign = (punctuator: string) => cache.spellings.of(punctuator);
  const [open, close, comma] = [sign('('), sign(')'), sign(',')];
  const opening = new Set([open, sign('['), sign('{')]);
  const closing = new Set([close, sign(']'), sign('}')]);
  const member = new Set([sign('.'), sign('->')]);
  const found: LiteralCall[] = [];

  /** Whether the token begins a call of the libc's function. */
  const isCall = (at: number, id: number): boolean => {
    if (output.id[at + 1] !== open || names.scopes.file.get(id)?.defined === true) return false;
    const before = at > 0 ? (output.id[at - 1] as number) : 0;
    if (at > 0 && output.kind[at - 1] === kind.identifier) return callMayFollow.has(cache.spellings.text(before));
    return !member.has(before);
  };

  for (let at = 0; at < output.count; at++) {
    if (output.kind[at] !== kind.identifier) continue;
    const id = output.id[at] as number;
    const call = watched.get(id);
    if (call === undefined || ((output.marks[at] as number) & mark.undecided) !== 0) continue;
    if (!ownText(text, at) || !isCall(at, id)) continue;
    const { place, placeModule } = shownAt(output.file[at] as number, output.position[at] as number);
    if (placeModule !== null) continue;
    let depth = 0;
    let argument = 0;
    let from = at + 2;
    for (let end = at + 1; end < Math.min(output.count, at + mostTokens); end++) {
      const what = output.id[end] as number;
      const last = depth === 1 && what === close;
      if (depth === 1 && (what === comma || last)) {
        const value = call.wanted.has(argument) ? textOf(translated, from, end) : null;
        if (value !== null) found.push({ name: call.name, argument, text: value, place });
        argument++;
        from = end + 1;
      }
      if (last) break;
      if (opening.has(what)) depth++;
      else if (closing.has(what)) depth--;
    }
  }
  return found;
}

/** The text of string literals side by side; null when there is anything else, or a macro gives one of them. */
function textOf({ text }: Translated, from: number, to: number): string | null {
  const { output } = text;
  if (from >= to) return null;
  let joined = '';
  for (let at = from; at < to; at++) {
    if (output.kind[at] !== kind.string || ((output.marks[at] as number) & mark.expanded) !== 0) return null;
    const source = text.files[output.file[at] as number]?.file.source;
    if (source === undefined) return null;
    const start = output.position[at] as number;
    const literal = /^(?:u8|[uUL])?"((?:[^"\\\n]|\\.)*)"/.exec(source.text(start, start + 4096))?.[1];
    if (literal === undefined) return null;
    joined += literal.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
  }
  return joined;
}
