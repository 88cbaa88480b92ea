import type { Place } from './place.ts';

/** Where it would hurt. */
export type Stage = 'compile' | 'link' | 'run';

export type Severity = 'error' | 'warning' | 'note';

/** What to do about a finding, as data. `automatic` when `gomusl build` does it by itself. */
export type Remedy =
  | { kind: 'define'; automatic: boolean; variable: 'CGO_CFLAGS'; flags: string[] }
  | { kind: 'linker-flag'; automatic: boolean; flags: string[] }
  | { kind: 'kernel-headers'; automatic: boolean }
  /** Headers of our own in the place of glibc's. */
  | { kind: 'own-headers'; automatic: boolean; headers: string[] }
  /** Arguments that the script takes by which `build` calls zig: left out, or in zig's own words. */
  | { kind: 'arguments'; automatic: boolean; words: string[] }
  | { kind: 'shim'; automatic: boolean; symbols: string[] }
  | { kind: 'tag'; automatic: boolean; tags: string[] }
  | { kind: 'goroot-patch'; automatic: boolean; patch: string }
  /** A patch of ours for one module, put into a copy of it. */
  | { kind: 'module-patch'; automatic: boolean; module: string; version: string; patch: string }
  | { kind: 'module-version'; automatic: false; module: string; version: string }
  /** `requires` is one of the toolchain's qualities: `c++`, `kernel-headers`, or a musl version such as `musl >= 1.2.4`. */
  | { kind: 'toolchain'; automatic: boolean; requires: string }
  /** A C library built for musl; `form` says what `name` is the name of. */
  | { kind: 'library'; automatic: false; form: 'pkg-config' | 'header' | 'archive' | 'recipe'; name: string }
  /** A C library that a recipe builds by `command`; automatic once it is built for the toolchain. `licence`: SPDX. */
  | { kind: 'recipe'; automatic: boolean; recipe: string; command: string; licence: string }
  | { kind: 'source'; automatic: false; advice: string };

/** A further place that explains a finding. `module` is a module path, or null for the same module. */
export interface RelatedPlace {
  message: string;
  module: string | null;
  location: Place;
}

/** What a rule says, before chains and suppressions. Each text is one sentence. */
export interface RawFinding {
  severity: Severity;
  /** Only where it differs from the rule's own. */
  stage?: Stage;
  /** What is wrong. */
  what: string;
  /** Why it is so on this target. */
  why: string;
  /** What to do. */
  action: string;
  /** Import path of the package that brings it. */
  package: string;
  location: Place | null;
  related: RelatedPlace[];
  /**
   * Facts that the message rests on. `name` is the token a compiler or linker would print, where there is one.
   * `plain: 'wrong'`: the build ends well, with something else than a static musl executable.
   * `after`: hidden until the compile stage passes, or until the remedies are in place.
   */
  evidence: { name?: string; plain?: 'wrong'; after?: 'compile' | 'remedies'; [key: string]: unknown };
  remedies: Remedy[];
}

/** One thing in the way. The JSON of the command line, see schema/result.json. */
export interface Finding extends RawFinding {
  ruleId: string;
  stage: Stage;
  /** `what`, `why` and `action`, in that order. */
  message: string;
  module: { path: string; version: string } | null;
  /** Import paths from the program to the package. */
  chain: string[];
  /** Ids of the runs that have it. */
  runs: string[];
  /** Survives moved lines. */
  fingerprint: string;
}
