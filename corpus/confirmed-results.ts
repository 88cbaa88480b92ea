import { type Comparison, figures } from './compare.ts';
import { figureLines } from './results.ts';
import { rowId } from './row.ts';

/** Accuracy without and with `--confirm`, over the rows that were asked in both ways. */
export function renderConfirmed(plain: Comparison[], confirmed: Comparison[]): string[] {
  if (confirmed.length === 0) return [];
  const keyOf = ({ truth }: Comparison) => `${rowId(truth.row)} ${truth.toolchain.name}`;
  const before = new Map(plain.map((one) => [keyOf(one), one]));
  const both = confirmed.filter((one) => before.has(keyOf(one)));
  const parts = ['## Without and with `--confirm`', ''];
  parts.push('The targets are for check alone. With `--confirm` it compiles the C files that it could not decide.', '');
  for (const name of [...new Set(both.map(({ truth }) => truth.toolchain.name))]) {
    const after = both.filter(({ truth }) => truth.toolchain.name === name);
    const without = figures(after.flatMap((one) => before.get(keyOf(one)) ?? []));
    const withIt = figures(after);
    parts.push(`| ${name}: figure | without | with | target |`, '|---|---|---|---|');
    parts.push(
      ...figureLines.map(([what, say, goal]) => `| ${what} | ${say(without)} | ${say(withIt)} | ${goal} |`),
      '',
    );
  }
  const said = ({ prediction }: Comparison) => `${prediction.outcome} ${prediction.stage ?? ''}`;
  const other = both.filter((one) => said(one) !== said(before.get(keyOf(one)) ?? one));
  const rows = other.map((one) => `${keyOf(one)}: ${said(before.get(keyOf(one)) ?? one)}→ ${said(one)}`);
  parts.push(`Rows on which it says something else with it: ${rows.length === 0 ? 'none' : rows.join('; ')}.`, '');
  return parts;
}
