// Turns the tables of data/libc into src/libc/generated: one file a kind of query, only what rules ask.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { type Column, recordedBuilds, type TableName } from '../src/libc/columns.ts';
import { compareVersions } from '../src/libc/libc-ref.ts';
import { type Generated, root, stale, write } from './generated.ts';
import {
  type CorrectionRow,
  type DebianRow,
  type FunctionRow,
  type HeaderRow,
  type LibraryRow,
  type MacroRow,
  type MuslOnlyRow,
  rows,
  type SymbolRow,
  type TypeRow,
} from './libc-tables.ts';
import { exportLetters, macroLetters } from './recorded-builds.ts';

const stateLetters: Record<string, string> = {
  ok: 'd',
  macro: 'd',
  inline: 'd',
  func: 'd',
  type: 'd',
  nodecl: 'u',
  declonly: 'x',
  none: 'a',
};

const corrections = new Map(rows<CorrectionRow>('corrections').map((row) => [row.name, row]));
const debian = rows<DebianRow>('musl_debian');
const exported = exportLetters();
const macros = macroLetters();
const macroHeaders = new Map<string, typeof macros>();
for (const one of macros) macroHeaders.set(one.name, [...(macroHeaders.get(one.name) ?? []), one]);

/** Status words of a row for one recorded build: the tables know upstream 1.2.6, 1.2.5, and Debian's 1.2.3. */
function tableState(row: { st?: string; st_1_2_5?: string; st_debian_1_2_3?: string }, version: string): string {
  const newest = row.st ?? 'none';
  const word = { '1.2.3': row.st_debian_1_2_3 ?? newest, '1.2.5': row.st_1_2_5 ?? newest }[version] ?? newest;
  const letter = stateLetters[word];
  if (letter === undefined) throw new Error(`unknown status ${word}`);
  return letter;
}

/** A function's letters: what the headers say by the table, what libc.a has by the record. */
function functionStates(row: FunctionRow): string {
  const inHeaders = (row.musl_hdr ?? '').split('|').filter((one) => one !== '');
  return recordedBuilds
    .map((build, index) => {
      const [version = '', flavor] = build.split('-');
      const changed = debian.find((one) => one.version === version);
      const letter = tableState(row, version);
      const has = (exported.get(row.name)?.[index] ?? '-') !== '-';
      const left = inHeaders.filter((one) =>
        flavor ? !changed?.headers_dropped.includes(one) : !changed?.headers_added.includes(one),
      );
      if (row.st === 'macro' && row.musl_removed === null && letter === 'd') return 'd';
      if (row.st === 'inline') return letter;
      const declaredHere =
        letter === 'd' ||
        letter === 'x' ||
        (has && left.length > 0 && row.musl_vis !== undefined && row.st !== 'macro');
      if (declaredHere && left.length > 0) {
        if (has) return 'd';
        return letter === 'd' && row.st === 'macro' ? 'd' : 'x';
      }
      return has ? 'u' : 'a';
    })
    .join('');
}

/** A macro's letters: the record of the headers where it has the name, else the table (constants, functions). */
function macroStates(row: MacroRow): string {
  return recordedBuilds
    .map((build, index) => {
      const [version = '', flavor] = build.split('-');
      const found = macroHeaders.get(row.name);
      if (found?.some((one) => one.letters[index] === '*')) return 'd';
      if (row.kind !== 'enum' && row.st === 'ok' && found) return 'a';
      if (!flavor && debian.some((one) => one.version === version && one.headers_added.includes(row.musl_hdr ?? '')))
        return 'a';
      return tableState(row, version);
    })
    .join('');
}

function typeStates(row: TypeRow): string {
  return recordedBuilds
    .map((build) => {
      const [version = '', flavor] = build.split('-');
      const added = debian.some((one) => one.version === version && one.headers_added.includes(row.glibc_hdr ?? ''));
      if (added && row.st_debian_1_2_3 === 'ok') return flavor ? 'd' : 'a';
      return tableState(row, version);
    })
    .join('');
}

/** The LFS64 names: those that musl before 1.2.4 had beside a plain name. */
function isLfs64(row: { musl_vis?: string; musl_removed?: string | null; grp?: string }): boolean {
  return row.musl_vis === 'lL' || (row.grp === 'lfs64' && row.musl_removed === '1.2.4');
}

/**
 * Profiles that show a name in musl; where the builds of 1.2.3 differ, theirs after `|`. Until 1.2.3 _GNU_SOURCE showed
 * the LFS64 names (the condition in its headers reads `_LARGEFILE64_SOURCE || _GNU_SOURCE`).
 */
