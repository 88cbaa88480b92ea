import { type Built, isGood } from './built.ts';
import { type BuiltRow, hasRecipes, isPromised, lacksLibrary, type Summary, summary } from './built-summary.ts';
import { share } from './share.ts';

/** Of all rows of a toolchain that were scored, built by gomusl or not: how many, and how many build plainly. */
export interface Scored {
  rows: number;
  plain: number;
}

type Line = [what: string, say: (sum: Summary, scored: Scored) => string, goal: string];

/** What a reader wants to know first: all that was scored against what each way of building makes of it. */
const rates: Line[] = [
  ['**plain build** (the three settings): static musl', (_, scored) => `**${share(scored.plain, scored.rows)}**`, ''],
  ['**`gomusl build`**: static musl, and it starts', (sum, scored) => `**${share(sum.good, scored.rows)}**`, ''],
  ['`gomusl build` of what `check` promised', (sum) => share(sum.kept, sum.promised), '100 %'],
  ['`gomusl build` where libc is why the plain build fails', (sum) => share(sum.rescued, sum.libc), '≥ 75 %'],
  ['`gomusl build` where a recipe has the library', (sum) => share(sum.recipesGood, sum.recipes), '100 %'],
  ['refused before the compiler starts, with the reason', (sum, scored) => share(sum.refused, scored.rows), ''],
  ['– of these for a library that no recipe builds', (sum) => String(sum.lacking), ''],
  ['not tried yet', (sum, scored) => String(scored.rows - sum.rows), '0'],
];

const figures: Line[] = [
  ['rows built so far, of the scored', (sum, scored) => share(sum.rows, scored.rows), 'all'],
  ['plain build: static musl', (sum) => share(sum.plain, sum.rows), ''],
  ['`gomusl build`: static musl, and it starts', (sum) => share(sum.good, sum.rows), ''],
  ['promised (`pure`, `static`, `static-with-remedies`) and kept', (sum) => share(sum.kept, sum.promised), '100 %'],
  ['fails plainly for a reason of libc: rescued', (sum) => share(sum.rescued, sum.libc), '≥ 75 %'],
  ['of these by a tag that check offers', (sum) => String(sum.byTag), ''],
  ['of these by a patch of a module, which a person allows', (sum) => String(sum.byPatch), ''],
  ['rows whose library has a recipe: built', (sum) => share(sum.recipesGood, sum.recipes), 'all'],
  ['smoke calls of rescued libraries right', (sum) => share(sum.smokeRight, sum.smoked), '100 %'],
  ['plain build ends well, and gomusl refuses', (sum) => String(sum.refusedPlain), ''],
];

function lineTable(lines: Line[], rows: BuiltRow[], scored: Record<string, Scored>): string[] {
  const toolchains = [...new Set(rows.map(({ truth }) => truth.toolchain.name))];
  const sums = toolchains.map((name) => ({
    sum: summary(rows.filter(({ truth }) => truth.toolchain.name === name)),
    all: scored[name] ?? { rows: 0, plain: 0 },
  }));
  const heads = sums.map(({ all }, index) => `${toolchains[index]}, ${all.rows} scored rows`);
  return [
    `| | ${heads.join(' | ')} | target |`,
    `|---|${'---|'.repeat(toolchains.length + 1)}`,
    ...lines.map(
      ([what, say, goal]) => `| ${what} | ${sums.map(({ sum, all }) => say(sum, all)).join(' | ')} | ${goal} |`,
    ),
  ];
}

/** The head of RESULTS.md: plain build against `gomusl build`; empty when nothing was built. */
export function renderRates(rows: BuiltRow[], scored: Record<string, Scored>): string[] {
  return rows.length === 0 ? [] : [...lineTable(rates, rows, scored), ''];
}

/** The section of RESULTS.md on `gomusl build`; empty when nothing was built. `scored`: rows with truth, by toolchain. */
export function renderBuilt(rows: BuiltRow[], scored: Record<string, Scored>): string[] {
  if (rows.length === 0) return [];
  const good = ({ built }: BuiltRow) => isGood(built);
  const defects = rows.filter((row) => isPromised(row) && !good(row));
  const unmade = rows.filter((row) => hasRecipes(row) && !good(row));
  const lost = rows.filter((row) => row.libcReason && !good(row) && !defects.includes(row));
  const refused = rows.filter(({ built }) => built.outcome === 'refused');
  const alarms = refused.filter(({ truth }) => truth.outcome === 'builds');
  const lacking = refused.filter(({ built }) => lacksLibrary(built));
  const told = [unmade, lost, alarms, lacking].flat();
  return [
    '## `gomusl build` against the plain build',
    '',
    'Made by `npm run corpus -- --build`: each scored row by `gomusl build`, with what check offers where it says',
    '`blocked`: a tag, a patch of a module, `gomusl lib add`; then `gomusl verify`, and a start: a program with `--version`,',
    '`version` or `--help`, a library as the program that uses its whole API. What counts as a reason of libc:',
    'libc-reason.ts. Each row has the commit that built it in built.generated.json.',
    '',
    ...lineTable(figures, rows, scored),
    '',
    ...section('Defects: promised, and not kept', table(defects)),
    ...section('A recipe has the library, and it is not built', table(unmade)),
    ...section('Of libc, and not rescued', table(lost)),
    ...section('Refused, though the plain build ends well', table(alarms)),
    ...section('Refused for a library that no recipe builds', libraryTable(lacking)),
    ...section('Refused for another reason', table(refused.filter((row) => !told.includes(row)))),
    ...section('Rescued', table(rows.filter((row) => row.truth.outcome !== 'builds' && good(row)))),
  ];
}

function section(title: string, lines: string[]): string[] {
  return [`### ${title}`, '', ...(lines.length === 0 ? ['None.'] : lines), ''];
}

function table(rows: BuiltRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    '| row | toolchain | plain build | check | build | why, or by what |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ id, truth, built }) => {
      const plain = truth.cause === null ? truth.outcome : `${truth.cause.kind} \`${short(truth.cause.name ?? '')}\``;
      return `| ${id} | ${truth.toolchain.name} | ${plain} | ${built.verdict} | ${ending(built)} | ${short(reason(built))} |`;
    }),
  ];
}

/** Libraries that are asked for together, and the rows that ask. */
function libraryTable(rows: BuiltRow[]): string[] {
  const byLibrary = new Map<string, Map<string, string[]>>();
  for (const { id, truth, built } of rows) {
    const wanted = (built.missing ?? []).join(', ');
    const ids = byLibrary.get(wanted) ?? new Map<string, string[]>();
    byLibrary.set(wanted, ids.set(id, [...(ids.get(id) ?? []), truth.toolchain.name]));
  }
  if (byLibrary.size === 0) return [];
  const sorted = [...byLibrary].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '| libraries | rows |',
    '|---|---|',
    ...sorted.map(([wanted, ids]) => {
      const each = [...ids].map(([id, names]) => `${id} (${names.join(', ')})`);
      return `| ${short(wanted)} | ${each.join('<br>')} |`;
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
  const unbuilt = Object.entries(built.unbuilt ?? {}).map(([name, said]) => `lib add ${name}: ${said}`);
  if (built.outcome === 'refused') return [...unbuilt, ...built.blockers].join(', ');
  if (built.cause !== null) return built.cause;
  if (built.ran?.end === 'died' || (built.smoke !== null && built.ran?.code !== 0)) return built.ran?.said ?? '';
  return [...built.tags.map((tag) => `tag ${tag}`), ...built.remedies].join(', ');
}

function short(text: string): string {
  const line = text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return line.length > 160 ? `${line.slice(0, 160)} …` : line;
}
