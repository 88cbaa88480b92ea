// `npm run agree [-- headers|objects]`: how far our readers agree with the tools of binutils and with compilers; writes the figures into docs/agree.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreeOnHeaders, type HeaderFigures } from './agree-headers.ts';
import { agreeOnObjects, type ObjectFigures } from './agree-objects.ts';
import { root } from './generated.ts';

const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
const musl = '/usr/lib/x86_64-linux-musl';

function percent(wrong: number, all: number): string {
  return all === 0 ? '–' : `${(100 * (1 - wrong / all)).toFixed(3)} %`;
}

function table(figures: ObjectFigures): string {
  return [
    '| what | read | differences | agreement |',
    '|---|---|---|---|',
    `| symbols of ${figures.files} files with ${figures.members} objects, against \`readelf\` | ${figures.symbols} | ${figures.differences} | ${percent(figures.differences, figures.symbols)} |`,
    `| entries of archive indexes, against \`nm --print-armap\` | ${figures.indexed} | ${figures.indexDifferences} | ${percent(figures.indexDifferences, figures.indexed)} |`,
    '',
  ].join('\n');
}

function headerTable(all: HeaderFigures[]): string {
  return [
    '| toolchain | files and preambles | with the same headers | agreement | headers entered | differences |',
    '|---|---|---|---|---|---|',
    ...all.map(
      (of) =>
        `| ${of.toolchain} | ${of.units} | ${of.equal} | ${percent(of.units - of.equal, of.units)} | ${of.headers} | ${of.differences} |`,
    ),
    '',
  ].join('\n');
}

/** Puts a table between its marks on the page. */
function put(mark: string, text: string): void {
  const marks = new RegExp(`<!-- ${mark} -->[\\s\\S]*<!-- end of ${mark} -->`);
  const page = join(root, 'docs/agree.md');
  const [head = '', tail = ''] = readFileSync(page, 'utf8').split(marks);
  writeFileSync(page, `${head}<!-- ${mark} -->\n\n${text}\n<!-- end of ${mark} -->${tail}`);
  process.stdout.write(text);
}

const say = (text: string) => process.stderr.write(`${text.replace(cache, '$GOMODCACHE')}\n`);
const halves = process.argv.slice(2);
const wanted = (half: 'objects' | 'headers') => halves.length === 0 || halves.includes(half);
let good = true;
if (wanted('headers')) {
  const figures = await agreeOnHeaders(say);
  for (const example of figures.flatMap((of) => of.examples)) say(example);
  put('headers', headerTable(figures));
  good = figures.every((of) => of.equal >= 0.99 * of.units);
}
if (wanted('objects')) {
  const figures = agreeOnObjects([cache, musl], say);
  for (const example of figures.examples) say(example);
  put('objects', table(figures));
  good &&= figures.differences + figures.indexDifferences === 0;
}
process.exitCode = good ? 0 : 1;
