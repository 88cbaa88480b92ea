import { type ConditionHost, evaluate, headerName } from './condition.ts';
import { Conditionals } from './conditionals.ts';
import { readDefine } from './define.ts';
import { Expander, type ExpansionHost } from './expansion.ts';
import type { CFile, HeaderCache } from './header-cache.ts';
import { flag } from './lexer.ts';
import { type Macro, type MacroState, type Origin, undefinedMacro } from './macro.ts';
import { MacroTable } from './macro-table.ts';
import { Enabling, mark, Output } from './output.ts';
import { type FolderKind, findHeader, type SearchPath } from './search.ts';
import { idOf, kind, known, type Spellings } from './spelling.ts';
import { endToken, plainToken, type Token, textOf } from './token.ts';

/** Where an include goes whose text the search path does not have. */
export type Elsewhere = 'libc' | 'kernel' | 'compiler' | 'nowhere';

export interface PreprocessOptions {
  cache: HeaderCache;
  search: SearchPath;
  cxx: boolean;
  /** `#define` lines of the compiler. */
  predefined: string;
  /** `#define` and `#undef` lines that flags such as `-std=` and `-O2` stand for. */
  commandLine: string;
  /** Those of `-D` and `-U`. */
  flags: string;
  /** Headers that `-include` names. */
  forced: string[];
  /** For a header without text on the search path: whether one of the tables has it. */
  elsewhere(header: string): Elsewhere;
  /** Whether a libc header without text could define the macro. */
  libcMayDefine(name: string): boolean;
  /** Whether the macro is one that only a compiler defines, such as `_WIN32`. */
  onlyCompilerDefines(name: string): boolean;
  /** The compiler's answer to `__has_attribute(NAME)` and the like; null when not known. */
  feature(operator: string, name: string): number | null;
  /** Whether the compiler has that operator, so that `#ifdef __has_feature` holds. */
  hasOperator(operator: string): boolean;
  /** Whether what is left between directives is wanted; without, only directives are carried out. */
  text: boolean;
  /** Work after which it stops, in tokens. */
  stepLimit: number;
}

/** A directive that was reached, with its place. */
export interface Reach {
  undecided: boolean;
  /** Behind a header that is sure to be missed: the compiler has stopped there. */
  stopped: boolean;
  /** Index into `Preprocessed.files`. */
  file: number;
  position: number;
}

export interface IncludeEvent extends Reach {
  header: string;
  form: 'angle' | 'quote';
  found: FolderKind | Elsewhere;
}

export interface ErrorEvent extends Reach {
  message: string;
  /** Whether it stands in a system header. */
  system: boolean;
}

const dates = new Set(['__DATE__', '__TIME__', '__TIMESTAMP__']);

/** A use of a macro that stands for the time of the build. */
export interface DateEvent extends Reach {
  macro: string;
}

/** A file that was entered; `stopped` when that was behind a header that is sure to be missed. */
export interface EnteredFile {
  file: CFile;
  kind: FolderKind;
  stopped: boolean;
}

export interface Preprocessed {
  output: Output;
  enabling: Enabling;
  files: EnteredFile[];
  /** Of the project's own; inside system headers only those that are missing, at the project's include that led there. */
  includes: IncludeEvent[];
  errors: ErrorEvent[];
  /** Uses of `__DATE__` and the like. */
  dates: DateEvent[];
  /** Whether the file itself has a `#pragma omp … parallel` in text that is sure to be compiled. */
  parallel: boolean;
  macros: MacroTable;
  /** Whether the step limit or the include depth stopped it. */
  limit: string | null;
}

interface Frame {
  file: CFile;
  /** Index into `files`. */
  index: number;
  kind: FolderKind;
  origin: Origin;
  /** Where `#include_next` goes on. */
  next: number;
  /** Next token. */
  at: number;
  conditionals: Conditionals;
  /** The innermost place outside system headers that led here. */
  seen: { file: number; position: number };
}

