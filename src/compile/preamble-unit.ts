import type { CFile } from '../c/header-cache.ts';
import { mark } from '../c/output.ts';
import type { UndeclaredUse } from '../c/resolution.ts';
import { placeInPreamble } from '../go/preamble.ts';
import type { CNameUse, GoFacts, Preamble } from '../model/facts.ts';
import type { Place } from '../model/place.ts';
import type { NameUse, Unit } from '../model/view.ts';
import { preamblePrologue } from './export-header.ts';
import { nameUse, nameUses, type Shown, tellsOf } from './name-uses.ts';
import type { Owner } from './owner.ts';
import { type Translated, type Translation, translate } from './translate.ts';
import { unitOf } from './unit.ts';

/** C spellings of the types that cgo names itself (cmd/cgo/gcc.go, nameToC). */
const spelled: Record<string, string> = {
  schar: 'signed char',
  uchar: 'unsigned char',
  ushort: 'unsigned short',
  uint: 'unsigned int',
  ulong: 'unsigned long',
  longlong: 'long long',
  ulonglong: 'unsigned long long',
  complexfloat: 'float _Complex',
  complexdouble: 'double _Complex',
};

/** What cgo asks the C compiler about for `C.name` (cmd/cgo/gcc.go, cname). */
export function cSpelling(name: string): string {
  if (Object.hasOwn(spelled, name)) return spelled[name] as string;
  if (name === 'malloc') return '_CMalloc';
  const tagged = /^(struct|union|enum)_(.*)$/s.exec(name);
  if (tagged !== null) return `${tagged[1]} ${tagged[2]}`;
  return name.startsWith('sizeof_') ? `sizeof(${cSpelling(name.slice('sizeof_'.length))})` : name;
}

/** `struct x` for `C.struct_x` and `C.sizeof_struct_x`; null for other names. */
function tagOf(name: string): string | null {
  const plain = name.replace(/^(sizeof_)+/, '');
  return /^(struct|union|enum)_./.test(plain) ? cSpelling(plain) : null;
}

/** The text that cgo gives the compiler for one Go file: where each part begins, in lines from 1. */
interface Composed {
  text: string;
  parts: { line: number; preamble: Preamble }[];
  /** Line of the first question; one line a name. */
  questions: number;
  names: CNameUse[];
}

function compose(facts: GoFacts): Composed {
  const pieces = [preamblePrologue];
  let line = preamblePrologue.split('\n').length;
  const parts: Composed['parts'] = [];
  for (const preamble of facts.preambles) {
    parts.push({ line, preamble });
    pieces.push(preamble.text, '\n');
    line += preamble.text.split('\n').length;
  }
  const names = [...new Map([...facts.cNames].reverse().map((use) => [use.name, use])).values()].reverse();
  for (const [index, use] of names.entries()) {
    if (tagOf(use.name) !== null) pieces.push('\n');
    else pieces.push(`void __cgo_f_${index}(void) { __typeof__(${cSpelling(use.name)}) *__cgo_undefined__; }\n`);
  }
  return { text: pieces.join(''), parts, questions: line, names };
}

/** What cgo gives the compiler for one Go file without its questions, and the Go file's place of a line and column of it. */
export function preambleSource(facts: GoFacts): { text: string; placeOf(line: number, column: number): Place | null } {
  const composed = compose({ ...facts, cNames: [] });
  const placeOf = (line: number, column: number) => placeIn(composed, facts, line, column);
  return { text: composed.text, placeOf };
}

function placeIn(composed: Composed, facts: GoFacts, line: number, column: number): Place | null {
  const part = composed.parts.findLast((one) => one.line <= line);
  return part === undefined ? null : placeInPreamble(part.preamble, facts.path, line - part.line + 1, column);
}

