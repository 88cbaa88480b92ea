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

/** Whether libc.a defines a symbol: as recorded for that build, else by range for names that have one. */
export function exportsSymbol(symbol: string, build: Build, goarch?: string): boolean {
  const letter = table('exports').get(symbol)[0]?.[build.index] ?? '-';
  if (letter === 'a' && goarch !== undefined && goarch !== 'amd64') return false;
  if (letter === 'r' && goarch !== undefined && goarch !== 'arm64') return false;
  const recorded = recordedBuilds[build.index]?.replace('-debian', '');
  if (recorded === build.ref.version) return letter !== '-';
  const known = range(symbol);
  if (known === null || known[0] === '') return letter !== '-';
  return inRange(build.ref.version, known[0], known[1]);
}
