// Compiles src/ into dist/ and puts the grammar and the data that are read at run time beside it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { disk } from '../src/io/disk.ts';
import { loadPatches } from '../src/patch/load.ts';
import { loadRecipes } from '../src/recipe/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
mkdirSync(join(dist, 'go'), { recursive: true });
cpSync(
  join(dirname(require.resolve('tree-sitter-go/package.json')), 'tree-sitter-go.wasm'),
  join(dist, 'go/tree-sitter-go.wasm'),
);
cpSync(join(root, 'src/libc/generated'), join(dist, 'libc/generated'), { recursive: true });
for (const folder of ['shims', 'headers']) {
  cpSync(join(root, 'src/build', folder), join(dist, 'build', folder), {
    recursive: true,
    filter: (path) => !path.includes('.test.'),
  });
}
const patches = loadPatches(join(root, 'patches'), disk);
writeFileSync(join(dist, 'patch/patches.json'), JSON.stringify(patches));
writeFileSync(join(dist, 'recipe/recipes.json'), JSON.stringify(loadRecipes(join(root, 'recipes'), disk)));
mkdirSync(join(dist, 'data'));
for (const name of readdirSync(join(root, 'data')).filter((file) => file.endsWith('.yaml'))) {
  const table: unknown = parse(readFileSync(join(root, 'data', name), 'utf8'));
  writeFileSync(join(dist, 'data', name.replace(/yaml$/, 'json')), JSON.stringify(table));
}
