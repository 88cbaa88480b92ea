import { readTable } from '../io/data.ts';
import type { Build } from './build.ts';
import { recordedBuilds, table } from './columns.ts';
import { inRange } from './libc-ref.ts';

/** Since and removed of a symbol that the tables of functions or of internal symbols list; null when neither does. */
function range(symbol: string): [since: string, removed: string] | null {
  const named = table('functions').get(symbol)[0]?.split(';');
  if (named) return [named[5] ?? '', named[6] ?? ''];
  const reserved = table('symbols').get(symbol)[0]?.split(';');
  return reserved ? [reserved[2] ?? '', reserved[3] ?? ''] : null;
}

interface ArchitectureTable {
  architectures: Record<string, { sets: 'time64'[]; names: string }>;
  time64: string;
}

const beyond = new Map<string, Set<string>>();

/** What libc.a of an architecture without tables of its own defines besides: data/libc-architectures.yaml. */
function ownNames(goarch: string): Set<string> {
  let names = beyond.get(goarch);
  if (names === undefined) {
    const read = readTable('libc-architectures.yaml') as ArchitectureTable;
    const { sets, names: own } = read.architectures[goarch] ?? { sets: [], names: '' };
    names = new Set([own, ...sets.map((set) => read[set])].flatMap((text) => text.split(/\s+/)));
    beyond.set(goarch, names);
  }
  return names;
}

/** Whether libc.a defines a symbol: as recorded for that build, else by range for names that have one. */
export function exportsSymbol(symbol: string, build: Build, goarch?: string): boolean {
  if (goarch !== undefined && goarch !== 'amd64' && goarch !== 'arm64' && ownNames(goarch).has(symbol)) return true;
  const letter = table('exports').get(symbol)[0]?.[build.index] ?? '-';
  if (letter === 'a' && goarch !== undefined && goarch !== 'amd64') return false;
  if (letter === 'r' && goarch !== undefined && goarch !== 'arm64') return false;
  const recorded = recordedBuilds[build.index]?.replace('-debian', '');
  if (recorded === build.ref.version) return letter !== '-';
  const known = range(symbol);
  if (known === null || known[0] === '') return letter !== '-';
  return inRange(build.ref.version, known[0], known[1]);
}
