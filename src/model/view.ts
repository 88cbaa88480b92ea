import type { CgoDirective, CNameUse, DynamicImport, ExportedFunction, GoCall } from './facts.ts';
import type { GraphPackage, Program } from './package-graph.ts';
import type { Place } from './place.ts';
import type { Limit } from './result.ts';
import type { Target } from './target.ts';

/** Whether a piece of C is translated: a region under an `#if` that cannot be decided is `unknown`. */
export type Reached = 'true' | 'unknown';

/** An `#include` that the compiler would reach. */
export interface IncludeUse {
  /** As written, without quotes or brackets, macros expanded. */
  header: string;
  form: 'angle' | 'quote';
  reached: Reached;
  /** Where it was found: in the module, in the libc, among kernel headers, with the compiler, in a folder that flags name, or nowhere. */
  found: 'module' | 'libc' | 'kernel' | 'compiler' | 'flags' | 'nowhere';
  place: Place;
  /** Module key of `place` when that is not the package's own module; else null. */
  placeModule: string | null;
}

/**
 * A use of a name that nothing in the unit declares or defines: not the project, not a header that was read.
 * Rules ask `Libc.names` what the name is.
 */
export interface NameUse {
  name: string;
  /** `call` before `(`, `type` where only a type fits (`struct x` keeps its keyword in `name`), `cgo` for `C.name`, else `name`. */
  form: 'call' | 'type' | 'name' | 'cgo';
  reached: Reached;
  /** False when a header that could declare it was not read: the absence is then no proof. */
  certain: boolean;
  place: Place;
  placeModule: string | null;
  /** Macros that flags define and that the surrounding conditions test, or that the expansion went through. */
  enabledBy: string[];
  /** Of a `C.name` that is a macro: the undeclared name that its text needs. */
  expandsTo?: string;
}

/** A `#error` that is reached. */
export interface ErrorDirective {
  message: string;
  reached: Reached;
  place: Place;
  placeModule: string | null;
}

/** A macro for the time of the build. */
export interface DateUse {
  macro: string;
  reached: Reached;
  place: Place;
  placeModule: string | null;
}

/** A compiler or linker flag and the `#cgo` line it came from; the place is null when it came from the environment, pkg-config or a remedy. */
export interface FlagUse {
  variable: 'CPPFLAGS' | 'CFLAGS' | 'CXXFLAGS' | 'LDFLAGS';
  flag: string;
  place: Place | null;
  /** cmd/go's flag filter refuses it. */
  refused: boolean;
}

/** A `#cgo pkg-config` name and what the search for NAME.pc gave. */
export interface PkgConfigUse {
  name: string;
  place: Place;
  /** `found` in a folder of the target; `absent` there. */
  state: 'found' | 'absent';
  /** Names that its `Requires` asks for and that are absent. */
  missingRequires: string[];
}

/** What the compiler itself said of a unit that it refuses (`check --confirm`), where reading did not show why. */
export interface CompilerRefusal {
  /** The compiler's first error without its place. */
  message: string;
  /** The token that it blames; null when it names none. */
  name: string | null;
  place: Place;
}

/** A call that gives a function of the libc a text as it stands in the source, see data/semantics.yaml. */
export interface LiteralCall {
  name: string;
  /** Which argument it is, from 0. */
  argument: number;
  /** The text, its escapes read. */
  text: string;
  place: Place;
}

