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
  /** The same for the later lines: 2 in a group of `//` comments, 0 inside a block comment; of the last comment in a mixed group. */
  laterIndent: number;
  /**
   * The comments of the group, `//` lines below one another as one: the text's line and column (bytes; both from 0) and
   * the Go file's line (from 1) where it begins, and the indents as above. `placeInPreamble` (src/go/preamble.ts) reads them.
   */
  segments: { textLine: number; textColumn: number; line: number; indent: number; laterIndent: number }[];
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

/** `//export name`: a Go function that C calls. */
export interface ExportedFunction {
  name: string;
  place: Place;
}

/** A call, or another use, of a package's function that data/go-calls.yaml lists. */
export interface GoCall {
  /** Import path. */
  package: string;
  name: string;
  place: Place;
}

/** `//go:linkname local remote`. */
export interface Linkname {
  local: string;
  /** Empty when the line has one name only. */
  remote: string;
  place: Place;
}

/** What was read off one Go file. Independent of any target; equal after a JSON round trip. */
export interface GoFacts {
  path: string;
  imports: { path: string; place: Place }[];
  /** Text of the `//go:build` line after the keyword, or of the old `// +build` lines as one; null when there is none. */
  constraint: string | null;
  preambles: Preamble[];
  directives: CgoDirective[];
  cNames: CNameUse[];
  dynamicImports: DynamicImport[];
  linknames: Linkname[];
  exports: ExportedFunction[];
  calls: GoCall[];
  /** What could not be read, one sentence each. */
  limits: string[];
}

/** What scan/ read off the Go files of one package. Equal after a JSON round trip. */
export interface PackageFacts {
  /** Import path. */
  package: string;
  /** Facts of the files that were parsed: those with `import "C"`, and those with something that matters on musl. Sorted by file. */
  go: GoFacts[];
  /** `//go:cgo_import_dynamic` of all files, in file order; also in files without cgo. */
  dynamicImports: DynamicImport[];
  /** Place of the first import of each package that data/go-calls.yaml watches, by import path. */
  imports: Record<string, Place>;
  /** Go files looked at, and their bytes. */
  files: number;
  bytes: number;
  /** What could not be read; `file` is relative to the module's root. */
  limits: { reason: string; file: string }[];
}
