import type { Comparison } from './compare.ts';
import { figures } from './compare.ts';
import { figureLines } from './results.ts';
import { rowId } from './row.ts';

/** The section of RESULTS.md on rows whose first prediction was made before anybody had built them. */
export function renderUnseen(
  first: Comparison[],
  now: Comparison[],
  waiting: number,
  commitOf: (key: string) => string,
): string[] {
  if (first.length === 0) return [];
  const misses = first.filter(isMiss);
  const today = new Map(now.map((comparison) => [keyOf(comparison), comparison]));
  return [
    '## Rows predicted unseen',
    '',
    'The first word of `check` on rows that nobody had built when it was asked: unseen.generated.json holds what it said, and by which',
    'commit, before the truth was there; no later repair changes these figures. Rows that wait are the slow ones to build.',
    ...(waiting > 0 ? [`${waiting} predictions wait for their truth.`] : []),
    '',
    'Each batch by the commit that was asked; later ones were asked after repairs that earlier ones led to.',
    '',
    ...batches(first, commitOf),
    misses.length === 0 ? 'No first word was wrong.' : 'Where the first word was wrong, or named no culprit:',
    '',
    ...(misses.length === 0 ? [] : ['| row | toolchain | truth | first word | today |', '|---|---|---|---|---|']),
    ...misses.map((comparison) => {
      const { truth, prediction } = comparison;
      const repaired = today.get(keyOf(comparison));
      const state = repaired === undefined ? 'not asked' : stateOf(repaired);
      const cause = truth.cause === null ? '' : ` ${truth.cause.kind} \`${(truth.cause.name ?? '').slice(0, 60)}\``;
      const word = prediction.outcome + (prediction.errors[0] ? ` (${prediction.errors[0].tokens[0] ?? ''})` : '');
      return `| ${rowId(truth.row)} | ${truth.toolchain.name} | ${truth.outcome}${cause} | ${word} | ${state} |`;
    }),
    ...(misses.length === 0 ? [] : ['']),
  ];
}

/** The figures of each commit that was asked. */
function batches(first: Comparison[], commitOf: (key: string) => string): string[] {
  const commits = [...new Set(first.map((one) => commitOf(keyOf(one))))];
  return commits.flatMap((commit) => {
    const here = first.filter((one) => commitOf(keyOf(one)) === commit);
    const toolchains = [...new Set(here.map(({ truth }) => truth.toolchain.name))].sort();
    const of = toolchains.map((name) => figures(here.filter(({ truth }) => truth.toolchain.name === name)));
    return [
      `| asked ${commit.slice(0, 7)} | ${toolchains.map((name, at) => `${name}, ${of[at]?.rows ?? 0} scored rows`).join(' | ')} | target |`,
      `|---|${'---|'.repeat(toolchains.length + 1)}`,
      ...figureLines.map(([what, say, goal]) => `| ${what} | ${of.map(say).join(' | ')} | ${goal} |`),
      '',
    ];
  });
}

function keyOf({ truth }: Comparison): string {
  return `${rowId(truth.row)} ${truth.toolchain.name}`;
}

/** How a row stands that was missed at first. */
function stateOf(today: Comparison): string {
  if (!isMiss(today)) return 'right';
  const { truth, outcomeRight, stageRight, named, confirmed, errors } = today;
  const isNamed = truth.outcome === 'fails' && outcomeRight && stageRight && named;
  return isNamed ? `right, ${confirmed} of ${errors} errors confirmed` : 'still so';
}

function isMiss({ truth, outcomeRight, stageRight, named, confirmed, errors }: Comparison): boolean {
  if (!truth.scored) return false;
  if (!outcomeRight || stageRight === false || named === false) return true;
  return truth.outcome === 'fails' ? confirmed < errors : truth.outcome === 'builds' && errors > 0;
}
