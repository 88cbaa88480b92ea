// `npm run agree`: how far our readers agree with the tools of binutils; writes the figures into docs/agree.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreeOnObjects, type ObjectFigures } from './agree-objects.ts';
import { root } from './generated.ts';

const page = join(root, 'docs/agree.md');
const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
const musl = '/usr/lib/x86_64-linux-musl';

function table(figures: ObjectFigures): string {
  const percent = (wrong: number, all: number) => (all === 0 ? '–' : `${(100 * (1 - wrong / all)).toFixed(3)} %`);
  return [
    '| what | read | differences | agreement |',
    '|---|---|---|---|',
    `| symbols of ${figures.files} files with ${figures.members} objects, against \`readelf\` | ${figures.symbols} | ${figures.differences} | ${percent(figures.differences, figures.symbols)} |`,
    `| entries of archive indexes, against \`nm --print-armap\` | ${figures.indexed} | ${figures.indexDifferences} | ${percent(figures.indexDifferences, figures.indexed)} |`,
    '',
  ].join('\n');
}

const figures = agreeOnObjects([cache, musl], (path) =>
  process.stderr.write(`${path.replace(cache, '$GOMODCACHE')}\n`),
);
for (const example of figures.examples) process.stdout.write(`${example.replace(cache, '$GOMODCACHE')}\n`);
process.stdout.write(table(figures));
const [head = '', tail = ''] = readFileSync(page, 'utf8').split(/<!-- objects -->[\s\S]*<!-- end of objects -->/);
writeFileSync(page, `${head}<!-- objects -->\n\n${table(figures)}\n<!-- end of objects -->${tail}`);
process.exitCode = figures.differences + figures.indexDifferences > 0 ? 1 : 0;
