import type { LibcRef } from '../model/target.ts';

/** Where a header belongs, seen from the chosen musl. */
export interface HeaderFact {
  header: string;
  /** `libc`: glibc or musl ships it; `kernel`: linux-libc-dev; `compiler`: gcc and clang bring it. */
  owner: 'libc' | 'kernel' | 'compiler';
  glibc: boolean;
  musl: boolean;
  /** First musl version that has it; null when none has. */
  muslSince: string | null;
}

/** One meaning of a name in glibc, and what the chosen musl does with it. */
export interface NameFact {
  name: string;
  kind: 'function' | 'variable' | 'macro' | 'constant' | 'type';
  glibcHeaders: string[];
  muslHeader: string | null;
  /**
   * `declared`: in a public header and, for a function, in libc.a (or inline, or a macro);
   * `undeclared`: libc.a exports it, no header declares it; `unexported`: a header declares it, libc.a lacks it;
   * `absent`: neither.
   */
  musl: 'declared' | 'undeclared' | 'unexported' | 'absent';
  /** Profiles in which a musl header shows it: letters of data/libc/README.md (`s p x d g l L`). */
  visibleIn: string;
  /** Feature macro that makes it visible where the default does not; empty when none is needed. */
  needs: string;
  /** Whether it is one of the LFS64 names that musl 1.2.4 took away. */
  lfs64: boolean;
  muslSince: string | null;
  muslRemoved: string | null;
}

/** Queries on one musl (version and flavour) against glibc. Answers come from data/libc. */
export interface Libc {
  readonly ref: LibcRef;
  header(name: string): HeaderFact | undefined;
  /** All meanings of a name; empty when neither libc has it or both agree on it by default. */
  names(name: string): NameFact[];
  /** What `-lNAME` does: `empty` (an archive of musl without members), `absent`, or undefined when it is no library of a libc. */
  library(name: string): 'empty' | 'absent' | undefined;
}
