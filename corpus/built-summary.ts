import { type Built, isGood } from './built.ts';
import type { Truth } from './truth.ts';

/** A scored row and toolchain: how the plain build ended, and what `gomusl build` made of it. */
export interface BuiltRow {
  id: string;
  truth: Truth;
  built: Built;
  /** Whether it fails plainly for a reason of libc, see libc-reason.ts. */
  libcReason: boolean;
}

/** What is counted of the rows of one toolchain. */
export interface Summary {
  rows: number;
  plain: number;
  good: number;
  promised: number;
  kept: number;
  libc: number;
  rescued: number;
  byTag: number;
  byPatch: number;
  smoked: number;
  smokeRight: number;
  /** Rows that ask for libraries, and all of these have recipes. */
  recipes: number;
  recipesGood: number;
  refused: number;
  /** Refused, and asks for a library that no recipe builds. */
  lacking: number;
  /** Refused, though the plain build ends well. */
  refusedPlain: number;
}

const promises = new Set(['pure', 'static', 'static-with-remedies']);

/** Whether check promised that `gomusl build` builds it. */
export function isPromised({ built }: BuiltRow): boolean {
  return promises.has(built.verdict);
}

/** Whether it asks for libraries that are not there, and each of them has a recipe. */
export function hasRecipes({ built }: BuiltRow): boolean {
  const offered = (built.libraries ?? []).length + Object.keys(built.unbuilt ?? {}).length;
  return offered > 0 && !lacksLibrary(built);
}

/** Whether it asks for a library that no recipe builds. */
export function lacksLibrary({ missing }: Built): boolean {
  return (missing ?? []).length > 0;
}

/** Counts over the rows of one toolchain. */
export function summary(rows: BuiltRow[]): Summary {
  const count = (test: (row: BuiltRow) => boolean) => rows.filter(test).length;
  const good = ({ built }: BuiltRow) => isGood(built);
  const builds = ({ truth }: BuiltRow) => truth.outcome === 'builds';
  const refused = ({ built }: BuiltRow) => built.outcome === 'refused';
  const rescued = (row: BuiltRow) => row.libcReason && good(row);
  const smoked = (row: BuiltRow) => row.built.smoke !== null && row.built.ran !== null && !builds(row);
  return {
    rows: rows.length,
    plain: count(builds),
    good: count(good),
    promised: count(isPromised),
    kept: count((row) => isPromised(row) && good(row)),
    libc: count(({ libcReason }) => libcReason),
    rescued: count(rescued),
    byTag: count((row) => rescued(row) && row.built.tags.length > 0),
    byPatch: count((row) => rescued(row) && row.built.remedies.some((remedy) => remedy.startsWith('module-patch '))),
    smoked: count(smoked),
    smokeRight: count((row) => smoked(row) && good(row)),
    recipes: count(hasRecipes),
    recipesGood: count((row) => hasRecipes(row) && good(row)),
    refused: count(refused),
    lacking: count((row) => refused(row) && lacksLibrary(row.built)),
    refusedPlain: count((row) => refused(row) && builds(row)),
  };
}
