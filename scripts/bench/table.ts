import { readFileSync, writeFileSync } from 'node:fs';
import { type Compared, machine, type PairTimes, type Spread } from './pairs.ts';

/** Puts the figures between the two marks of that name in docs/performance.md, and prints them. */
export function writeTable(mark: string, labels: [string, string], times: PairTimes, pairs: number): void {
  const milliseconds = ({ min, median, max }: Spread) =>
    [min, median, max].map((value) => `${Math.round(value * 1000)} ms`).join(' | ');
  const plain = ({ min, median, max }: Spread) => [min, median, max].map((value) => value.toFixed(2)).join(' | ');
  const rows = ({ first, second, difference, ratio }: Compared, figure: string) => [
    `| \`${labels[0]}\`, ${figure} | ${milliseconds(first)} |`,
    `| \`${labels[1]}\`, ${figure} | ${milliseconds(second)} |`,
    `| second minus first, ${figure} | ${milliseconds(difference)} |`,
    `| second divided by first, ${figure} | ${plain(ratio)} |`,
  ];
  const table = [
    `${new Date().toISOString().slice(0, 10)}, ${pairs} pairs in turn after one to warm up; ${machine()}.`,
    '',
    '| whole process, pair by pair | min | median | max |',
    '| --- | ---: | ---: | ---: |',
    ...rows(times.wall, 'wall'),
    ...rows(times.cpu, 'CPU'),
  ].join('\n');
  fillMarks('performance', mark, table);
}

/** Puts text between the two marks of that name in docs/PAGE.md, and prints it. */
export function fillMarks(page: string, mark: string, content: string): void {
  const file = new URL(`../../docs/${page}.md`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const pattern = new RegExp(`(<!-- ${mark}: written by .* -->)[\\s\\S]*?(<!-- end of ${mark} -->)`);
  if (!pattern.test(text)) throw new Error(`docs/${page}.md has no marks for ${mark}`);
  writeFileSync(
    file,
    text.replace(pattern, (_, begin, end) => `${begin}\n\n${content}\n\n${end}`),
  );
  process.stdout.write(`${content}\n`);
}
