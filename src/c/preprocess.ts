import { builtinToken, defineBuiltins } from './builtin-macros.ts';
import type { ConditionHost } from './condition.ts';
import { Conditionals } from './conditionals.ts';
import { directive, firstAt } from './directives.ts';
import { Expander, type ExpansionHost } from './expansion.ts';
import type { CFile } from './header-cache.ts';
import { find, include } from './includes.ts';
import { flag } from './lexer.ts';
import type { Macro, MacroState, Origin } from './macro.ts';
import { MacroTable } from './macro-table.ts';
import { Enabling, mark, Output } from './output.ts';
import type {
  DateEvent,
  EnteredFile,
  ErrorEvent,
  IncludeEvent,
  Preprocessed,
  PreprocessOptions,
  Reach,
} from './preprocessed.ts';
import type { FolderKind } from './search.ts';
import { idOf, kind, known, type Spellings } from './spelling.ts';
import { endToken, type Token } from './token.ts';

/** A file that is being read. */
export interface Frame {
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

const hash = idOf('#');
const close = idOf(')');
const pragmaWord = idOf('_Pragma');
const operators = new Set(
  Object.keys(known)
    .filter((text) => text.startsWith('__has_'))
    .map(idOf),
);

/** Runs the preprocessor over one unit. */
export function preprocess(main: CFile, options: PreprocessOptions): Preprocessed {
  return new Preprocessor(options).run(main);
}

/**
 * The state of preprocessing one unit, and what expansion and conditions ask of it. Directives and includes are carried
 * out by the functions of directives.ts and includes.ts.
 */
export class Preprocessor implements ExpansionHost, ConditionHost {
  readonly spellings: Spellings;
  readonly macros = new MacroTable();
  readonly expander: Expander;
  readonly options: PreprocessOptions;
  readonly output = new Output();
  readonly enabling = new Enabling();
  readonly files: EnteredFile[] = [];
  readonly fileIndex = new Map<CFile, number>();
  readonly includes: IncludeEvent[] = [];
  readonly errors: ErrorEvent[] = [];
  readonly dates: DateEvent[] = [];
  readonly frames: Frame[] = [];
  readonly once = new Set<CFile>();
  readonly pushed = new Map<number, (MacroState | undefined)[]>();
  undecided = 0;
  parallel = false;
  main: CFile | null = null;
  /** What unread headers could have defined: nothing, what the tables say, or anything. */
  unread: 'nothing' | 'libc' | 'anything' = 'nothing';
  stopped = false;
  current = 0;
  steps = 0;
  counter = 0;
  limit: string | null = null;

  constructor(options: PreprocessOptions) {
    this.options = options;
    this.spellings = options.cache.spellings;
    this.expander = new Expander(this);
  }

  run(main: CFile): Preprocessed {
    this.main = main;
    defineBuiltins(this.macros);
    this.define('<built-in>', this.options.predefined, 'predefined');
    this.define('<built-in>', this.options.commandLine, 'predefined');
    this.define('<command-line>', this.options.flags, 'flag');
    this.enter(main, 'module', 0, 'module');
    for (const header of [...this.options.forced].reverse()) include(this, header, 'quote', false, 0);
    if (this.options.text) this.drain();
    else this.directivesOnly();
    return {
      output: this.output,
      enabling: this.enabling,
      files: this.files,
      includes: this.includes,
      errors: this.errors,
      dates: this.dates,
      parallel: this.parallel,
      macros: this.macros,
      limit: this.limit,
    };
  }

  step(count: number): boolean {
    this.steps += count;
    if (this.steps <= this.options.stepLimit) return true;
    this.stop('it takes more preprocessing than the limit allows');
    return false;
  }

  combine(enabling: number, names: readonly string[]): number {
    return this.enabling.combine(this.enabling.combine(this.current, this.enabling.names(enabling)), names);
  }

  builtin(macro: Macro, position: number): Token {
    return builtinToken(this, macro, position);
  }

  isDefined(id: number): boolean | null {
    const state = this.macros.get(id);
    if (state === undefined) {
      if (operators.has(id)) return this.options.hasOperator(this.spellings.text(id));
      return this.mayDefine(id) ? null : false;
    }
    if (state.defined !== 'maybe') {
      if (state.defined) this.noteTested(state);
      return state.defined;
    }
    for (const choice of state.choices) if (choice.defined) this.noteTested(choice);
    const answers = new Set(state.choices.map((choice) => choice.defined));
    if (state.absent && !this.mayDefine(id)) answers.add(false);
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
    return state === undefined && this.mayDefine(id);
  }

  hasInclude(header: string, form: 'angle' | 'quote', next: boolean): boolean | null {
    const frame = this.frames[this.frames.length - 1] as Frame;
    if (find(this, header, form, next, frame) !== null) return true;
    return this.options.elsewhere(header) !== 'nowhere';
  }

  feature(operator: string, name: string): number | null {
    return this.options.feature(operator, name);
  }

