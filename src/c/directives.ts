import { evaluate } from './condition.ts';
import { readDefine } from './define.ts';
import type { CFile } from './header-cache.ts';
import { includeDirective } from './includes.ts';
import { flag } from './lexer.ts';
import { undefinedMacro } from './macro.ts';
import type { Frame, Preprocessor } from './preprocess.ts';
import { idOf, kind } from './spelling.ts';
import { type Token, textOf } from './token.ts';

const word = Object.fromEntries(
  ['define', 'undef', 'include', 'include_next', 'import', 'if', 'ifdef', 'ifndef', 'elif', 'elifdef', 'elifndef']
    .concat('else', 'endif', 'error', 'pragma', 'once', 'push_macro', 'pop_macro', 'omp', 'parallel')
    .map((text) => [text, idOf(text)]),
) as Record<string, number>;
const opens = new Set([word.if, word.ifdef, word.ifndef]);
const branches = new Set([word.else, word.elif, word.elifdef, word.elifndef]);

/** Index of the first directive at or behind a token. */
export function firstAt(directives: readonly number[], token: number): number {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directives[middle] as number) < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Carries out the directive at the frame's current token and goes behind its line. */
export function directive(p: Preprocessor, frame: Frame): void {
  const { tokens } = frame.file;
  const begin = frame.at;
  let end = begin + 1;
  while (end < tokens.count && ((tokens.flags[end] as number) & flag.first) === 0) end++;
  frame.at = end;
  if (end === begin + 1) return;
  const name = tokens.id[begin + 1] as number;
  if (opens.has(name)) {
    const decided = decide(p, frame, name, begin, end);
    frame.conditionals.open(decided.value, p.current);
    p.current = p.enabling.combine(p.current, decided.tested);
    frame.conditionals.note(decided.tested);
    if (!frame.conditionals.live) skip(p, frame);
  } else if (branches.has(name)) branch(p, frame, name, begin, end);
  else if (name === word.endif) {
    const before = frame.conditionals.close();
    if (before !== null) p.current = before;
  } else plainDirective(p, frame, name, begin, end);
}

function plainDirective(p: Preprocessor, frame: Frame, name: number, begin: number, end: number): void {
  const { tokens } = frame.file;
  if (name === word.define) {
    const enabledBy = p.enabling.names(p.current);
    const macro = readDefine(frame.file, begin + 2, end, frame.origin, enabledBy, p.spellings);
    if (macro !== null) p.macros.set(macro.name, macro);
  } else if (name === word.undef) {
    if (tokens.kind[begin + 2] === kind.identifier && begin + 2 < end) {
      p.macros.set(tokens.id[begin + 2] as number, undefinedMacro);
    }
  } else if (name === word.include || name === word.include_next || name === word.import) {
    includeDirective(p, frame, name, begin, end);
  } else if (name === word.error) {
    const first = begin + 2;
    const message =
      first < end ? frame.file.source.text(tokens.start[first] as number, tokens.end[end - 1] as number) : '';
    p.errors.push({ ...p.reach(frame, begin), message: message.trim(), system: frame.origin === 'system' });
  } else if (name === word.pragma) pragma(p, frame.file, p.line(frame.file, begin + 2, end));
}

function decide(
  p: Preprocessor,
  frame: Frame,
  name: number,
  begin: number,
  end: number,
): { value: boolean | null; tested: string[] } {
  const { tokens } = frame.file;
  const tested = new Set<string>();
  const outer = p.expander.tested;
  p.expander.tested = tested;
  let value: boolean | null;
  const guard = begin === 0 && frame.file.guard !== 0 && p.macros.get(frame.file.guard) === undefined;
  if (guard) value = true;
  else if (name === word.if || name === word.elif) {
    value = evaluate(p.line(frame.file, begin + 2, end), p);
  } else {
    const known = tokens.kind[begin + 2] === kind.identifier && begin + 2 < end;
    value = known ? p.isDefined(tokens.id[begin + 2] as number) : null;
    if (value !== null && (name === word.ifndef || name === word.elifndef)) value = !value;
  }
  p.expander.tested = outer;
  return { value, tested: [...tested] };
}

function branch(p: Preprocessor, frame: Frame, name: number, begin: number, end: number): void {
  const { conditionals } = frame;
  if (conditionals.empty) return;
  conditionals.endBranch();
  if (!conditionals.taken) {
    const decided: { value: boolean | null; tested: string[] } =
      name === word.else ? { value: true, tested: [] } : decide(p, frame, name, begin, end);
    conditionals.note(decided.tested);
    conditionals.begin(decided.value);
    p.current = p.enabling.combine(conditionals.before, conditionals.tested);
  }
  if (!conditionals.live) skip(p, frame);
}

/** Goes to the `#elif`, `#else` or `#endif` of the conditional that is not live. */
function skip(p: Preprocessor, frame: Frame): void {
  const { tokens } = frame.file;
  const { directives, id } = tokens;
  const low = firstAt(directives, frame.at);
  let depth = 0;
  for (let index = low; index < directives.length; index++) {
    const at = directives[index] as number;
    const name = id[at + 1] as number;
    if (at + 1 >= tokens.count || ((tokens.flags[at + 1] as number) & flag.first) !== 0) continue;
    if (opens.has(name)) depth++;
    else if (name === word.endif && depth > 0) depth--;
    else if (depth === 0 && (name === word.endif || branches.has(name))) {
      frame.at = at;
      p.step(index - low + 1);
      return;
    }
  }
  frame.at = tokens.count;
}

function pragma(p: Preprocessor, file: CFile, line: Token[]): void {
  const [first, , argument] = line;
  if (first === undefined) return;
  if (first.id === word.once) p.once.add(file);
  else if (first.id === word.omp) {
    if (file === p.main && p.undecided === 0) p.parallel ||= line.some(({ id }) => id === word.parallel);
  } else if ((first.id === word.push_macro || first.id === word.pop_macro) && argument?.kind === kind.string) {
    const id = p.spellings.of(textOf(argument, p.spellings).slice(1, -1));
    const stack = p.pushed.get(id) ?? [];
    p.pushed.set(id, stack);
    if (first.id === word.push_macro) stack.push(p.macros.get(id));
    else if (stack.length > 0) p.macros.set(id, stack.pop());
  }
}
