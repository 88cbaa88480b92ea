import { likeliest } from '../c/macro.ts';
import { mark } from '../c/output.ts';
import type { UndeclaredUse } from '../c/resolution.ts';
import type { Libc, NameFact } from '../libc/libc.ts';
import type { Place } from '../model/place.ts';
import type { NameUse } from '../model/view.ts';
import { ownText, type Translated, type Translation } from './translate.ts';

/** A place that a unit shows, and the module it is in. */
export interface Shown {
  place: Place;
  placeModule: string | null;
}

/** The uses that a unit's own text has of names that nothing declares, each name once a form and certainty. */
export function nameUses(
  translated: Translated,
  shownAt: (file: number, position: number) => Shown,
  keep: (use: UndeclaredUse) => boolean,
): NameUse[] {
  const { text, names } = translated;
  if (names === null) return [];
  const found = new Map<string, NameUse>();
  for (const use of names.uses) {
    if (!ownText(text, use.token) || !keep(use)) continue;
    const made = nameUse(translated, use, shownAt);
    const key = [made.name, made.form, made.reached, made.certain, made.enabledBy.join(' ')].join('\0');
    if (!found.has(key)) found.set(key, made);
  }
  return [...found.values()];
}

/** One use with its place, and whether the compiler is sure to see it. */
export function nameUse(
  translated: Translated,
  use: UndeclaredUse,
  shownAt: (file: number, position: number) => Shown,
): NameUse {
  const { output, enabling } = translated.text;
  const marks = output.marks[use.token] as number;
  return {
    name: use.name,
    form: use.form,
    reached: (marks & mark.undecided) === 0 ? 'true' : 'unknown',
    certain: use.certain && (marks & mark.afterUnread) === 0,
    ...shownAt(output.file[use.token] as number, output.position[use.token] as number),
    enabledBy: [...enabling.names(output.enabling[use.token] as number)],
  };
}

/**
 * Whether a name that nothing declares is worth telling. Where no libc header was read, only one that the tables miss
 * in musl; behind a header that is not there, likewise: that header could declare any other.
 */
export function tellsOf(translated: Translated, translation: Translation): (name: string, token: number) => boolean {
  const { libc, cache, compiler } = translation;
  const profile = profileOf((name) => {
    const state = translated.text.macros.get(cache.spellings.of(name));
    return state !== undefined && likeliest(state) !== undefined;
  });
  const tables = compiler.includeDirs.length === 0;
  const { marks } = translated.text.output;
  return (name, token) => {
    const unread = ((marks[token] as number) & mark.afterUnread) !== 0;
    return !(tables || unread) || missingByTables(libc, name, profile);
  };
}

/** The letter of data/libc/README.md for the feature macros of a unit: which profile its libc headers show. */
function profileOf(isDefined: (name: string) => boolean): string {
  const large = isDefined('_LARGEFILE64_SOURCE');
  if (isDefined('_GNU_SOURCE') || isDefined('_ALL_SOURCE')) return large ? 'L' : 'g';
  if (large) return 'l';
  if (isDefined('_BSD_SOURCE') || isDefined('_DEFAULT_SOURCE')) return 'd';
  if (isDefined('_XOPEN_SOURCE')) return 'x';
  if (isDefined('_POSIX_C_SOURCE') || isDefined('_POSIX_SOURCE')) return 'p';
  return isDefined('__STRICT_ANSI__') ? 's' : 'd';
}

/**
 * Where no header text was read: whether the tables say that musl does not show the name in this profile. Names that
 * musl declares are then taken for declared, whichever header the unit includes.
 */
function missingByTables(libc: Libc, name: string, profile: string): boolean {
  const facts = libc.names(name);
  const shown = (fact: NameFact) => fact.musl === 'declared' && (fact.needs === '' || fact.visibleIn.includes(profile));
  return facts.length > 0 && !facts.some(shown);
}
