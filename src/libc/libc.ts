import type { LibcRef } from '../model/target.ts';

/** Where a header belongs, seen from the chosen musl. */
export interface HeaderFact {
  header: string;
  /** `libc`: glibc or musl ships it; `kernel`: linux-libc-dev; `compiler`: gcc and clang bring it. */
  owner: 'libc' | 'kernel' | 'compiler';
  /** Whether glibc's development package of any version from 2.31 on ships it. */
  glibc: boolean;
  musl: boolean;
  /** First musl version that has it; null when none has. */
  muslSince: string | null;
}

/** One meaning of a name in glibc, and what the chosen musl does with it. */
export interface NameFact {
  name: string;
  kind: 'function' | 'variable' | 'macro' | 'constant' | 'type';
  /** Headers of glibc that declare it; empty when glibc has none, or when the tables list no difference. */
  glibcHeaders: string[];
  /** The musl header to include: the one of glibc where musl's has the name too. */
  muslHeader: string | null;
  /** All headers of this musl that declare it. */
  muslHeaders: string[];
  /**
   * `declared`: in a public header and, for a function, in libc.a (or inline, or a macro);
   * `undeclared`: libc.a exports it, no header declares it; `unexported`: a header declares it, libc.a lacks it;
   * `absent`: neither.
   */
  musl: 'declared' | 'undeclared' | 'unexported' | 'absent';
  /** Profiles in which a musl header shows it: letters of data/libc/README.md (`s p x d g l L`); empty when not recorded. */
  visibleIn: string;
  /** The same for glibc's headers; empty when glibc declares it nowhere, or when that was not recorded. */
  glibcVisibleIn: string;
  /** Feature macro that makes it visible where the default does not; empty when none is needed. */
  needs: string;
  /** Whether it is one of the LFS64 names that musl 1.2.4 took away. */
  lfs64: boolean;
  muslSince: string | null;
  muslRemoved: string | null;
  /** Both libcs have it, with another type, layout or value. */
  differs: boolean;
}

/** What is known of a symbol that an object may leave undefined. */
export interface SymbolFact {
  symbol: string;
  /** Kind of symbol, as data/libc/internal_symbols.json names it; `public` for a function of a public header. */
  category: string;
  /** Library of glibc that has it, such as `libc` or `libm`. */
  glibcLibrary: string;
  muslSince: string | null;
  muslRemoved: string | null;
  /** It comes with the compiler's start files, not with a libc. */
  fromCompiler: boolean;
}

/** Queries on one musl (version and flavour) against glibc. Answers come from data/libc. */
export interface Libc {
  readonly ref: LibcRef;
  header(name: string): HeaderFact | undefined;
  /**
   * All meanings of a name (`struct x` keeps its keyword), also where both libcs agree; empty when neither has it.
   * Macros and types that both have alike are known by their musl header alone, and such types not at all.
   */
  names(name: string): NameFact[];
  /** What `-lNAME` does: `empty` (an archive of musl without members), `absent`, or undefined when it is no library of a libc. */
  library(name: string): 'empty' | 'absent' | undefined;
  /** Whether this musl's libc.a defines the symbol. Without `goarch`: on amd64 or arm64. */
  exports(symbol: string, goarch?: string): boolean;
  /** What a symbol is in glibc; undefined when no glibc has it. */
  symbol(symbol: string): SymbolFact | undefined;
  /** Whether some header of this musl defines a macro of that name, under whatever condition. */
  macroKnown(name: string): boolean;
}
