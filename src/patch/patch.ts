/** Go releases that a patch or one of its shapes is for; versions as Go writes them, without `go`. */
export interface GoRange {
  /** First release. */
  from: string;
  /** Last release; a version of two parts, such as `1.22`, means all releases of it. */
  to: string;
}

/** What a file must look like around the diff. Texts are compared exactly, within one file. */
export interface FileConditions {
  /** Path inside the tree, with `/`. */
  path: string;
  /** Texts that stand exactly once in the file before. */
  before: string[];
  /** Texts that stand exactly once in the file after. */
  after: string[];
  /** A text that upstream's own fix brings: seeing it means the fault is gone. Empty when there is none. */
  fixed: string;
}

/** One source shape: a diff and the releases whose source it fits. */
export interface Shape {
  /** Name of the diff beside patch.yaml. */
  diff: string;
  go: GoRange;
  files: FileConditions[];
}

/** What a program must be to meet the fault; absent means any. */
export interface PatchNeeds {
  cgo?: boolean;
  /** Build modes in which the fault shows. */
  buildmode?: ('exe' | 'pie' | 'c-archive' | 'c-shared')[];
  /** First musl version in which the fault shows. */
  musl?: string;
}

/** A patch folder as read: patch.yaml and its diffs. */
export interface Patch {
  /** Name of the folder. */
  name: string;
  title: string;
  /** Upstream's issue or change. */
  issue: string;
  /** Row of the catalogue in docs/patches.md; empty for a module's patch. */
  catalogue: string;
  /** `std`: packages of std; `tool`: programs under cmd/; a module's path otherwise. */
  target: 'std' | 'tool' | { module: string };
  /** For a module, versions of the module. `fixed` is the first release with upstream's own fix; null while there is none. */
  range: GoRange & { fixed: string | null };
  goos: string[];
  /** Empty: every architecture. */
  goarch: string[];
  /** Import paths of packages (std) or programs (tool) whose compiled form changes. */
  packages: string[];
  needs: PatchNeeds;
  shapes: Shape[];
  /** Text of each diff, bytes as latin1 characters, by name. */
  diffs: Record<string, string>;
  /** SHA-256 over patch.yaml and the diffs, hex. */
  hash: string;
}

/** The five answers of docs/design.md. */
export type PatchState = 'needed' | 'applied' | 'fixed upstream' | 'not for this target' | 'conflict';

/** Where a hunk did not fit. Lines count from 1. */
export interface HunkConflict {
  file: string;
  /** Number of the hunk in its file, from 1. */
  hunk: number;
  /** One sentence. */
  reason: string;
  expected: string[];
  /** Line of the most similar place; null when the file has none, or is absent. */
  line: number | null;
  found: string[];
}

/** A file as the patch makes it. */
export interface PatchedFile {
  /** Path inside the tree, with `/`. */
  path: string;
  /** Null when the file is new. */
  original: Uint8Array | null;
  content: Uint8Array;
  /** Lines by which each hunk stands off from where its diff says. */
  offsets: number[];
}

/** What one patch means for one tree. */
export interface PatchAnswer {
  patch: Patch;
  state: PatchState;
  /** `fixed upstream since go1.6`, or the reason for another state; one clause, no full stop. */
  detail: string;
  conflicts: HunkConflict[];
  /** Files to write; empty unless the state is `needed`. */
  files: PatchedFile[];
}