  /** The next token of the files, directives carried out; end at the end of the unit. */
  fileToken(): Token {
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined || !this.step(1)) return endToken;
      const { tokens } = frame.file;
      const at = frame.at;
      if (at >= tokens.count) {
        this.leave(frame);
        continue;
      }
      if (tokens.id[at] === hash && ((tokens.flags[at] as number) & flag.first) !== 0) {
        directive(this, frame);
        continue;
      }
      frame.at++;
      return this.token(frame.file, at);
    }
  }

  /** Reads all that is there and writes it out. */
  drain(): void {
    for (;;) {
      if (this.expander.idle) this.drainFile();
      const token = this.expander.expanded();
      if (token.kind === kind.end) {
        if (this.frames.length === 0 || this.limit !== null) return;
        continue;
      }
      if (token.id === pragmaWord && token.kind === kind.identifier) {
        this.pragmaOperator();
        continue;
      }
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined) return;
      const marks =
        (this.expander.unsure ? mark.undecided : 0) | (this.expander.inMacro ? mark.expanded : 0) | this.marks(frame);
      const enabling = this.expander.enabling || this.current;
      this.output.add(token.kind, token.id, frame.index, Math.max(0, token.position), marks, enabling);
    }
  }

  /** Carries out the directives of all files, and reads over what stands between them. */
  directivesOnly(): void {
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      if (!this.step(1)) return;
      const { directives } = frame.file.tokens;
      const next = directives[firstAt(directives, frame.at)];
      if (next === undefined) this.leave(frame);
      else {
        frame.at = next;
        directive(this, frame);
      }
    }
  }

  /** The common case: tokens of a file that are no macros go out as they stand. */
  drainFile(): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return;
    const { kind: kinds, id: ids, flags, start, count } = frame.file.tokens;
    const marks = this.marks(frame);
    const from = frame.at;
    let at = from;
    for (; at < count; at++) {
      const id = ids[at] as number;
      if (id === hash && ((flags[at] as number) & flag.first) !== 0) break;
      const what = kinds[at] as number;
      if (what === kind.identifier && (this.macros.touched(id) || id === pragmaWord)) break;
      this.output.add(what, id, frame.index, start[at] as number, marks, this.current);
    }
    frame.at = at;
    this.step(at - from);
  }

  line(file: CFile, from: number, to: number): Token[] {
    const line: Token[] = [];
    for (let at = from; at < to; at++) line.push(this.token(file, at));
    return line;
  }

  marks(frame: Frame): number {
    return (
      (this.undecided > 0 ? mark.undecided : 0) |
      (frame.origin === 'system' ? mark.system : 0) |
      (this.unread === 'anything' ? mark.afterUnread : 0)
    );
  }

  token(file: CFile, at: number): Token {
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

  stop(reason: string): void {
    this.limit ??= reason;
    this.frames.length = 0;
    this.expander.clear();
  }

  define(path: string, text: string, origin: Origin): void {
    const file = this.options.cache.parse(path, new TextEncoder().encode(text), false);
    this.enter(file, 'flags', 0, origin);
    while (this.frames.length > 0) {
      const frame = this.frames[0] as Frame;
      if (frame.at >= frame.file.tokens.count) this.leave(frame);
      else if (frame.file.tokens.id[frame.at] === hash) directive(this, frame);
      else frame.at++;
    }
  }

  enter(file: CFile, folder: FolderKind, next: number, origin: Origin): void {
    let index = this.fileIndex.get(file);
    if (index === undefined) {
      index = this.files.length;
      this.files.push({ file, kind: folder, stopped: this.stopped });
      this.fileIndex.set(file, index);
    }
    const above = this.frames[this.frames.length - 1];
    const seen = above !== undefined && origin === 'system' ? this.seen(above) : { file: index, position: 0 };
    const conditionals = new Conditionals(this.macros, (change) => {
      this.undecided += change;
    });
    this.frames.push({ file, index, kind: folder, origin, next, at: 0, conditionals, seen });
  }

  /** The place that a reader is shown: the include of a project's file that led into system headers. */
  seen(frame: Frame): { file: number; position: number } {
    if (frame.origin === 'system') return frame.seen;
    const { start } = frame.file.tokens;
    return { file: frame.index, position: start[Math.max(0, frame.at - 1)] ?? 0 };
  }

  leave(frame: Frame): void {
    const enabling = frame.conditionals.closeAll();
    if (enabling !== null) this.current = enabling;
    this.frames.pop();
  }

  noteTested(macro: Macro): void {
    if (this.expander.tested !== null) for (const name of macro.enabledBy) this.expander.tested.add(name);
  }

  mayDefine(id: number): boolean {
    if (this.unread === 'nothing') return false;
    const name = this.spellings.text(id);
    if (this.unread === 'libc') return this.options.libcMayDefine(name);
    return !this.options.onlyCompilerDefines(name) || this.options.libcMayDefine(name);
  }

  reach(frame: Frame, at: number): Reach {
    const place =
      frame.origin === 'system' ? frame.seen : { file: frame.index, position: frame.file.tokens.start[at] as number };
    return { undecided: this.undecided > 0, stopped: this.stopped, ...place };
  }

  /** `_Pragma ( "…" )`: read and dropped. */
  pragmaOperator(): void {
    let token = this.expander.next();
    for (let left = 3; left > 0 && token.kind !== kind.end && token.id !== close; left--) token = this.expander.next();
  }
}
