import { causeClass } from './cause.ts';
import { type Comparison, type Figures, figures } from './compare.ts';
import { rowId } from './row.ts';
import { share } from './share.ts';

const truths = ['builds', 'wrong', 'fails'] as const;
const predictions = ['builds', 'wrong', 'fails', 'unknown', 'broken'] as const;

/**
 * RESULTS.md: the rates, which `head` brings, the figures of check, a confusion matrix per toolchain, the causes,
 * `sections` of others, and each row.
 */
export function renderResults(
  comparisons: Comparison[],
  head: string[],
  sections: string[],
  goVersion: string,
): string {
  const toolchains = [...new Set(comparisons.map(({ truth }) => truth.toolchain.name))];
  const parts = [
    '# Real modules: the plain build, `gomusl check` and `gomusl build`',
    '',
    ...head,
    `Made by \`npm run corpus\` with ${goVersion}, linux/amd64. Truth: truth/; what is measured, and the targets: README.md.`,
    'Rows whose build fails for Go alone, or whose module cannot be had, are not scored.',
    '',
    'What `gomusl check --no-remedies` said of the plain build comes first, then what `gomusl build` made of the rows.',
    '',
  ];
  for (const name of toolchains) {
    const here = comparisons.filter(({ truth }) => truth.toolchain.name === name);
    const versions = here[0]?.truth.toolchain.versions ?? '';
    parts.push(
      `## What check said: ${name} (${versions})`,
      '',
      ...figuresTable(here),
      '',
      ...matrix(here),
      '',
      ...causes(here),
      '',
    );
  }
  parts.push(...sections, '## Every row', '', ...everyRow(comparisons), '');
  return parts.join('\n');
}

/** Each figure: what it is, its text, its target. */
export const figureLines: [string, (f: Figures) => string, string][] = [
  ['outcome right', (f) => share(f.outcomeRight, f.rows), '≥ 98 %'],
  ['says `builds` and it does not', (f) => share(f.falseBuilds, f.rows), '≤ 1 %'],
  ['`unknown`', (f) => share(f.unknown, f.rows), '≤ 3 %'],
  ['gave no result', (f) => share(f.broken, f.rows), '0'],
  ['failing rows: stage right', (f) => share(f.stageRight, f.failing), '≥ 95 %'],
  ['failing rows: culprit named', (f) => share(f.named, f.failing), '≥ 95 %'],
  ['failing rows: errors confirmed by the log', (f) => share(f.confirmed, f.errorsOnFailing), '≥ 90 %'],
  ['building rows with an error', (f) => share(f.alarmed, f.building), '0'],
];

function figuresTable(here: Comparison[]): string[] {
  const all = figures(here);
  const programs = figures(here.filter(({ truth }) => truth.row.kind === 'program'));
  const libraries = figures(here.filter(({ truth }) => truth.row.kind === 'library'));
  return [
    `| figure | all ${all.rows} scored rows | ${programs.rows} programs | ${libraries.rows} libraries | target |`,
    '|---|---|---|---|---|',
    ...figureLines.map(
      ([what, say, goal]) => `| ${what} | ${say(all)} | ${say(programs)} | ${say(libraries)} | ${goal} |`,
    ),
  ];
}

function matrix(here: Comparison[]): string[] {
  const scored = here.filter(({ truth }) => truth.scored);
  return [
    `| truth ↓ said → | ${predictions.join(' | ')} |`,
    `|---|${'---|'.repeat(predictions.length)}`,
    ...truths.map((truth) => {
      const of = scored.filter((comparison) => comparison.truth.outcome === truth);
      const cells = predictions.map((said) => of.filter(({ prediction }) => prediction.outcome === said).length);
      return `| ${truth} | ${cells.join(' | ')} |`;
    }),
  ];
}

function causes(here: Comparison[]): string[] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of here.filter(({ truth }) => truth.scored)) {
    const cause = causeClass(comparison.truth);
    groups.set(cause, [...(groups.get(cause) ?? []), comparison]);
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return [
    '| cause | rows | outcome right | unknown | culprit named |',
    '|---|---|---|---|---|',
    ...sorted.map(([cause, group]) => {
      const sum = figures(group);
      const named = sum.failing === 0 ? '–' : String(sum.named);
      return `| ${cause} | ${group.length} | ${sum.outcomeRight} | ${sum.unknown} | ${named} |`;
    }),
  ];
}

function everyRow(comparisons: Comparison[]): string[] {
  const told = ({ outcome, stage }: { outcome: string; stage: string | null }) =>
    outcome + (stage === null ? '' : ` ${stage}`);
  return [
    '| row | toolchain | truth | first cause | said | right | named | errors confirmed |',
    '|---|---|---|---|---|---|---|---|',
    ...comparisons.map(({ truth, prediction, outcomeRight, stageRight, named, confirmed, errors }) => {
      const cause =
        truth.cause === null
          ? ''
          : `${truth.cause.kind} \`${(truth.cause.name ?? '').slice(0, 60).replaceAll('|', '\\|')}\``;
      const right = truth.scored
        ? outcomeRight && stageRight !== false
          ? 'yes'
          : outcomeRight
            ? 'stage no'
            : '**no**'
        : 'not scored';
      const what = truth.row.kind === 'program' ? `${rowId(truth.row)} (program)` : rowId(truth.row);
      const known = named === null || !truth.scored ? '' : named ? 'yes' : '**no**';
      return `| ${what} | ${truth.toolchain.name} | ${told(truth)} | ${cause} | ${told(prediction)} | ${right} | ${known} | ${errors === 0 ? '' : `${confirmed}/${errors}`} |`;
    }),
  ];
}
