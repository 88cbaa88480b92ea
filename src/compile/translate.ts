import type { CFile, HeaderCache } from '../c/header-cache.ts';
import { likeliest } from '../c/macro.ts';
import { mark } from '../c/output.ts';
import { preprocess } from '../c/preprocess.ts';
import type { DateEvent, Preprocessed } from '../c/preprocessed.ts';
import type { Resolution } from '../c/resolution.ts';
import { resolve } from '../c/resolve.ts';
import type { SearchPath } from '../c/search.ts';
import { joined } from '../c/token.ts';
import type { Libc } from '../libc/libc.ts';
import type { CommandLine } from './command-line.ts';
import {
  type Compiler,
  elsewhereByTables,
  featureOf,
  hasOperator,
  knowsUndeclared,
  onlyCompilerDefines,
} from './compiler.ts';
import { flagMacros } from './flag-macros.ts';

/** What a unit is translated with. */
export interface Translation {
  compiler: Compiler;
  /** Flag words in order, and what they say. */
  words: readonly string[];
  line: CommandLine;
  search: SearchPath;
  libc: Libc;
  cache: HeaderCache;
  /** What the compiler makes of a call to an undeclared function. */
  implicit: 'error' | 'warning';
  /** Whether the driver takes a date of the build for an error. */
  refusesDates: boolean;
}

/** A unit after preprocessing, and as C where it is C. */
export interface Translated {
  main: CFile;
  text: Preprocessed;
  /** Null for C++: its names are not judged. */
  names: Resolution | null;
  /** Uses of `__DATE__` and the like that the driver refuses. */
  refusedDates: DateEvent[];
}

/** Preprocessing of one unit stops after so many tokens; the largest unit known takes more than half of them. */
const stepLimit = 40_000_000;

/** Runs preprocessor and name search over one unit. */
export function translate(main: CFile, translation: Translation): Translated {
  const { compiler, line, libc, cache, search } = translation;
  const cxx = compiler.language === 'c++';
  const text = preprocess(main, {
    cache,
    cxx,
    search,
    predefined: compiler.predefined,
    commandLine: `${flagMacros(translation.words, compiler.family, compiler.language)}\n`,
    flags: `${line.text}\n`,
    forced: line.forced,
    elsewhere: (header) => (compiler.includeDirs.length > 0 ? 'nowhere' : elsewhereByTables(header, compiler, libc)),
    libcMayDefine: (name) => libc.macroKnown(name),
    onlyCompilerDefines,
    feature: (operator, name) => featureOf(compiler, operator, name),
    hasOperator: (operator) => hasOperator(compiler, operator),
    text: !cxx,
    stepLimit,
  });
  const c23 = /^(c|gnu)(2x|23)$/.test(line.standard ?? '');
  const names = cxx
    ? null
    : resolve(text.output, cache.spellings, {
        c23,
        builtin: (name) => knowsUndeclared(compiler, name),
      });
  return { main, text, names, refusedDates: translation.refusesDates ? text.dates : [] };
}

/** Macros at the end of a unit that flags or the project define: name to replacement text. */
export function projectMacros(text: Preprocessed, cache: HeaderCache): Record<string, string> {
  const macros: Record<string, string> = {};
  for (const [id, state] of text.macros.all()) {
    const macro = likeliest(state);
    if (macro === undefined || (macro.origin !== 'flag' && macro.origin !== 'module')) continue;
    macros[cache.spellings.text(id)] = joined(macro.body, cache.spellings);
  }
  return macros;
}

/** Whether a token stands in the project's own text. */
export function ownText(text: Preprocessed, token: number): boolean {
  return ((text.output.marks[token] as number) & mark.system) === 0;
}
