/** A libc with all that changes an answer: its version and who built it. */
export interface LibcRef {
  name: 'musl';
  /** Upstream version, such as `1.2.3`. */
  version: string;
  /** `upstream`, or the distribution whose patches it carries. */
  flavor: 'upstream' | 'debian';
}

/** What a compiler brings to every unit that it translates, before the module's own flags. Paths are absolute. */
export interface CompilerEnvironment {
  /** `#define` lines, as `-dM -E` prints them on empty input. */
  macros: string;
  /** Folders searched for `<header>`, in order. Empty when no header text can be read: answers then come from the tables. */
  includeDirs: string[];
}

/** A C compiler and linker for musl, as probed. Paths are absolute. */
export interface Toolchain {
  /** `native`: the host's libc is musl; `musl-cross`: TRIPLE-gcc; `given`: CC by hand, none of the others. */
  name: 'musl-gcc' | 'zig' | 'native' | 'musl-cross' | 'given';
  /** Words of the C compiler's command, for `CC`. */
  cc: string[];
  /** Words of the C++ compiler's command, for `CXX`; null when it has no C++ for musl. */
  cxx: string[] | null;
  compiler: { family: 'gcc' | 'clang'; version: string | null };
  /** `dropsUnusedSections`: with Go's default CGO_LDFLAGS, as zig runs lld. */
  linker: { name: 'ld' | 'lld'; dropsUnusedSections: boolean };
  libc: LibcRef;
  c: CompilerEnvironment;
  /** Null when it has no C++ compiler for musl: cmd/go would then link with the host's g++, and glibc. */
  cxxEnvironment: CompilerEnvironment | null;
  /** Whether `linux/…` and `asm/…` are found without further flags. */
  kernelHeaders: boolean;
  /** Folders searched for `-lNAME` in a static link, in order. */
  libraryDirs: string[];
  /** Objects and archives that the driver itself adds to a static link, in link order; absolute paths. */
  driverInputs: string[];
  /** Default size of a thread's stack in bytes; null when it could not be read. */
  threadStackSize: number | null;
}

/** What one run of a verdict is for. */
export interface Target {
  goos: 'linux';
  goarch: string;
  /** As `go env GOVERSION` prints it, such as `go1.26.8`. */
  goVersion: string;
  tags: string[];
  /** Whether cgo is on for this load. */
  cgo: boolean;
  buildmode: 'exe' | 'pie' | 'c-archive' | 'c-shared';
  race: boolean;
  libc: LibcRef;
  /** Null when none was found: the libc is then an assumption. */
  toolchain: Toolchain | null;
  /** Flags given beside the module's own, as the environment and the remedies have them. */
  cgoFlags: CgoFlags;
  /** `CGO_CFLAGS_ALLOW`, `CGO_LDFLAGS_DISALLOW` and the like as the environment has them, by name. */
  cgoFilter?: Record<string, string>;
  /** Folder with kernel headers alone, which a remedy adds by `-idirafter`; null without that remedy. */
  kernelHeadersDir: string | null;
  /** Folder with headers of our own, which a remedy adds in the same way; absent without that remedy. */
  ownHeadersDir?: string;
  /** Linker arguments that a remedy has translated by the script of `build`; absent without that remedy. */
  translated?: string[];
  /** Symbols that shims of a remedy define. */
  shims: string[];
  /** Names of GOROOT patches that a remedy puts in place. */
  gorootPatches: string[];
  /** Names of patches that a remedy puts into copies of modules; absent: none. */
  modulePatches?: string[];
  /** Folder of C libraries built for musl, as the person has them; null when none is given. */
  sysroot: string | null;
  /** Folders that hold .pc files for musl, as the environment has them. */
  pkgConfigPath: string[];
  /** Folders of libraries that recipes built, which a remedy adds; absent without that remedy. */
  libraries?: string[];
}

/** Compiler and linker flags by kind, one word an entry. */
export interface CgoFlags {
  cppflags: string[];
  cflags: string[];
  cxxflags: string[];
  ldflags: string[];
}
