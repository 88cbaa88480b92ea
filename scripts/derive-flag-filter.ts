// Derives data/go-flag-filter.yaml: which flags cmd/go takes from `#cgo` lines, by Go version.
//   npx tsx scripts/derive-flag-filter.ts GOROOT… > data/go-flag-filter.yaml      (of as many versions as there are)
// Reads the lists of src/cmd/go/internal/work/security.go.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lists = [
  'validCompilerFlags',
  'validCompilerFlagsWithNextArg',
  'invalidLinkerFlags',
  'validLinkerFlags',
  'validLinkerFlagsWithNextArg',
];

/** Entries of one list in the source. */
function entries(source: string, list: string): string[] {
  const text = new RegExp(`var ${list} = .*\\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? '';
  return [...text.matchAll(/^\s*(?:re\(`([^`]*)`\)|"([^"]*)"),/gm)].map((match) => match[1] ?? match[2] ?? '');
}

const versions = process.argv
  .slice(2)
  .map((root) => {
    const version = /go1\.(\d+)(?:\.(\d+))?/.exec(readFileSync(join(root, 'VERSION'), 'utf8'));
    const [minor, patch] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
    const source = readFileSync(join(root, 'src/cmd/go/internal/work/security.go'), 'utf8');
    return { minor, patch, of: new Map(lists.map((list) => [list, entries(source, list)])) };
  })
  .sort((a, b) => a.minor - b.minor || a.patch - b.patch);
const name = (at: number) => `${versions[at]?.minor}.${versions[at]?.patch}`;

const out = [
  '# Flags that cmd/go takes from #cgo lines: regular expressions that must match the whole flag, and flags that take',
  '# the next word. Columns: first version of Go 1 that has the entry, first later one that lacks it (- where none), entry.',
  `# Derived by scripts/derive-flag-filter.ts from cmd/go/internal/work/security.go of Go 1.x, x being`,
  `# ${versions.map((_, at) => name(at)).join(' ')}.`,
];
for (const list of lists) {
  const all = [...new Set(versions.toReversed().flatMap((version) => version.of.get(list) ?? []))];
  out.push(`${list}: |`);
  for (const entry of all) {
    const having = versions.map((version) => version.of.get(list)?.includes(entry) ?? false);
    const since = having.indexOf(true);
    const lacks = having.indexOf(false, since);
    out.push(`  ${since === 0 ? '-' : name(since)} ${lacks < 0 ? '-' : name(lacks)} ${entry}`);
  }
}
process.stdout.write(`${out.join('\n')}\n`);
