import type { ExecutableView } from './executable.ts';
import type { Finding, Remedy, Stage } from './finding.ts';
import type { Target } from './target.ts';

/** See docs/design.md for what each verdict promises. Ordered from best to worst. */
export const verdicts = ['pure', 'static', 'static-with-remedies', 'unknown', 'blocked'] as const;
export type Verdict = (typeof verdicts)[number];

/** Something that could not be looked at, and that could change the answer. */
export interface Limit {
  /** What was not looked at, in one sentence without the place. */
  reason: string;
  /** Import path; null when it concerns the whole run. */
  package: string | null;
  /** Path relative to the package's module; null when no single file is meant. */
  file: string | null;
}

/** What the article's three settings alone would do with that target. */
export interface PlainOutcome {
  outcome: 'builds' | 'wrong' | 'fails' | 'unknown';
  /** Set when the outcome is `fails`. */
  stage: Stage | null;
}

/** The judgement of one program for one target. */
export interface Run {
  id: string;
  program: { id: string; kind: 'program' | 'library'; roots: string[] };
  target: Target;
  verdict: Verdict;
  plain: PlainOutcome;
  counts: { packages: number; cgoPackages: number; files: number; errors: number; warnings: number; notes: number };
  limits: Limit[];
  /** What was taken for granted, such as a libc version without a toolchain. */
  assumptions: string[];
  /** What a person should know of the run, such as a build tag that does nothing; one sentence each. */
  notes?: string[];
  /** The remedies that were put in place and judged, in that order; empty when none was needed or wanted. */
  remedies: Remedy[];
  /** Of `verify` alone: the facts that were read off the file, and that the verdict rests on. */
  executable?: ExecutableView;
}

/** What has to be given again to a command that is about the same target. */
export interface Given {
  /** Flags with their values as `gomusl build` takes them, one word each, such as `--goarch=arm64`. */
  flags: string[];
  /** Packages as given. */
  packages: string[];
}

/** What every command that judges gives, and what `--format json` prints. */
export interface Result {
  schemaVersion: 1;
  kind: 'check' | 'verify' | 'build';
  tool: { name: 'gomusl'; version: string };
  /** The worst of the runs. */
  verdict: Verdict;
  /** What the person gave that chose the target; absent where nothing was given. */
  given?: Given;
  runs: Run[];
  findings: Finding[];
}
