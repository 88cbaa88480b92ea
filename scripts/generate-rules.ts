// Writes what follows from the rule folders: src/rules/index.generated.ts, docs/rules/GMxxx.md and the table of rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generated, root } from './generated.ts';

/** All files that the rule folders give, by path from the root. */
export async function generateRules(): Promise<Generated> {
  const folder = join(root, 'src/rules');
  const names = readdirSync(folder)
    .filter((name) => /^gm\d{3}-/.test(name))
    .sort();
  const files: Generated = {};
  const imports: string[] = [];
  const list: string[] = [];
  const rows: string[] = [];
  for (const name of names) {
    const { rule } = (await import(join(folder, name, 'rule.ts'))) as {
      rule: { id: string; title: string; stage: string; severity: string };
    };
    if (rule.id.toLowerCase() !== name.slice(0, 5)) throw new Error(`src/rules/${name}: its rule says ${rule.id}`);
    const local = rule.id.toLowerCase();
    imports.push(`import { rule as ${local} } from './${name}/rule.ts';`);
    list.push(`  ${local},`);
    rows.push(`| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.stage} | ${rule.severity} |`);
    const page = readFileSync(join(folder, name, 'rule.md'), 'utf8');
    if (!page.startsWith(`# ${rule.id}: `))
      throw new Error(`src/rules/${name}/rule.md: must begin with "# ${rule.id}: "`);
    files[`docs/rules/${rule.id}.md`] = page;
  }
  files['src/rules/index.generated.ts'] = [
    '// Generated from the folders beside this file by `npm run generate`. Do not edit.',
    ...imports,
    "import type { Rule } from './rule.ts';",
    '',
    '/** All rules, in the order of their ids. */',
    'export const rules: readonly Rule[] = [',
    ...list,
    '];',
    '',
  ].join('\n');
  files['docs/rules/README.md'] = [
    '# Rules',
    '',
    'Generated from `src/rules/` by `npm run generate`. GM1xx hurts when C is compiled, GM2xx when it is linked, GM3xx when the program runs, GM4xx is about the environment and the toolchain, GM5xx about an executable that is there already.',
    '',
    '| rule | what it finds | stage | severity |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  return files;
}