/** Translates the preambles of one Go file, and asks of every `C.name` what cgo asks. `path` is absolute. */
export function preambleUnit(
  facts: GoFacts,
  path: string,
  translation: Translation,
  ownerOf: (path: string) => Owner,
): { unit: Unit; limit: string | null } {
  const { cache, libc } = translation;
  const composed = compose(facts);
  const main = cache.parse(path, new TextEncoder().encode(composed.text), false);
  const translated = translate(main, translation);
  const { files, output, limit } = translated.text;
  const lineOf = (position: number) => main.source.at(position);
  const shownAt = (index: number, position: number): Shown => {
    const file = files[index]?.file;
    if (file !== undefined && file !== main && file.path.startsWith('/')) {
      const owner = ownerOf(file.path);
      return { place: { file: owner.file, ...file.source.at(position) }, placeModule: owner.module };
    }
    const at = lineOf(position);
    const question = composed.names[at.line - composed.questions];
    if (question !== undefined) return { place: question.place, placeModule: null };
    const begin = { file: facts.path, line: facts.preambles[0]?.line ?? 1, column: 1 };
    const place = (file === main ? placeIn(composed, facts, at.line, at.column) : null) ?? begin;
    return { place, placeModule: null };
  };
  const questionOf = (use: UndeclaredUse): CNameUse | undefined => {
    if (files[output.file[use.token] as number]?.file !== main) return undefined;
    return composed.names[lineOf(output.position[use.token] as number).line - composed.questions];
  };

  const tells = tellsOf(translated, translation);
  const names = nameUses(translated, shownAt, (use) => questionOf(use) === undefined && tells(use.name, use.token));
  names.push(...answers(translated, composed, questionOf, shownAt, tells));
  names.push(...missingTags(translated, composed, translation, tells));
  names.push(...emptyMacros(translated, composed, translation));
  // cgo compiles preambles with warnings off, which turns no error into a warning.
  const implicit = translation.implicit;
  const unit = unitOf(facts.path, 'preamble', translated, names, implicit, shownAt, cache, libc);
  return { unit, limit: limit ?? notC(translated, translation, main, shownAt) };
}

/**
 * Says where the preamble's own text stops to be C that can be followed; null when it is C throughout. Only where every
 * header was read: a type that is not known makes the text around it unclear too.
 */
function notC(
  { names, text }: Translated,
  { compiler }: Translation,
  main: CFile,
  shownAt: (file: number, position: number) => Shown,
): string | null {
  const unread = text.includes.some((use) => use.found === 'nowhere');
  if (compiler.includeDirs.length === 0 || unread || !names) return null;
  const { file, position } = text.output;
  const own = (token: number) => text.files[file[token] as number]?.file === main;
  const token = names.lostAt.find(own);
  if (token === undefined) return null;
  const { line, column } = shownAt(file[token] as number, position[token] as number).place;
  return `the preamble is not C that can be followed from ${line}:${column} on`;
}

/**
 * Tags that nothing in the unit so much as mentions: Go then sees an incomplete type, of which it can only have
 * pointers. Certain only for a tag that glibc has, since such a one is used for its members.
 */
function missingTags(
  translated: Translated,
  composed: Composed,
  translation: Translation,
  tells: (name: string, token: number) => boolean,
): NameUse[] {
  const { cache, libc } = translation;
  const last = Math.max(0, translated.text.output.count - 1);
  return composed.names.flatMap((use) => {
    const tag = tagOf(use.name);
    const id = cache.spellings.of(tag?.split(' ')[1] ?? '');
    if (tag === null || translated.names?.scopes.tags.has(id) || !tells(tag, last)) return [];
    const certain = libc.names(tag).length > 0 && !unsure(translated);
    return [{ name: tag, form: 'type', reached: 'true', certain, place: use.place, placeModule: null, enabledBy: [] }];
  });
}

/** `#define X` with nothing behind it: `C.X` is then no expression. */
function emptyMacros(translated: Translated, composed: Composed, translation: Translation): NameUse[] {
  return composed.names.flatMap((use) => {
    const state = translated.text.macros.get(translation.cache.spellings.of(use.name));
    if (state?.defined !== true || state.params !== null || state.body.length > 0 || state.builtin) return [];
    const certain = !unsure(translated);
    return [
      { name: use.name, form: 'cgo', reached: 'true', certain, place: use.place, placeModule: null, enabledBy: [] },
    ];
  });
}

/** Whether something was not read that could declare more. */
function unsure(translated: Translated): boolean {
  const { output } = translated.text;
  return output.count > 0 && ((output.marks[output.count - 1] as number) & mark.afterUnread) !== 0;
}

/** The `C.name`s that the compiler can't make sense of. */
function answers(
  translated: Translated,
  composed: Composed,
  questionOf: (use: UndeclaredUse) => CNameUse | undefined,
  shownAt: (file: number, position: number) => Shown,
  tells: (name: string, token: number) => boolean,
): NameUse[] {
  const found = new Map<string, NameUse>();
  for (const use of translated.names?.uses ?? []) {
    const question = questionOf(use);
    if (question === undefined || found.has(question.name)) continue;
    const inner = use.name === question.name ? null : use.name;
    if (!tells(use.name, use.token)) continue;
    const made = nameUse(translated, use, shownAt);
    found.set(question.name, {
      ...made,
      name: question.name,
      form: 'cgo',
      certain: (translated.names?.lostAt.length === 0 || use.certain) && made.certain,
      ...(inner === null ? {} : { expandsTo: inner }),
    });
  }
  return composed.names.flatMap((name) => found.get(name.name) ?? []);
}
