// npm run new:patch -- NAME FILE [GO-RELEASE]: the folder of a new patch, with everything that is checked filled in.
// NAME becomes patches/NAME; FILE is the path in Go's tree that it changes, such as src/net/conf.go.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scaffold } from './patch-scaffold.ts';

const [name = '', file = '', release = '1.26'] = process.argv.slice(2);
const folder = join(fileURLToPath(new URL('../patches', import.meta.url)), name);
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || !/^src\/[\w./-]+$/.test(file) || !/^\d+\.\d+(\.\d+)?$/.test(release)) {
  process.stderr.write('usage: npm run new:patch -- NAME src/PATH/OF/FILE.go [1.26]\n');
  process.exit(2);
}
if (existsSync(folder)) {
  process.stderr.write(`${folder} exists already\n`);
  process.exit(1);
}
mkdirSync(join(folder, 'probe'), { recursive: true });
for (const [path, text] of Object.entries(scaffold(name, file, release))) {
  writeFileSync(join(folder, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
}
process.stdout.write(`patches/${name}: write the diff, then follow docs/how-to-add-a-patch.md\n`);
