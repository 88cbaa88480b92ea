import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A row of modules.yaml: what to build, and nothing about how it ends. */
export interface Row {
  /** Module path, or `std`. */
  module: string;
  /** Empty for std. */
  version: string;
  package: string;
  tags: string[];
  kind: 'program' | 'library';
}

interface WrittenRow {
  module: string;
  version?: string;
  package?: string;
  tags?: string[];
  kind?: Row['kind'];
}

/** The rows of modules.yaml, in file order. Throws on a row that is there twice. */
export function readRows(path: URL): Row[] {
  const { rows } = parse(readFileSync(path, 'utf8')) as { rows: WrittenRow[] };
  const full = rows.map((row) => ({
    module: row.module,
    version: row.version ?? '',
    package: row.package ?? row.module,
    tags: row.tags ?? [],
    kind: row.kind ?? ('library' as const),
  }));
  const seen = new Set<string>();
  for (const row of full) {
    const id = rowId(row);
    if (seen.has(id)) throw new Error(`modules.yaml has ${id} twice`);
    seen.add(id);
  }
  return full;
}

/** A name for the row that is a file name too: module, version, package below the module, tags. */
export function rowId(row: Row): string {
  const below = row.module === 'std' ? row.package : row.package.slice(row.module.length + 1);
  const parts = [row.version === '' ? row.module : `${row.module}@${row.version}`, below, row.tags.join(',')];
  const [name = '', inside = '', tags = ''] = parts.map((part) => part.replaceAll('/', '_'));
  return name + (inside === '' ? '' : `_${inside}`) + (tags === '' ? '' : `+${tags}`);
}
