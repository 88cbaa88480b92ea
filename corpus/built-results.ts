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

const promises = new Set(['pure', 'static', 'static-with-remedies']);

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part}/${whole} = ${((100 * part) / whole).toFixed(1)} %`;
}

/** The section of RESULTS.md on `gomusl build`; empty when nothing was built. `scored`: rows with truth, by toolchain. */
export function renderBuilt(rows: BuiltRow[], scored: Record<string, number>): string[] {
  if (rows.length === 0) return [];
  const toolchains = [...new Set(rows.map(({ truth }) => truth.toolchain.name))];
  const counts = toolchains.map((name) => summary(rows.filter(({ truth }) => truth.toolchain.name === name)));
  const lines: [string, (sum: Summary, name: string) => string, string][] = [
    ['rows built so far, of the scored', (sum, name) => share(sum.rows, scored[name] ?? 0), 'all'],
    ['plain build: static musl', (sum) => share(sum.plain, sum.rows), ''],
    ['`gomusl build`: static musl, and it starts', (sum) => share(sum.good, sum.rows), ''],
    ['promised (`pure`, `static`, `static-with-remedies`) and kept', (sum) => share(sum.kept, sum.promised), '100 %'],
    ['fails plainly for a reason of libc: rescued', (sum) => share(sum.rescued, sum.libc), '≥ 75 %'],
    ['of these by a tag that check offers', (sum) => String(sum.byTag), ''],
    ['smoke calls of rescued libraries right', (sum) => share(sum.smokeRight, sum.smoked), '100 %'],
  ];
  const defects = rows.filter(({ built }) => promises.has(built.verdict) && !isGood(built));
  const changed = rows.filter(
    ({ truth, built }) => truth.outcome !== 'builds' && !defects.some((d) => d.built === built),
  );
  const lost = changed.filter(({ built, libcReason }) => libcReason && !isGood(built));
  return [
    '## `gomusl build` against the plain build',
    '',
    'Made by `npm run corpus -- --build`: each scored row by `gomusl build`, with the tags that check offers where nothing',
    'else helps; then `gomusl verify`, and a start: a program with `--version`, `version` or `--help`, a library as the',
    'program that uses its whole API. What counts as a reason of libc: libc-reason.ts.',
    '',
    `| figure | ${toolchains.join(' | ')} | target |`,
    `|---|${'---|'.repeat(toolchains.length + 1)}`,
    ...lines.map(([what, say, goal]) => {
      const cells = counts.map((sum, index) => say(sum, toolchains[index] ?? ''));
      return `| ${what} | ${cells.join(' | ')} | ${goal} |`;
    }),
    '',
    '### Defects: promised, and not kept',
    '',
    ...(defects.length === 0 ? ['None.'] : table(defects)),
    '',
    '### Of libc, and not rescued',
    '',
    ...(lost.length === 0 ? ['None.'] : table(lost)),
    '',
    '### Rescued',
    '',
    ...table(rows.filter(({ truth, built }) => truth.outcome !== 'builds' && isGood(built))),
    '',
  ];
}

interface Summary {
  rows: number;
  plain: number;
  good: number;
  promised: number;
  kept: number;
  libc: number;
  rescued: number;
  byTag: number;
  smoked: number;
  smokeRight: number;
}

function summary(rows: BuiltRow[]): Summary {
  const count = (test: (row: BuiltRow) => boolean) => rows.filter(test).length;
  const isPromised = ({ built }: BuiltRow) => promises.has(built.verdict);
  const good = ({ built }: BuiltRow) => isGood(built);
  const smoked = (row: BuiltRow) =>
    row.built.smoke !== null && row.built.ran !== null && row.truth.outcome !== 'builds';
  return {
    rows: rows.length,
    plain: count(({ truth }) => truth.outcome === 'builds'),
    good: count(good),
    promised: count(isPromised),
    kept: count((row) => isPromised(row) && good(row)),
    libc: count(({ libcReason }) => libcReason),
    rescued: count((row) => row.libcReason && good(row)),
    byTag: count((row) => row.libcReason && good(row) && row.built.tags.length > 0),
    smoked: count(smoked),
    smokeRight: count((row) => smoked(row) && good(row)),
  };
}

function table(rows: BuiltRow[]): string[] {
  return [
    '| row | toolchain | plain build | check | build | why, or by what |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ id, truth, built }) => {
      const plain = truth.cause === null ? truth.outcome : `${truth.cause.kind} \`${short(truth.cause.name ?? '')}\``;
      return `| ${id} | ${truth.toolchain.name} | ${plain} | ${built.verdict} | ${ending(built)} | ${short(reason(built))} |`;
    }),
  ];
}

function ending(built: Built): string {
  if (built.ran === null) return built.outcome;
  const smoke = built.smoke === null ? '' : ', smoke';
  const code = built.ran.end === 'exit' && built.ran.code !== 0 ? ` ${built.ran.code}` : '';
  return `${built.outcome}, ${built.ran.end}${code}${smoke}`;
}

function reason(built: Built): string {
  if (built.outcome === 'refused') return built.blockers.join(', ');
  if (built.cause !== null) return built.cause;
  if (built.ran?.end === 'died' || (built.smoke !== null && built.ran?.code !== 0)) return built.ran?.said ?? '';
  return [...built.tags.map((tag) => `tag ${tag}`), ...built.remedies].join(', ');
}

function short(text: string): string {
  const line = text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return line.length > 160 ? `${line.slice(0, 160)} …` : line;
}