const word = Object.fromEntries(
  ['define', 'undef', 'include', 'include_next', 'import', 'if', 'ifdef', 'ifndef', 'elif', 'elifdef', 'elifndef']
    .concat(
      'else',
      'endif',
      'error',
      'pragma',
      'once',
      'push_macro',
      'pop_macro',
      '_Pragma',
      'omp',
      'parallel',
      '(',
      ')',
    )
    .map((text) => [text, idOf(text)]),
) as Record<string, number>;
const hash = idOf('#');
const operators = new Set(
  Object.keys(known)
    .filter((text) => text.startsWith('__has_'))
    .map(idOf),
);
const deepestInclude = 200;
const longestHeader = 4096;
/** Steps that an `#include` counts for. */
const includeCost = 200;
const opens = new Set([word.if, word.ifdef, word.ifndef]);
const branches = new Set([word.else, word.elif, word.elifdef, word.elifndef]);

/** Index of the first directive at or behind a token. */
function firstAt(directives: readonly number[], token: number): number {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directives[middle] as number) < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Runs the preprocessor over one unit. */
export function preprocess(main: CFile, options: PreprocessOptions): Preprocessed {
  return new Preprocessor(options).run(main);
}

class Preprocessor implements ExpansionHost, ConditionHost {
  readonly spellings: Spellings;
  readonly macros = new MacroTable();
  readonly expander: Expander;
  readonly #options: PreprocessOptions;
  readonly #output = new Output();
  readonly #enabling = new Enabling();
  readonly #files: EnteredFile[] = [];
  readonly #fileIndex = new Map<CFile, number>();
  readonly #includes: IncludeEvent[] = [];
  readonly #errors: ErrorEvent[] = [];
  readonly #frames: Frame[] = [];
  readonly #once = new Set<CFile>();
  readonly #pushed = new Map<number, (MacroState | undefined)[]>();
  #undecided = 0;
  #parallel = false;
  #main: CFile | null = null;
  /** What unread headers could have defined: nothing, what the tables say, or anything. */
  #unread: 'nothing' | 'libc' | 'anything' = 'nothing';
  #stopped = false;
  #current = 0;
  #steps = 0;
  #counter = 0;
  readonly #dates: DateEvent[] = [];
  #limit: string | null = null;

  constructor(options: PreprocessOptions) {
    this.#options = options;
    this.spellings = options.cache.spellings;
    this.expander = new Expander(this);
  }

