import { readFileSync, writeFileSync } from 'node:fs';
import { machine, type PairTimes, type Spread } from './pairs.ts';

const page = new URL('../../docs/performance.md', import.meta.url);

/** Puts the figures between the two marks of that name in docs/performance.md, and prints them. */
export function writeTable(mark: string, labels: [string, string], times: PairTimes, pairs: number): void {
  const milliseconds = ({ min, median, max }: Spread) =>
    [min, median, max].map((value) => `${Math.round(value * 1000)} ms`).join(' | ');
  const plain = ({ min, median, max }: Spread) => [min, median, max].map((value) => value.toFixed(2)).join(' | ');
  const table = [
    `${new Date().toISOString().slice(0, 10)}, ${pairs} pairs in turn after one to warm up; ${machine()}.`,
    '',
    '| whole process, wall time | min | median | max |',
    '| --- | ---: | ---: | ---: |',
    `| \`${labels[0]}\` | ${milliseconds(times.first)} |`,
    `| \`${labels[1]}\` | ${milliseconds(times.second)} |`,
    `| second minus first, pair by pair | ${milliseconds(times.difference)} |`,
    `| second divided by first, pair by pair | ${plain(times.ratio)} |`,
  ].join('\n');
  const text = readFileSync(page, 'utf8');
  const pattern = new RegExp(`(<!-- ${mark}: written by .* -->)[\\s\\S]*?(<!-- end of ${mark} -->)`);
  if (!pattern.test(text)) throw new Error(`docs/performance.md has no marks for ${mark}`);
  writeFileSync(
    page,
    text.replace(pattern, (_, begin, end) => `${begin}\n\n${table}\n\n${end}`),
  );
  process.stdout.write(`${table}\n`);
}