function visibility(row: { name?: string; musl_vis?: string; musl_removed?: string | null; grp?: string }): string {
  const newest = row.musl_vis ?? '';
  const measured = corrections.get(row.name ?? '')?.musl_vis_1_2_3;
  const older = measured ?? (isLfs64(row) && !newest.includes('g') ? `g${newest}` : newest);
  return older === newest ? newest : `${newest}|${older}`;
}

function fact(fields: (string | null | undefined)[]): string {
  return fields
    .map((one) => one ?? '')
    .join(';')
    .replace(/;+$/, '');
}

/** Names grouped by their fact, in the order of the first name. */
function column(entries: Iterable<[name: string, fact: string]>): Column {
  const groups = new Map<string, string[]>();
  for (const [name, text] of entries) {
    if (/[,;"\n\\]/.test(name)) throw new Error(`name with a separator: ${name}`);
    const list = groups.get(text);
    if (list) list.push(name);
    else groups.set(text, [name]);
  }
  return [...groups].map(([text, names]) => [text, `,${names.join(',')},`]);
}

function functions(): [string, string][] {
  const known = rows<FunctionRow>('functions');
  const listed = new Set(known.map((row) => row.name));
  const own = rows<MuslOnlyRow>('musl_only').filter(
    (row) => (row.kind === 'func' || row.kind === 'var') && !listed.has(row.name),
  );
  return [
    ...known.map((row): [string, string] => {
      const flags = `${isLfs64(row) ? '6' : ''}${row.type_differs ? '!' : ''}`;
      const kind = row.kind === 'var' ? 'v' : 'f';
      return [
        row.name,
        fact([
          kind,
          row.glibc_hdr,
          row.glibc_vis,
          row.musl_hdr,
          visibility(row),
          row.musl_since,
          row.musl_removed,
          functionStates(row),
          flags,
          row.glibc_lib,
        ]),
      ];
    }),
    ...own.map((row): [string, string] => {
      const letters = [...(exported.get(row.name) ?? '------')].map((one) => (one === '-' ? 'a' : 'd')).join('');
      return [
        row.name,
        fact([row.kind === 'var' ? 'v' : 'f', '', '', row.musl_hdr, visibility(row), row.musl_since, '', letters]),
      ];
    }),
  ];
}

function macroFacts(): [string, string][] {
  const known = rows<MacroRow>('macros');
  const listed = new Set(known.map((row) => row.name));
  const own = rows<MuslOnlyRow>('musl_only').filter(
    (row) => (row.kind === 'macro' || row.kind === 'fmacro') && !listed.has(row.name),
  );
  const declared = new Map(functions().map(([name, text]) => [name, text.split(';')[7] ?? '']));
  return [
    ...known.map((row): [string, string] => {
      const kind = row.kind === 'enum' ? 'c' : 'm';
      const flags = `${isLfs64(row) ? '6' : ''}${row.diff ? '!' : ''}`;
      return [
        row.name,
        fact([
          kind,
          row.glibc_hdr,
          row.glibc_vis,
          row.musl_hdr,
          visibility(row),
          row.musl_since,
          row.musl_removed,
          macroStates(row),
          flags,
        ]),
      ];
    }),
    ...own.map((row): [string, string] => {
      const letters = macroStates({
        name: row.name,
        kind: 'macro',
        musl_since: null,
        st: 'ok',
        musl_hdr: row.musl_hdr,
      });
      return [
        row.name,
        fact(['m', '', '', row.musl_hdr, visibility(row), row.musl_since, '', letters, isLfs64(row) ? '6' : '']),
      ];
    }),
    ...rows<{ hdr: string; names: string[] }>('macros_missing_headers').flatMap((group) =>
      group.names.flatMap((name): [string, string][] => {
        if (listed.has(name)) return [];
        const other = macroStates({ name, kind: 'macro', musl_since: null, st: 'none' });
        const letters = [...other].map((one, index) => (declared.get(name)?.[index] === 'd' ? 'd' : one)).join('');
        return [[name, fact(['m', group.hdr, '', '', '', '', '', letters])]];
      }),
    ),
  ];
}

function types(): [string, string][] {
  const all = rows<TypeRow>('types');
  const listed = new Set(all.flatMap((row) => row.name ?? []));
  const own = rows<MuslOnlyRow>('musl_only').filter((row) => row.kind === 'type' && !listed.has(row.name));
  return [
    ...all.flatMap((row): [string, string][] => {
      if (row.missing_header !== undefined) {
        return (row.names ?? []).map((name) => [name, fact(['t', row.missing_header, '', '', '', '', '', 'aaaaaa'])]);
      }
      const name = row.name ?? '';
      const flags = `${isLfs64(row) ? '6' : ''}${row.size || row.missing_fields ? '!' : ''}`;
      const by = row.st === 'macro' ? macroHeaders.get(name.replace(/^\w+ /, ''))?.map((one) => one.header) : undefined;
      const inMusl = by ? by.join('|') : row.musl_hdr;
      return [
        [
          name,
          fact([
            't',
            row.glibc_hdr,
            row.glibc_vis,
            inMusl,
            visibility(row),
            row.musl_since,
            row.musl_removed,
            typeStates(row),
            flags,
          ]),
        ],
      ];
    }),
    ...own.map((row): [string, string] => {
      const since = row.musl_since ?? corrections.get(row.name)?.musl_since ?? '';
      const letters = recordedBuilds.map((build) => {
        const [version = '', flavor] = build.split('-');
        const changed = debian.find((one) => one.version === version);
        if (flavor && changed?.headers_dropped.includes(row.musl_hdr)) return 'a';
        return since !== '' && compareVersions(version, since) < 0 ? 'a' : 'd';
      });
      return [row.name, fact(['t', '', '', row.musl_hdr, row.musl_vis, since, '', letters.join('')])];
    }),
  ];
}

function headers(): [string, string][] {
  return rows<HeaderRow>('headers')
    .filter((row) => row.org !== 'third-party')
    .map((row) => {
      const owner = { kernel: 'k', compiler: 'c' }[row.org as string] ?? 'l';
      const glibc = row.org === 'glibc' || row.org === 'libxcrypt' ? '1' : '';
      const patched = row.debian_musl === undefined ? '' : row.debian_musl ? '+' : '-';
      return [row.hdr, fact([owner, glibc, row.musl_since, row.musl_removed, patched])];
    });
}

/** Libraries that belong to a libc: glibc's packages, libnsl (which glibc had until 2.31) and musl's empty archives. */
function libraries(): [string, string][] {
  const ofLibc = new Set(['libc6-dev', 'libcrypt-dev', 'libnsl-dev']);
  return rows<LibraryRow>('libs').flatMap((row): [string, string][] => {
    if (row.musl === 'empty archive') {
      return [[row.lib, row['debian_bookworm_1.2.3'] === false ? 'empty-not-debian' : 'empty']];
    }
    return row.musl === null && ofLibc.has(row.glibc_pkg ?? '') ? [[row.lib, 'absent']] : [];
  });
}

function symbols(): [string, string][] {
  return rows<SymbolRow>('internal_symbols').map((row) => [
    row.name,
    fact([row.cat, row.lib, row.musl_since, row.musl_removed, row.provided_by ? '1' : '']),
  ]);
}

/** A list of data/*.yaml as JSON, one entry a line: reading YAML takes too long at run time. */
function listed(name: string, key: string): Generated {
  const document = parse(readFileSync(join(root, `data/${name}.yaml`), 'utf8')) as Record<string, unknown[]>;
  const entries = (document[key] ?? []).map((one) => JSON.stringify(one));
  return { [`src/libc/generated/${name}.json`]: `[\n${entries.join(',\n')}\n]\n` };
}

/** The generated tables, by path from the root. */
export function generateLibc(): Generated {
  const tables: Record<TableName, Column> = {
    functions: column(functions()),
    macros: column(macroFacts()),
    types: column(types()),
    headers: column(headers()),
    libraries: column(libraries()),
    symbols: column(symbols()),
    exports: column(exported),
    'musl-macros': column(macros.map((one) => [one.name, fact([one.header, one.letters])])),
  };
  const packed = Object.fromEntries(
    Object.entries(tables).map(([name, groups]) => [
      `src/libc/generated/${name}.json`,
      `[\n${groups.map((group) => JSON.stringify(group)).join(',\n')}\n]\n`,
    ]),
  );
  return { ...packed, ...listed('symbol-families', 'families'), ...listed('semantics', 'semantics') };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = generateLibc();
  if (process.argv.includes('--check')) {
    const old = stale(files);
    if (old.length > 0) {
      process.stderr.write(`stale generated files: ${old.join(', ')}; run npm run generate:libc\n`);
      process.exitCode = 1;
    }
  } else {
    write(files);
  }
}