  run(main: CFile): Preprocessed {
    this.#main = main;
    this.#builtins();
    this.#define('<built-in>', this.#options.predefined, 'predefined');
    this.#define('<built-in>', this.#options.commandLine, 'predefined');
    this.#define('<command-line>', this.#options.flags, 'flag');
    this.#enter(main, 'module', 0, 'module');
    for (const header of [...this.#options.forced].reverse()) this.#include(header, 'quote', false, 0);
    if (this.#options.text) this.#drain();
    else this.#directivesOnly();
    return {
      output: this.#output,
      enabling: this.#enabling,
      files: this.#files,
      includes: this.#includes,
      errors: this.#errors,
      dates: this.#dates,
      parallel: this.#parallel,
      macros: this.macros,
      limit: this.#limit,
    };
  }

  step(count: number): boolean {
    this.#steps += count;
    if (this.#steps <= this.#options.stepLimit) return true;
    this.#stop('it takes more preprocessing than the limit allows');
    return false;
  }

  combine(enabling: number, names: readonly string[]): number {
    return this.#enabling.combine(this.#enabling.combine(this.#current, this.#enabling.names(enabling)), names);
  }

  builtin(macro: Macro, position: number): Token {
    const frame = this.#frames[this.#frames.length - 1];
    const name = this.spellings.text(macro.name);
    const number = (value: number) => plainToken(kind.number, this.spellings.of(String(value)), '');
    if (name === '__COUNTER__') return number(this.#counter++);
    if (name === '__INCLUDE_LEVEL__') return number(Math.max(0, this.#frames.length - 1));
    if (name === '__LINE__') {
      return number(frame === undefined ? 0 : frame.file.source.at(Math.max(0, position)).line);
    }
    if (frame !== undefined && dates.has(name)) {
      this.#dates.push({ ...this.#reach(frame, Math.max(0, frame.at - 1)), macro: name });
    }
    const path = name === '__BASE_FILE__' ? this.#files[0]?.file.path : frame?.file.path;
    const text = name.startsWith('__FILE') || name === '__BASE_FILE__' ? (path ?? '') : '';
    return plainToken(kind.string, 0, JSON.stringify(text));
  }

  isDefined(id: number): boolean | null {
    const state = this.macros.get(id);
    if (state === undefined) {
      if (operators.has(id)) return this.#options.hasOperator(this.spellings.text(id));
      return this.#mayDefine(id) ? null : false;
    }
    if (state.defined !== 'maybe') {
      if (state.defined) this.#noteTested(state);
      return state.defined;
    }
    for (const choice of state.choices) if (choice.defined) this.#noteTested(choice);
    const answers = new Set(state.choices.map((choice) => choice.defined));
    if (state.absent && !this.#mayDefine(id)) answers.add(false);
    else if (state.absent) return null;
    return answers.size === 1 ? ([...answers][0] as boolean) : null;
  }

  isMacro(id: number): boolean {
    const state = this.macros.get(id);
    return state !== undefined && state.defined !== false;
  }

  mayBeMacro(id: number): boolean {
    const state = this.macros.get(id);
    if (state?.defined === 'maybe') return true;
    return state === undefined && this.#mayDefine(id);
  }

  hasInclude(header: string, form: 'angle' | 'quote', next: boolean): boolean | null {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    if (this.#find(header, form, next, frame) !== null) return true;
    return this.#options.elsewhere(header) !== 'nowhere';
  }

  feature(operator: string, name: string): number | null {
    return this.#options.feature(operator, name);
  }

  /** The next token of the files, directives carried out; end at the end of the unit. */
  fileToken(): Token {
    for (;;) {
      const frame = this.#frames[this.#frames.length - 1];
      if (frame === undefined || !this.step(1)) return endToken;
      const { tokens } = frame.file;
      const at = frame.at;
      if (at >= tokens.count) {
        this.#leave(frame);
        continue;
      }
      if (tokens.id[at] === hash && ((tokens.flags[at] as number) & flag.first) !== 0) {
        this.#directive(frame);
        continue;
      }
      frame.at++;
      return this.#token(frame.file, at);
    }
  }

  /** Reads all that is there and writes it out. */
  #drain(): void {
    for (;;) {
      if (this.expander.idle) this.#drainFile();
      const token = this.expander.expanded();
      if (token.kind === kind.end) {
        if (this.#frames.length === 0 || this.#limit !== null) return;
        continue;
      }
      if (token.id === word._Pragma && token.kind === kind.identifier) {
        this.#pragmaOperator();
        continue;
      }
      const frame = this.#frames[this.#frames.length - 1];
      if (frame === undefined) return;
      const marks =
        (this.expander.unsure ? mark.undecided : 0) | (this.expander.inMacro ? mark.expanded : 0) | this.#marks(frame);
      const enabling = this.expander.enabling || this.#current;
      this.#output.add(token.kind, token.id, frame.index, Math.max(0, token.position), marks, enabling);
    }
  }

  /** Carries out the directives of all files, and reads over what stands between them. */
  #directivesOnly(): void {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (!this.step(1)) return;
      const { directives } = frame.file.tokens;
      const next = directives[firstAt(directives, frame.at)];
      if (next === undefined) this.#leave(frame);
      else {
        frame.at = next;
        this.#directive(frame);
      }
    }
  }

  /** The common case: tokens of a file that are no macros go out as they stand. */
  #drainFile(): void {
    const frame = this.#frames[this.#frames.length - 1];
    if (frame === undefined) return;
    const { kind: kinds, id: ids, flags, start, count } = frame.file.tokens;
    const marks = this.#marks(frame);
    const from = frame.at;
    let at = from;
    for (; at < count; at++) {
      const id = ids[at] as number;
      if (id === hash && ((flags[at] as number) & flag.first) !== 0) break;
      const what = kinds[at] as number;
      if (what === kind.identifier && (this.macros.touched(id) || id === word._Pragma)) break;
      this.#output.add(what, id, frame.index, start[at] as number, marks, this.#current);
    }
    frame.at = at;
    this.step(at - from);
  }

  #marks(frame: Frame): number {
    return (
      (this.#undecided > 0 ? mark.undecided : 0) |
      (frame.origin === 'system' ? mark.system : 0) |
      (this.#unread === 'anything' ? mark.afterUnread : 0)
    );
  }

  #token(file: CFile, at: number): Token {
    const { tokens, source } = file;
    const id = tokens.id[at] as number;
    return {
      kind: tokens.kind[at] as number,
      id,
      text: id === 0 ? source.text(tokens.start[at] as number, tokens.end[at] as number) : '',
      space: ((tokens.flags[at] as number) & flag.space) !== 0,
      painted: false,
      position: tokens.start[at] as number,
    };
  }

  #stop(reason: string): void {
    this.#limit ??= reason;
    this.#frames.length = 0;
    this.expander.clear();
  }

  #builtins(): void {
    const names = ['__LINE__', '__FILE__', '__FILE_NAME__', '__BASE_FILE__', '__DATE__', '__TIME__', '__TIMESTAMP__'];
    for (const name of [...names, '__COUNTER__', '__INCLUDE_LEVEL__']) {
      const id = idOf(name);
      const head = { defined: true, name: id, params: null, variadic: false, body: [] } as const;
      this.macros.set(id, { ...head, origin: 'predefined', enabledBy: [], builtin: true });
    }
  }

  #define(path: string, text: string, origin: Origin): void {
    const file = this.#options.cache.parse(path, new TextEncoder().encode(text), false);
    this.#enter(file, 'flags', 0, origin);
    while (this.#frames.length > 0) {
      const frame = this.#frames[0] as Frame;
      if (frame.at >= frame.file.tokens.count) this.#leave(frame);
      else if (frame.file.tokens.id[frame.at] === hash) this.#directive(frame);
      else frame.at++;
    }
  }

  #enter(file: CFile, folder: FolderKind, next: number, origin: Origin): void {
    let index = this.#fileIndex.get(file);
    if (index === undefined) {
      index = this.#files.length;
      this.#files.push({ file, kind: folder, stopped: this.#stopped });
      this.#fileIndex.set(file, index);
    }
    const above = this.#frames[this.#frames.length - 1];
    const seen = above !== undefined && origin === 'system' ? this.#seen(above) : { file: index, position: 0 };
    const conditionals = new Conditionals(this.macros, (change) => {
      this.#undecided += change;
    });
    this.#frames.push({ file, index, kind: folder, origin, next, at: 0, conditionals, seen });
  }

  /** The place that a reader is shown: the include of a project's file that led into system headers. */
  #seen(frame: Frame): { file: number; position: number } {
    if (frame.origin === 'system') return frame.seen;
    const { start } = frame.file.tokens;
    return { file: frame.index, position: start[Math.max(0, frame.at - 1)] ?? 0 };
  }

  #leave(frame: Frame): void {
    const enabling = frame.conditionals.closeAll();
    if (enabling !== null) this.#current = enabling;
    this.#frames.pop();
  }

