import type { Place } from './place.ts';

/** A `#cgo` line of a preamble. */
export interface CgoDirective {
  /** The constraint before the variable, such as `linux,!android`; empty when there is none. */
  constraint: string;
  variable: 'CPPFLAGS' | 'CFLAGS' | 'CXXFLAGS' | 'FFLAGS' | 'LDFLAGS' | 'pkg-config' | 'noescape' | 'nocallback';
  /** Words, unquoted as cmd/go does it; `${SRCDIR}` is kept as written. */
  words: string[];
  place: Place;
}

/** The C text above one `import "C"`, as cgo takes it: comment marks removed, `#cgo` lines blanked. */
export interface Preamble {
  text: string;
  /** Line of the Go file on which the text's first line stands, from 1. */
  line: number;
  /** Bytes that comment marks take before column 1 of the text's first line (`//` takes 2). */
  indent: number;
  /** The same for every later line: 2 in a group of `//` comments, 0 inside a block comment. */
  laterIndent: number;
}

/** A use of `C.name` in Go. */
export interface CNameUse {
  name: string;
  /** `call` when it stands before `(`; `call2` when its errno is taken too. */
  form: 'call' | 'call2' | 'other';
  place: Place;
}

/** `//go:cgo_import_dynamic local remote "library"`. */
export interface DynamicImport {
  words: string[];
  place: Place;
}

/** What was read off one Go file. Independent of any target; equal after a JSON round trip. */
export interface GoFacts {
  path: string;
  imports: { path: string; place: Place }[];
  /** Text of the `//go:build` line after the keyword; null when there is none. */
  constraint: string | null;
  preambles: Preamble[];
  directives: CgoDirective[];
  cNames: CNameUse[];
  dynamicImports: DynamicImport[];
  /** What could not be read, one sentence each. */
  limits: string[];
}
