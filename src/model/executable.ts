/** One sign of a libc in an executable. `sign` names an entry of data/libc-signs.yaml. */
export interface LibcEvidence {
  libc: 'glibc' | 'musl';
  sign: string;
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
