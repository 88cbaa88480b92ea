import type { Remedy } from './finding.ts';
import type { LibcRef } from './target.ts';

/** One executable that the build promises. */
export interface PlannedProgram {
  /** Import path of the main package. */
  package: string;
  /** Absolute path of the executable; null when `go build` writes none, as for several packages without `-o DIR/`. */
  output: string | null;
}

/** What `gomusl build` will do, before it does it. Plain data. */
export interface Plan {
  /** Absolute path of the folder in which `go build` runs. */
  dir: string;
  /** `musl`: cgo with a musl toolchain. `pure`: CGO_ENABLED=0, no C at all. */
  kind: 'musl' | 'pure';
  /** Why it is this kind, in one sentence. */
  reason: string;
  toolchain: { name: string; cc: string[]; cxx: string[] | null; libc: LibcRef } | null;
  /** Why it is this toolchain, for a person; null without one. */
  choice: string | null;
  programs: PlannedProgram[];
  /** Whether the products are executables that verify can judge. */
  verifies: boolean;
  /** What is set over the environment of the person who builds. */
  environment: Record<string, string>;
  /** Words of the one `go build`. */
  command: string[];
  /** What is done for findings. */
  remedies: PlannedRemedy[];
  /** What a person should know, such as which of two contradicting settings wins. One sentence each. */
  notes: string[];
}

/** A remedy that the build carries out, and the findings that ask for it. */
export interface PlannedRemedy {
  remedy: Remedy;
  /** Fingerprints. */
  findings: string[];
}