  #noteTested(macro: Macro): void {
    if (this.expander.tested !== null) for (const name of macro.enabledBy) this.expander.tested.add(name);
  }

  #mayDefine(id: number): boolean {
    if (this.#unread === 'nothing') return false;
    const name = this.spellings.text(id);
    if (this.#unread === 'libc') return this.#options.libcMayDefine(name);
    return !this.#options.onlyCompilerDefines(name) || this.#options.libcMayDefine(name);
  }

  #reach(frame: Frame, at: number): Reach {
    const place =
      frame.origin === 'system' ? frame.seen : { file: frame.index, position: frame.file.tokens.start[at] as number };
    return { undecided: this.#undecided > 0, stopped: this.#stopped, ...place };
  }

  /** Carries out the directive at the frame's current token and goes behind its line. */
  #directive(frame: Frame): void {
    const { tokens } = frame.file;
    const begin = frame.at;
    let end = begin + 1;
    while (end < tokens.count && ((tokens.flags[end] as number) & flag.first) === 0) end++;
    frame.at = end;
    if (end === begin + 1) return;
    const name = tokens.id[begin + 1] as number;
    if (opens.has(name)) {
      const decided = this.#decide(frame, name, begin, end);
      frame.conditionals.open(decided.value, this.#current);
      this.#current = this.#enabling.combine(this.#current, decided.tested);
      frame.conditionals.note(decided.tested);
      if (!frame.conditionals.live) this.#skip(frame);
    } else if (branches.has(name)) this.#branch(frame, name, begin, end);
    else if (name === word.endif) {
      const before = frame.conditionals.close();
      if (before !== null) this.#current = before;
    } else this.#plainDirective(frame, name, begin, end);
  }

  #plainDirective(frame: Frame, name: number, begin: number, end: number): void {
    const { tokens } = frame.file;
    if (name === word.define) {
      const enabledBy = this.#enabling.names(this.#current);
      const macro = readDefine(frame.file, begin + 2, end, frame.origin, enabledBy, this.spellings);
      if (macro !== null) this.macros.set(macro.name, macro);
    } else if (name === word.undef) {
      if (tokens.kind[begin + 2] === kind.identifier && begin + 2 < end) {
        this.macros.set(tokens.id[begin + 2] as number, undefinedMacro);
      }
    } else if (name === word.include || name === word.include_next || name === word.import) {
      this.#includeDirective(frame, name, begin, end);
    } else if (name === word.error) {
      const first = begin + 2;
      const message =
        first < end ? frame.file.source.text(tokens.start[first] as number, tokens.end[end - 1] as number) : '';
      this.#errors.push({ ...this.#reach(frame, begin), message: message.trim(), system: frame.origin === 'system' });
    } else if (name === word.pragma) this.#pragma(frame.file, this.#line(frame.file, begin + 2, end));
  }

  #line(file: CFile, from: number, to: number): Token[] {
    const line: Token[] = [];
    for (let at = from; at < to; at++) line.push(this.#token(file, at));
    return line;
  }

  #decide(frame: Frame, name: number, begin: number, end: number): { value: boolean | null; tested: string[] } {
    const { tokens } = frame.file;
    const tested = new Set<string>();
    const outer = this.expander.tested;
    this.expander.tested = tested;
    let value: boolean | null;
    const guard = begin === 0 && frame.file.guard !== 0 && this.macros.get(frame.file.guard) === undefined;
    if (guard) value = true;
    else if (name === word.if || name === word.elif) {
      value = evaluate(this.#line(frame.file, begin + 2, end), this);
    } else {
      const known = tokens.kind[begin + 2] === kind.identifier && begin + 2 < end;
      value = known ? this.isDefined(tokens.id[begin + 2] as number) : null;
      if (value !== null && (name === word.ifndef || name === word.elifndef)) value = !value;
    }
    this.expander.tested = outer;
    return { value, tested: [...tested] };
  }

  #branch(frame: Frame, name: number, begin: number, end: number): void {
    const { conditionals } = frame;
    if (conditionals.empty) return;
    conditionals.endBranch();
    if (!conditionals.taken) {
      const decided: { value: boolean | null; tested: string[] } =
        name === word.else ? { value: true, tested: [] } : this.#decide(frame, name, begin, end);
      conditionals.note(decided.tested);
      conditionals.begin(decided.value);
      this.#current = this.#enabling.combine(conditionals.before, conditionals.tested);
    }
    if (!conditionals.live) this.#skip(frame);
  }

  /** Goes to the `#elif`, `#else` or `#endif` of the conditional that is not live. */
  #skip(frame: Frame): void {
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
        this.step(index - low + 1);
        return;
      }
    }
    frame.at = tokens.count;
  }

  #includeDirective(frame: Frame, name: number, begin: number, end: number): void {
    const { tokens, source } = frame.file;
    let named: { header: string; form: 'angle' | 'quote' } | null = null;
    const first = begin + 2;
    if (first >= end) return;
    const from = tokens.start[first] as number;
    if (tokens.kind[first] === kind.punctuator) {
      const close = source.bytes.indexOf(62, from);
      const whole = source.bytes[from] === 60 && close > 0 && close < from + longestHeader;
      const header = whole ? source.text(from + 1, close) : '\n';
      if (!header.includes('\n')) named = { header, form: 'angle' };
    } else {
      const line = this.#line(frame.file, first, end);
      named = headerName(line[0]?.kind === kind.identifier ? this.expander.expandAll(line) : line, this.spellings);
    }
    if (named === null) return;
    this.#include(named.header, named.form, name === word.include_next, begin, name === word.import);
  }

  #find(header: string, form: 'angle' | 'quote', next: boolean, frame: Frame) {
    const { search, cache, cxx } = this.#options;
    const from = { path: frame.file.path, kind: frame.kind };
    return findHeader(header, form, from, next ? frame.next : null, search, cache, cxx);
  }

  #include(header: string, form: 'angle' | 'quote', next: boolean, at: number, once = false): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    if (!this.step(includeCost)) return;
    const found = this.#find(header, form, next, frame);
    const own = frame.origin !== 'system';
    if (found === null) {
      const reach = this.#reach(frame, at);
      const where = this.#options.elsewhere(header);
      this.#includes.push({ ...reach, header, form, found: where });
      if (where === 'libc' || where === 'compiler') {
        if (this.#unread === 'nothing') this.#unread = 'libc';
      } else this.#unread = 'anything';
      if (where === 'nowhere' && this.#undecided === 0) this.#stopped = true;
      return;
    }
    if (this.#frames.length > deepestInclude) {
      this.#stop('its includes nest more than 200 deep');
      return;
    }
    const { file } = found;
    if (own) this.#includes.push({ ...this.#reach(frame, at), header, form, found: found.kind });
    if (this.#once.has(file)) return;
    if (file.guard !== 0) {
      const state = this.macros.get(file.guard);
      if (state?.defined === true) return;
    }
    if (once) this.#once.add(file);
    const system = found.kind === 'system' || found.kind === 'kernel';
    this.#enter(file, found.kind, found.next, system ? 'system' : 'module');
  }

  #pragma(file: CFile, line: Token[]): void {
    const [first, , argument] = line;
    if (first === undefined) return;
    if (first.id === word.once) this.#once.add(file);
    else if (first.id === word.omp) {
      if (file === this.#main && this.#undecided === 0) this.#parallel ||= line.some(({ id }) => id === word.parallel);
    } else if ((first.id === word.push_macro || first.id === word.pop_macro) && argument?.kind === kind.string) {
      const id = this.spellings.of(textOf(argument, this.spellings).slice(1, -1));
      const stack = this.#pushed.get(id) ?? [];
      this.#pushed.set(id, stack);
      if (first.id === word.push_macro) stack.push(this.macros.get(id));
      else if (stack.length > 0) this.macros.set(id, stack.pop());
    }
  }

  /** `_Pragma ( "…" )`: read and dropped. */
  #pragmaOperator(): void {
    let token = this.expander.next();
    for (let left = 3; left > 0 && token.kind !== kind.end && token.id !== word[')']; left--)
      token = this.expander.next();
  }
}
