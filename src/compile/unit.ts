import type { HeaderCache } from '../c/header-cache.ts';
import type { IncludeEvent, Reach } from '../c/preprocessed.ts';
import { kind as tokenKind } from '../c/spelling.ts';
import type { Libc } from '../libc/libc.ts';
import type { Place } from '../model/place.ts';
import type { ErrorDirective, IncludeUse, NameUse, Reached, Unit } from '../model/view.ts';
import { literalCalls } from './literal-calls.ts';
import type { Shown } from './name-uses.ts';
import { definedSymbols, referencedSymbols } from './symbols.ts';
import { projectMacros, type Translated } from './translate.ts';

function reached(reach: Reach): Reached {
  return reach.undecided || reach.stopped ? 'unknown' : 'true';
}

/** Where an include was found, in the words of the view. */
function foundIn(event: IncludeEvent, libc: Libc): IncludeUse['found'] {
  if (event.found !== 'system') return event.found;
  return libc.header(event.header)?.owner ?? 'libc';
}

function includes(
  translated: Translated,
  shownAt: (file: number, position: number) => Shown,
  libc: Libc,
): IncludeUse[] {
  const seen = new Map<string, IncludeUse>();
  for (const event of translated.text.includes) {
    const use: IncludeUse = {
      header: event.header,
      form: event.form,
      reached: reached(event),
      found: foundIn(event, libc),
      ...shownAt(event.file, event.position),
    };
    const key = `${use.header}\0${use.placeModule}\0${use.place.file}\0${use.place.line}`;
    if (!seen.has(key)) seen.set(key, use);
  }
  return [...seen.values()];
}

/** The identifiers of a C++ file and of the project's headers that it enters, whatever their conditions say. */
function wordsOf({ main, text }: Translated, cache: HeaderCache): Unit['words'] {
  const own = new Set<string>();
  const headers = new Set<string>();
  for (const { file, kind: folder } of text.files) {
    if (folder !== 'module' && folder !== 'flags') continue;
    const words = file === main ? own : headers;
    const { tokens } = file;
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kind[at] === tokenKind.identifier) words.add(cache.spellings.text(tokens.id[at] as number));
    }
  }
  return { own: [...own], headers: [...headers] };
}

/** Where the package's own module first uses what the unit needs from outside. */
function referencePlaces(
  { names, text }: Translated,
  references: readonly string[],
  shownAt: (file: number, position: number) => Shown,
): Record<string, Place> {
  const places: Record<string, Place> = {};
  for (const name of references) {
    const token = names?.firstUse.get(names.spellings.of(name));
    if (token === undefined) continue;
    const { place, placeModule } = shownAt(text.output.file[token] as number, text.output.position[token] as number);
    if (placeModule === null) places[name] = place;
  }
  return places;
}

/** Puts what was found of a unit into the view's shape. */
export function unitOf(
  file: string,
  kind: Unit['kind'],
  translated: Translated,
  names: NameUse[],
  implicit: 'error' | 'warning',
  shownAt: (file: number, position: number) => Shown,
  cache: HeaderCache,
  libc: Libc,
): Unit {
  // A compiler's own C++ headers are not read exactly enough to believe an #error of theirs.
  const told = translated.text.errors.filter((error) => kind !== 'cxx' || !error.system);
  const errors: ErrorDirective[] = told.map((error) => ({
    message: error.message,
    reached: reached(error),
    ...shownAt(error.file, error.position),
  }));
  // Of a text that was cut off, what it defines is not known, and so neither what it needs from outside.
  const resolved = translated.text.limit === null ? translated.names : null;
  const referenced = resolved && referencedSymbols(resolved);
  return {
    file,
    kind,
    macros: projectMacros(translated.text, cache),
    includes: includes(translated, shownAt, libc),
    names,
    errors,
    refusedDates: translated.refusedDates.map((date) => ({
      macro: date.macro,
      reached: reached(date),
      ...shownAt(date.file, date.position),
    })),
    implicitDeclarations: implicit,
    defines: resolved && definedSymbols(resolved),
    references: referenced?.all ?? null,
    referencePlaces: referencePlaces(translated, referenced?.all ?? [], shownAt),
    implicitCalls: implicit === 'warning' ? (referenced?.implicit ?? []) : [],
    unread: null,
    refusal: null,
    words: kind === 'cxx' ? wordsOf(translated, cache) : null,
    parallel: translated.text.parallel,
    literals: literalCalls(translated, cache, shownAt),
    largestFrame: translated.names?.largestFrame ?? 0,
  };
}
