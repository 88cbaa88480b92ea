import type { Prediction } from './predict.ts';
import type { Truth } from './truth.ts';

/** One row and toolchain: what was, what was said, and how they meet. */
export interface Comparison {
  truth: Truth;
  prediction: Prediction;
  outcomeRight: boolean;
  /** Null on rows that do not fail. */
  stageRight: boolean | null;
  /** Whether some error names what the log names; null on rows that do not fail. */
  named: boolean | null;
  /** Errors whose evidence the log names, of all errors, on rows that fail. */
  confirmed: number;
  errors: number;
}

/** Compares; `names` are those that the log blames. */
export function compare(truth: Truth, names: string[], prediction: Prediction): Comparison {
  const fails = truth.outcome === 'fails';
  const known = new Set(names);
  const confirmed = prediction.errors.filter(({ tokens }) => tokens.some((token) => known.has(token))).length;
  return {
    truth,
    prediction,
    outcomeRight: prediction.outcome === truth.outcome,
    stageRight: fails ? prediction.outcome === 'fails' && prediction.stage === truth.stage : null,
    named: fails ? confirmed > 0 : null,
    confirmed: fails ? confirmed : 0,
    errors: prediction.errors.length,
  };
}

/** The figures that part B sets targets for, over some rows. Counts, not percentages. */
export interface Figures {
  rows: number;
  outcomeRight: number;
  falseBuilds: number;
  unknown: number;
  broken: number;
  failing: number;
  stageRight: number;
  named: number;
  errorsOnFailing: number;
  confirmed: number;
  building: number;
  /** Rows that build and have an error of stage compile or link. */
  alarmed: number;
}

/** Sums up the scored rows among those given. */
export function figures(comparisons: Comparison[]): Figures {
  const scored = comparisons.filter(({ truth }) => truth.scored);
  const count = (test: (comparison: Comparison) => boolean) => scored.filter(test).length;
  const failing = scored.filter(({ truth }) => truth.outcome === 'fails');
  return {
    rows: scored.length,
    outcomeRight: count(({ outcomeRight }) => outcomeRight),
    falseBuilds: count(({ truth, prediction }) => prediction.outcome === 'builds' && truth.outcome !== 'builds'),
    unknown: count(({ prediction }) => prediction.outcome === 'unknown'),
    broken: count(({ prediction }) => prediction.outcome === 'broken'),
    failing: failing.length,
    stageRight: count(({ stageRight }) => stageRight === true),
    named: count(({ named }) => named === true),
    errorsOnFailing: failing.reduce((sum, { errors }) => sum + errors, 0),
    confirmed: failing.reduce((sum, { confirmed }) => sum + confirmed, 0),
    building: count(({ truth }) => truth.outcome === 'builds'),
    alarmed: count(({ truth, errors }) => truth.outcome === 'builds' && errors > 0),
  };
}
