import type { CFile, HeaderCache } from './header-cache.ts';
import type { MacroTable } from './macro-table.ts';
import type { Enabling, Output } from './output.ts';
import type { FolderKind, SearchPath } from './search.ts';

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
