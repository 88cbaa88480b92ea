import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ExecutableView } from '../src/model/executable.ts';
import type { Verdict } from '../src/model/result.ts';
import type { Truth } from './truth.ts';

/** What came of `gomusl build` for one row and toolchain. */
export interface Built {
  /** What `gomusl check` promises, with `tags`; `broken` when it gave no result. */
  verdict: Verdict | 'broken';
  /** Tags that were added since check offered them for an error. */
  tags: string[];
  /** Recipes that the program is built with, by `gomusl lib add`. Absent in what was recorded before recipes were tried. */
  libraries?: string[];
  /** Recipes that check offered and `gomusl lib add` could not build: name, and what it said. */
  unbuilt?: Record<string, string>;
  /** Libraries that errors ask for and no recipe builds. */
  missing?: string[];
  /** Remedies that check judged, as `kind what`. */
  remedies: string[];
  /** Errors that stay, as `rule name`; why the row is blocked. */
  blockers: string[];
  /** `refused`: check calls it blocked. `late`: it took longer than the runner waits. */
  outcome: 'builds' | 'wrong' | 'fails' | 'refused' | 'late';
  /** What the log names first, for `fails`; else what gomusl said last. */
  cause: string | null;
  product: Pick<ExecutableView, 'type' | 'libc' | 'libcVersion'> | null;
  /** What `gomusl verify` says of the product. */
  verified: Verdict | 'broken' | null;
  ran: Ran | null;
  /** File of corpus/smoke/ whose calls are in the program, and end with status 0 when they are right. */
  smoke: string | null;
  /** Commit of this repository that built it. */
  commit: string;
  seconds: number;
}

/** How the product ended when it was started with harmless arguments. */
export interface Ran {
  arguments: string[];
  /** `died`: by a signal, or with words of a crash. `runs on`: it was still there when the time was up. */
  end: 'exit' | 'died' | 'runs on';
  code: number | null;
  /** The last line it said, shortened. */
  said: string;
}

const path = new URL('built.generated.json', import.meta.url);

/** What was built so far, by row id and toolchain. */
export function readBuilt(): Record<string, Built> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Built>) : {};
}

/** Keeps one, one line each, sorted. */
export function writeBuilt(key: string, built: Built): void {
  const all = { ...readBuilt(), [key]: built };
  const lines = Object.keys(all)
    .sort()
    .map((each) => `${JSON.stringify(each)}: ${JSON.stringify(all[each])}`);
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}

/** Whether the row came out as a static musl executable that starts, and whose smoke calls were right. */
export function isGood({ outcome, verified, ran, smoke }: Built): boolean {
  if (outcome !== 'builds' || verified === 'blocked' || verified === 'broken' || ran === null) return false;
  return ran.end !== 'died' && (smoke === null || ran.code === 0);
}

/** Rows that fail plainly come first: they are what `build` is for. */
export function byNeed(truth: Pick<Truth, 'outcome'>): number {
  return { fails: 0, wrong: 1, builds: 2, unavailable: 3 }[truth.outcome];
}
