// The object half of `npm run agree`: our reader against readelf and nm, symbol for symbol, on every archive, object and
// shared object of ELF in Go's module cache (fill it with `npm run corpus`) and in musl's folder.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { memberSource, readArchive } from '../src/elf/archive.ts';
import { readObjectSource } from '../src/elf/object.ts';
import { fileSource } from '../src/elf/source.ts';
import { disk } from '../src/io/disk.ts';
import type { ObjectFacts, ObjectSymbol } from '../src/model/object.ts';

export interface ObjectFigures {
  files: number;
  members: number;
  symbols: number;
  /** Symbols that one side has and the other has not, or has otherwise. */
  differences: number;
  /** Symbols of archive indexes, and those on which we differ from `nm --print-armap`. */
  indexed: number;
  indexDifferences: number;
  examples: string[];
}

const most = 1024 * 1024 * 1024;
/** What it prints, whatever its exit code: one odd member makes readelf fail at the end. */
function run(command: string, args: string[]): string {
  const env = { LC_ALL: 'C', PATH: process.env.PATH };
  const child = spawnSync(command, args, {
    encoding: 'latin1',
    maxBuffer: most,
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
  if (child.error) throw child.error;
  return child.stdout;
}

function* binaries(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // Go's own toolchains hold archives of the Go compiler, which are none for a C linker.
    if (entry.isDirectory() && !entry.name.startsWith('toolchain@')) yield* binaries(path);
    else if (entry.isFile() && /\.(a|o|syso|so(\.[0-9.]+)?)$/.test(entry.name)) yield path;
  }
}

/** What identifies a symbol on both sides: name, binding, type, hidden or not, defined, absolute, common or undefined. */
type Line = string;

const readelfKinds: Record<string, string> = {
  FUNC: 'function',
  OBJECT: 'object',
  TLS: 'tls',
  IFUNC: 'ifunc',
  COMMON: 'common',
};

/** Symbols by member (empty for a bare object), as readelf prints them. */
function readelfSymbols(path: string): Map<string, Line[]> {
  const dynamic = /\.so(\.[0-9.]+)?$/.test(path);
  const members = new Map<string, Line[]>();
  let own: Line[] = [];
  members.set('', own);
  let count = 0;
  for (const line of run('readelf', [dynamic ? '--dyn-syms' : '-s', '-W', path]).split('\n')) {
    const file = /^File: .*\((.*)\)$/.exec(line);
    if (file) {
      own = [];
      members.set(`${count++} ${file[1]}`, own);
      continue;
    }
    const found = /^\s*\d+: [0-9a-f]+\s+\S+ (\S+)\s+(\S+)\s+(\S+)\s+(?:\[.*?\]\s+)?(\S+) (.*)$/.exec(line);
    if (!found) continue;
    const [, type = '', binding = '', visibility = '', section = '', shown = ''] = found;
    const name = dynamic ? shown.replace(/@.*$/, '') : shown.replace(/ \[.*\]$/, '');
    if (binding === 'LOCAL' || type === 'SECTION' || type === 'FILE' || name === '') continue;
    const place = section === 'UND' ? 'undefined' : section === 'ABS' || section === 'COM' ? 'outside' : 'defined';
    const kind = section === 'COM' ? 'common' : (readelfKinds[type] ?? 'other');
    const hidden = visibility === 'HIDDEN' || visibility === 'INTERNAL';
    own.push([name, binding.toLowerCase(), kind, place, hidden].join(' '));
  }
  return members;
}

function ourLine(symbol: ObjectSymbol): Line {
  const place = symbol.section === null ? 'undefined' : symbol.section === -1 ? 'outside' : 'defined';
  return [symbol.name, symbol.binding, symbol.kind, place, symbol.hidden].join(' ');
}

/** Index entries of an archive as nm prints them: `symbol in member`. */
function armap(path: string): Map<string, string> {
  const index = new Map<string, string>();
  for (const line of run('nm', ['--print-armap', path]).split('\n')) {
    if (line.startsWith('/') || line.startsWith('bfd plugin:') || / [A-Za-z] /.test(line)) continue;
    const found = /^(.*) in (.*)$/.exec(line);
    if (found && !index.has(found[1] ?? '')) index.set(found[1] ?? '', found[2] ?? '');
  }
  return index;
}

function compare(figures: ObjectFigures, where: string, ours: Line[], theirs: Line[]): void {
  figures.members++;
  figures.symbols += theirs.length;
  const left = new Map<string, number>();
  for (const line of ours) left.set(line, (left.get(line) ?? 0) + 1);
  for (const line of theirs) left.set(line, (left.get(line) ?? 0) - 1);
  for (const [line, count] of left) {
    if (count === 0) continue;
    figures.differences += Math.abs(count);
    if (figures.examples.length < 20)
      figures.examples.push(`${where}: ${line} (${count > 0 ? 'only ours' : 'only readelf'})`);
  }
}

function compareFile(figures: ObjectFigures, path: string): void {
  const archive = readArchive(path, disk);
  if (archive === null) {
    const source = fileSource(path, disk);
    const facts: ObjectFacts | null = source && readObjectSource(source);
    if (facts?.format !== 'elf') return;
    figures.files++;
    compare(figures, path, facts.symbols.map(ourLine), readelfSymbols(path).get('') ?? []);
    return;
  }
  const members = archive.members.map((member, at) => {
    const source = memberSource(path, archive, at, disk);
    return { member, facts: source && readObjectSource(source) };
  });
  if (!members.some(({ facts }) => facts?.format === 'elf')) return;
  figures.files++;
  const theirs = readelfSymbols(path);
  for (const [at, { member, facts }] of members.entries()) {
    if (facts?.format === 'elf')
      compare(figures, `${path}(${member.name})`, facts.symbols.map(ourLine), theirs.get(`${at} ${member.name}`) ?? []);
  }
  if (archive.index === null) return;
  const index = armap(path);
  figures.indexed += index.size;
  for (const [symbol, member] of index) {
    if (archive.members[archive.index[symbol] ?? -1]?.name === member) continue;
    figures.indexDifferences++;
    if (figures.examples.length < 20) figures.examples.push(`${path}: index has ${symbol} in ${member}`);
  }
}

/** Compares every ELF archive and object below the folders. */
export function agreeOnObjects(folders: string[], progress: (path: string) => void): ObjectFigures {
  const figures: ObjectFigures = {
    files: 0,
    members: 0,
    symbols: 0,
    differences: 0,
    indexed: 0,
    indexDifferences: 0,
    examples: [],
  };
  for (const folder of folders) {
    for (const path of binaries(folder)) {
      progress(path);
      compareFile(figures, path);
    }
  }
  return figures;
}
