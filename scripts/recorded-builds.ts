// What was recorded of whole builds of musl: Debian's directly, upstream's by undoing Debian's changes.
import { recordedBuilds } from '../src/libc/columns.ts';
import { type DebianRow, type Recorded, rows } from './libc-tables.ts';

const debian = new Map(rows<DebianRow>('musl_debian').map((row) => [row.version, row]));

function changes(version: string): DebianRow {
  const row = debian.get(version);
  if (!row) throw new Error(`data/libc/musl_debian.json: no row for ${version}`);
  return row;
}

/** A letter for one build out of the architectures that have the name. */
function letter(arches: Set<string>): string {
  if (arches.has('amd64')) return arches.has('arm64') ? '*' : 'a';
  return arches.has('arm64') ? 'r' : '-';
}

function arches(of: Recorded, build: string): Set<string> {
  return new Set(of.in.filter((one) => one.startsWith(`${build}/`)).map((one) => one.slice(build.length + 1)));
}

/** By symbol of libc.a, a letter a recorded build. */
export function exportLetters(): Map<string, string> {
  const letters = new Map<string, string>();
  for (const group of rows<Recorded>('musl_exports')) {
    for (const name of group.names) {
      const text = recordedBuilds.map((build) => {
        const [version = '', flavor] = build.split('-');
        if (flavor === undefined && changes(version).symbols_added.includes(name)) return '-';
        if (flavor === undefined && changes(version).symbols_dropped.includes(name)) return '*';
        return letter(arches(group, `${version}-debian`));
      });
      if (text.some((one) => one !== '-')) letters.set(name, text.join(''));
    }
  }
  return letters;
}

/** By header and macro of musl, a letter a recorded build; architectures count together. */
export function macroLetters(): { header: string; name: string; letters: string }[] {
  return rows<Recorded>('musl_macros').flatMap((group) => {
    const header = group.hdr ?? '';
    return group.names.flatMap((name) => {
      const text = recordedBuilds.map((build) => {
        const [version = '', flavor] = build.split('-');
        const row = changes(version);
        if (flavor === undefined && (row.headers_added.includes(header) || row.macros_added.includes(name))) return '-';
        return letter(arches(group, `${version}-debian`)) === '-' ? '-' : '*';
      });
      return text.some((one) => one !== '-') ? [{ header, name, letters: text.join('') }] : [];
    });
  });
}