/** One thing the C compiler translates: the preambles of one Go file, or one C or C++ file. */
export interface Unit {
  /** Path relative to the module's root. */
  file: string;
  kind: 'preamble' | 'c' | 'cxx';
  /** Macros defined at the end of the unit that came from flags or from the module, by name: replacement text. */
  macros: Record<string, string>;
  includes: IncludeUse[];
  names: NameUse[];
  errors: ErrorDirective[];
  /** Uses of `__DATE__` and the like that the compiler refuses under the unit's flags. */
  refusedDates: DateUse[];
  /** What the compiler makes of a call to a function that nothing declares, under the unit's flags. */
  implicitDeclarations: 'error' | 'warning';
  /** Global functions and objects that the unit defines and that the linker may need. Null when not found out. */
  defines: string[] | null;
  /** Functions and objects outside the unit that its code names: what its object leaves undefined at most. */
  references: string[] | null;
  /** Where the package's own module first uses them, by name; not all are known. */
  referencePlaces: Record<string, Place>;
  /** Those of `references` that are called without a declaration: whether such a call survives optimisation is not known. */
  implicitCalls: string[];
  /** What of its text could not be read as C, as a clause; null when all was. */
  unread: string | null;
  /** Null unless a compiler was asked. */
  refusal: CompilerRefusal | null;
  /**
   * Identifiers in the text of a C++ unit: of its file, and of the project's headers that it enters. Null for C, whose
   * names are in `references`.
   */
  words: { own: string[]; headers: string[] } | null;
  /** Whether it has a `#pragma omp … parallel` that is sure to be compiled. */
  parallel: boolean;
  /** Calls of watched functions of the libc with a text as argument, in the package's own module. */
  literals: LiteralCall[];
  /** Bytes of the largest array or alloca in one frame that its text shows; 0 when none. */
  largestFrame: number;
}

/** What the compiler sees of one package for one target. */
export interface CompileView {
  package: GraphPackage;
  target: Target;
  units: Unit[];
  flags: FlagUse[];
  pkgConfig: PkgConfigUse[];
  directives: CgoDirective[];
  cNames: CNameUse[];
  dynamicImports: DynamicImport[];
  /** Go functions that C calls, of the files with cgo. */
  exports: ExportedFunction[];
  /** Uses of Go functions that matter on musl, see data/go-calls.yaml. */
  calls: GoCall[];
  /** Places of imports, by import path: the first in file order. */
  imports: Record<string, Place>;
  limits: Limit[];
}

/** A word of the link line in link order, with the package whose flags or pkg-config brought it. */
export interface LinkWord {
  word: string;
  package: string;
  place: Place | null;
}

/** A member of an archive, or an object, that the linker takes in. */
export interface PulledMember {
  /** Absolute path of the archive or object. */
  file: string;
  /** Empty for a bare object. */
  member: string;
  package: string;
  /** Symbol for which it was pulled, and who needed it; empty when it stands on the line as an object. */
  for: string;
  by: string;
}

/** A symbol that nothing defines when the link ends. */
export interface UndefinedSymbol {
  symbol: string;
  /** The symbol as the target's linker prints it: a C++ name demangled. */
  printed: string;
  package: string;
  file: string;
  member: string;
  /** Only a call without a declaration needs it, which the compiler may have optimised away. */
  undecided: boolean;
  /** From the first need in the package's own code to the member: symbols, outermost first. */
  path: string[];
}

/** A symbol that an object or a member in the link needs, or defines. */
export interface SymbolUse {
  symbol: string;
  package: string;
  /** Absolute path of the archive or object. */
  file: string;
  /** Empty for a bare object. */
  member: string;
}

/** An input that the linker would refuse, or not find. */
export interface LinkProblem {
  kind:
    | 'library-absent'
    | 'shared-object'
    | 'other-architecture'
    | 'not-elf'
    | 'no-index'
    | 'duplicate-definition'
    | 'flag-refused'
    | 'malformed';
  word: string;
  package: string;
  place: Place | null;
  /** Absolute path; empty when nothing was found. */
  file: string;
  detail: string;
  /** Of a refused flag: whether the script by which `gomusl build` calls the compiler takes it. */
  translates?: boolean;
}

/** What the linker pulls into one program. */
export interface LinkView {
  program: Program;
  target: Target;
  packages: Record<string, GraphPackage>;
  /** Compile views of the packages that have any, by import path. */
  compiled: Record<string, CompileView>;
  words: LinkWord[];
  pulled: PulledMember[];
  undefined: UndefinedSymbol[];
  /** What the program's objects and pulled members need of the libc, the compiler or the driver: the first need by package. */
  uses: SymbolUse[];
  /** IFUNC symbols that they define. */
  ifuncs: SymbolUse[];
  problems: LinkProblem[];
  /** Whether cmd/go links with the C++ compiler, and the package whose C++ sources decide so. */
  cxx: { package: string; file: string } | null;
  /** Whether a package could not be loaded, or a file of the link not be read: what it would define is not known. */
  incomplete: boolean;
  limits: Limit[];
}
