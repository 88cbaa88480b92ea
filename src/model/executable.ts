/** One sign of a libc in an executable. `sign` names an entry of data/libc-signs.yaml. */
export interface LibcEvidence {
  libc: 'glibc' | 'musl';
  sign: string;
  /** What was found, as a phrase. */
  says: string;
}

/** Text before the names of patches that a program built with a patched std carries: see src/patch/marker.ts. */
export const stdMarkerPrefix = 'gomusl-patched-std:';

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
