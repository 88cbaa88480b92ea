import type { Place } from './place.ts';

/** One sign of a libc in an executable. `sign` names an entry of data/libc-signs.yaml. */
export interface LibcEvidence {
  libc: 'glibc' | 'musl';
  sign: string;
  /** What was found, as a phrase. */
  says: string;
}

/** Text before the names of patches that a program built with a patched std carries: see src/patch/marker.ts. */
export const stdMarkerPrefix = 'gomusl-patched-std:';

/** How a program fared that was started with nothing around it. */
export interface TrialRun {
  /** `empty-folder`: no root of its own was to be had, so files of the machine were in reach. */
  root: 'empty-root' | 'empty-folder';
  /** `still-running`: ended at the time limit. */
  outcome: 'exited' | 'killed' | 'still-running' | 'not-started';
  code: number | null;
  /** Such as `SIGSEGV`. */
  signal: string | null;
  milliseconds: number;
  /** The end of what it wrote to stderr. */
  stderr: string;
  /** Files that it says it did not find. */
  missing: string[];
}

/** A licence file, and what it surely is. */
export interface Licence {
  /** Name in the module's root. */
  file: string;
  /** SPDX id; null unless the text is word for word that licence. */
  spdx: string | null;
}

/** A library that a recipe built and `gomusl build` linked in, as the product's note names it. */
export interface BuiltWith {
  name: string;
  version: string;
  /** SPDX expression. */
  licence: string;
  /** What the licence asks where the library is linked statically, as a clause; null when nothing is known. */
  duty: string | null;
}

/** C code that a package brings into a program, as the files of its module show it. */
export interface LinkedCode {
  package: string;
  module: { path: string; version: string };
  /** Files that were compiled from source, relative to the module's root; of a preamble, the Go file. */
  sources: string[];
  /** Objects and archives of the module that were linked as they are, relative to its root. */
  objects: string[];
  /** Libraries of the system that its `#cgo` lines name, `-lNAME` or a name for pkg-config. */
  libraries: string[];
  licences: Licence[];
}

/** A package that brought what a rule on executables complains of, and how that is known. */
export interface Bringer {
  sign: 'needed' | 'library-path' | 'executable-stack' | 'writable-code' | 'unwinder' | 'glibc';
  /** The library, flag, object or source that shows it. */
  name: string;
  /** Import path. */
  package: string;
  /** Module path; null for std. */
  module: string | null;
  /** Relative to the module's root. */
  place: Place | null;
  /** How it is known, as a clause: `its #cgo line has -lz`. */
  says: string;
}

/** What verify reads off one ELF executable. */
export interface ExecutableView {
  path: string;
  machine: string;
  type: 'static' | 'static-pie' | 'dynamic' | 'shared-object' | 'relocatable';
  interpreter: string | null;
  needed: string[];
  libc: 'glibc' | 'musl' | 'none' | 'unknown';
  libcVersion: string | null;
  evidence: LibcEvidence[];
  stripped: boolean;
  go: GoBuildInfo | null;
  rpath: string[];
  runpath: string[];
  /** Whether PT_GNU_STACK asks for an executable stack; null when the file says nothing. */
  executableStack: boolean | null;
  /** Size of a C thread's stack that the file asks for, in bytes; 0 leaves it to the libc. */
  stackSize: number;
  /** Loaded segments that are writable and executable at once. */
  writableCode: { address: number; size: number }[];
  relro: boolean;
  /** Bytes of thread-local storage; null when there is no such segment. */
  tls: number | null;
  /** Whether an index of the unwind table is there (PT_GNU_EH_FRAME): throwing needs it in a static musl program. */
  unwindIndex: boolean;
  /** Symbols of data/libc-signs.yaml that unwind a stack; null when the symbol table is gone. */
  unwinders: string[] | null;
  /** Symbol versions asked of shared libraries, such as `GLIBC_2.34`. */
  versions: string[];
  buildIds: { gnu: string | null; go: string | null };
  /** The text of the note that `gomusl build` links in, line by line `key=value`; null when there is none. */
  note: Record<string, string> | null;
  /** Patches of Go's std that are in it, `NAME@HASH` with twelve digits of the patch's hash, sorted. */
  stdPatches: string[];
  /** Go packages that call C, by the names that cgo gave the calls, and the module that has them. */
  cgo: { package: string; module: string | null; functions: string[] }[];
  /** How it fared with --run; absent where it was not started. */
  run?: TrialRun;
  /** The C code of modules outside std; absent where only the file was read. */
  linkedC?: LinkedCode[];
  /** Libraries that recipes built; absent where only the file was read. */
  builtWith?: BuiltWith[];
  /** Who brought what, where it was looked for; absent where only the file was read. */
  brought?: Bringer[];
  /** What could not be read, one sentence each. */
  limits: string[];
}

/** What the Go linker wrote into the executable. */
export interface GoBuildInfo {
  goVersion: string;
  /** Import path of the main package. */
  path: string;
  main: { path: string; version: string } | null;
  deps: { path: string; version: string; replacedBy: string | null }[];
  settings: Record<string, string>;
}
