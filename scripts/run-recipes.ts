// npm run recipes [-- --toolchain zig] [-- NAME…]
// Builds every recipe with each toolchain by `gomusl lib add`, which links and runs its proof, and writes
// recipes/RESULTS.md. What is built in the user's cache is not built again.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { disk } from '../src/io/disk.ts';
import { loadRecipes } from '../src/recipe/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'recipes');
const file = join(folder, 'results.json');

/** What became of one recipe with one toolchain. */
interface Row {
  recipe: string;
  toolchain: string;
  /** Of the recipe that was built. */
  hash: string;
  /** Bytes of its archives; null when it was not built. */
  bytes: number | null;
  /** How it was proven, or why it was not built. */
  told: string;
}

const { values, positionals } = parseArgs({
  options: { toolchain: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const recipes = loadRecipes(folder, disk);
const toolchains = values.toolchain ?? ['musl-gcc', 'zig'];
execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });

function kept(): Row[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row[]) : [];
}

function bytesOf(lib: string): number {
  const archives = existsSync(lib) ? readdirSync(lib).filter((name) => name.endsWith('.a')) : [];
  return archives.reduce((sum, name) => sum + statSync(join(lib, name)).size, 0);
}

function build(recipe: string, hash: string, toolchain: string): Row {
  const words = [join(root, 'bin/gomusl.js'), 'lib', 'add', recipe, '--toolchain', toolchain];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const built = [...stdout.matchAll(/^ {2}(\/.*)$/gm)].at(-1)?.[1];
  if (status !== 0 || built === undefined) {
    const line = stderr.trim().split('\n').at(-1) ?? '';
    // Paths of this machine are nothing for a table.
    const told = line.replace(/^gomusl: /, '').split(/: \/|; the log/)[0] ?? '';
    return { recipe, toolchain, hash, bytes: null, told };
  }
  const { proof } = JSON.parse(readFileSync(join(built, 'library.json'), 'utf8')) as { proof: string };
  return { recipe, toolchain, hash, bytes: bytesOf(join(built, 'lib')), told: proof };
}

for (const { name, hash, cxx } of recipes) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const toolchain of toolchains) {
    if (cxx && toolchain === 'musl-gcc') continue;
    const row = build(name, hash, toolchain);
    process.stderr.write(`${name}, ${toolchain}: ${row.told}\n`);
    // Read again each time: another run may have added rows.
    const others = kept().filter((one) => one.recipe !== name || one.toolchain !== toolchain);
    write([...others, row]);
  }
}

function cell(rows: Row[], recipe: string, hash: string, toolchain: string): string {
  const row = rows.find((one) => one.recipe === recipe && one.toolchain === toolchain);
  if (row?.hash !== hash) return 'not tried';
  if (row.bytes === null) return `not built: ${row.told}`;
  return `${Math.round(row.bytes / 1000)} kB, ${row.told}`;
}

function write(rows: Row[]): void {
  const ordered = [...rows].sort((a, b) => (a.recipe + a.toolchain < b.recipe + b.toolchain ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(ordered, null, 2)}\n`);
  const names = ['musl-gcc', 'zig'];
  const lines = recipes.map(({ name, version, licence, hash, cxx }) => {
    const cells = names.map((one) => (cxx && one === 'musl-gcc' ? 'has no C++' : cell(rows, name, hash, one)));
    return `| ${[name, version, licence, ...cells].join(' | ')} |`;
  });
  const text = `# Recipes, built and run

Written by \`npm run recipes\`: the size of the archives, and what the proof printed that was linked with them, for linux/amd64.

| recipe | version | licence | ${names.join(' | ')} |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
  writeFileSync(join(folder, 'RESULTS.md'), text);
}
