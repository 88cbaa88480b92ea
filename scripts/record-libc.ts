// Records what one build of musl exports and which macros its headers define, into data/libc/musl_exports.json and
// data/libc/musl_macros.json. data/libc/README.md has the commands that were run. Usage:
//   tsx scripts/record-libc.ts BUILD GOARCH --include FOLDER… --archive FILE…
// Facts of that build and architecture that were recorded before are replaced.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './generated.ts';

interface Group {
  /** Header that defines the names; absent in musl_exports.json. */
  hdr?: string;
  /** `BUILD/GOARCH`, sorted. */
  in: string[];
  names: string[];
}

/** Global symbols that the archives define, by `nm`. */
function exported(archives: string[]): Set<string> {
  const symbols = new Set<string>();
  for (const archive of archives) {
    const text = execFileSync('nm', ['-g', '--defined-only', archive], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const line of text.split('\n')) {
      const words = line.trim().split(/\s+/);
      if (words.length === 3 && words[2]) symbols.add(words[2]);
    }
  }
  return symbols;
}

/**
 * Names that a `#define` line of a header gives, under whatever condition, by header. What a private header
 * (`bits/…`) defines counts for the public ones that include it, when these are few.
 */
function defined(folders: string[]): Map<string, Set<string>> {
  const own = new Map<string, Set<string>>();
  const includers = new Map<string, Set<string>>();
  for (const folder of folders) readFolder(folder, own, includers);
  const found = new Map<string, Set<string>>();
  for (const [hdr, names] of own) {
    const by = [...(includers.get(hdr) ?? [])].filter((one) => !one.startsWith('bits/'));
    const owners = hdr.startsWith('bits/') && by.length > 0 && by.length <= 3 ? by : [hdr];
    for (const owner of owners) found.set(owner, new Set([...(found.get(owner) ?? []), ...names]));
  }
  return found;
}

function readFolder(folder: string, own: Map<string, Set<string>>, includers: Map<string, Set<string>>): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'latin1').replaceAll('\\\n', ' ');
    const hdr = relative(folder, path);
    const names = [...text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)/gm)].map((match) => match[1] ?? '');
    own.set(hdr, new Set([...(own.get(hdr) ?? []), ...names]));
    for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*<(bits\/[^>]+)>/gm)) {
      const included = match[1] ?? '';
      includers.set(included, new Set([...(includers.get(included) ?? []), hdr]));
    }
  }
}

/** Replaces what `build` had in a file of groups by `names` (key: header, or empty). */
function merge(file: string, build: string, names: Map<string, Set<string>>): void {
  const path = join(root, 'data/libc', file);
  const builds = new Map<string, Set<string>>();
  const key = (hdr: string, name: string) => `${hdr}\t${name}`;
  const groups = JSON.parse(readFileSync(path, 'utf8')) as Group[];
  const add = (of: string, to: string) => {
    const set = builds.get(of) ?? new Set<string>();
    set.add(to);
    builds.set(of, set);
  };
  for (const group of groups) {
    for (const name of group.names) {
      for (const one of group.in) if (one !== build) add(key(group.hdr ?? '', name), one);
    }
  }
  for (const [hdr, set] of names) for (const name of set) add(key(hdr, name), build);
  const lines = new Map<string, string[]>();
  for (const of of [...builds.keys()].sort()) {
    const [hdr = '', name = ''] = of.split('\t');
    const list = [...(builds.get(of) ?? [])].sort();
    const head = JSON.stringify(hdr === '' ? { in: list } : { hdr, in: list });
    lines.set(head, [...(lines.get(head) ?? []), name]);
  }
  const text = [...lines].map(([head, list]) => `${head.slice(0, -1)},"names":${JSON.stringify(list)}}`);
  writeFileSync(path, `[\n${text.join(',\n')}\n]\n`);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { include: { type: 'string', multiple: true }, archive: { type: 'string', multiple: true } },
});
const [build, goarch] = positionals;
if (!build || !goarch || !values.include || !values.archive) {
  throw new Error('usage: record-libc.ts BUILD GOARCH --include FOLDER… --archive FILE…');
}
merge('musl_exports.json', `${build}/${goarch}`, new Map([['', exported(values.archive)]]));
merge('musl_macros.json', `${build}/${goarch}`, defined(values.include));
