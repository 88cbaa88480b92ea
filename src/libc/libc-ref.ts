import type { LibcRef } from '../model/target.ts';
import { recordedBuilds } from './columns.ts';

/** Reads `1.2.3` or `1.2.3-debian`; null when the text is neither. */
export function parseLibcRef(text: string): LibcRef | null {
  const match = /^(\d{1,3}\.\d{1,3}\.\d{1,3})(-debian)?$/.exec(text);
  if (!match?.[1]) return null;
  return { name: 'musl', version: match[1], flavor: match[2] ? 'debian' : 'upstream' };
}

/** Builds of musl that the tables were recorded from, oldest first, upstream before Debian's. */
export function knownLibcs(): LibcRef[] {
  return recordedBuilds.flatMap((build) => parseLibcRef(build) ?? []);
}

/** The same as a person names them: `1.2.5`, `1.2.3-debian`. */
export function libcNames(): string[] {
  return knownLibcs().map(({ version, flavor }) => (flavor === 'upstream' ? version : `${version}-${flavor}`));
}

/** Negative when version `a` is older than `b`, 0 when equal. A version that is no release (`git-…`) is newest. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < 3; i++) {
    const l = left[i] ?? 0;
    const r = right[i] ?? 0;
    if (Number.isNaN(l) || Number.isNaN(r)) return Number(Number.isNaN(l)) - Number(Number.isNaN(r));
    if (l !== r) return l - r;
  }
  return 0;
}

/** Whether a version lies in `[since, removed)`. Without `since` it lies in none; an empty `removed` is never. */
export function inRange(version: string, since: string, removed: string): boolean {
  if (since === '' || compareVersions(version, since) < 0) return false;
  return removed === '' || compareVersions(version, removed) < 0;
}

/**
 * Index into `recordedBuilds` of the build that answers for `ref`: itself, else the next newer release of that flavor
 * (ranges of data/libc then take away what came later), else the newest.
 */
export function recordedIndex(ref: LibcRef): number {
  const known = knownLibcs();
  const same = known.map((one, index) => ({ one, index })).filter(({ one }) => one.flavor === ref.flavor);
  const next = same.find(({ one }) => compareVersions(one.version, ref.version) >= 0) ?? same.at(-1);
  return next?.index ?? known.length - 1;
}
