import type { Diagnostic } from '../buildlog/diagnostic.ts';
import type { ObjectFacts } from '../model/object.ts';
import type { Place } from '../model/place.ts';
import type { CompilerRefusal, NameUse, Unit } from '../model/view.ts';
import { isMade } from './questions.ts';
import { isImplicitCall, isOpen } from './undecided.ts';

/**
 * A unit that the compiler takes: what reading was not sure of is none, and the object says what it needs, `taken` with
 * it: what the object does not show.
 */
export function accepted(unit: Unit, object: ObjectFacts, taken: readonly string[]): Unit {
  const symbols = object.symbols.filter(({ name }) => !isMade(name));
  const needed = symbols.filter(({ section, binding }) => section === null && binding !== 'weak');
  const references = [...new Set([...needed.map(({ name }) => name), ...taken])].sort();
  const left = new Set(references);
  return {
    ...unit,
    names: unit.names.filter((use) => isImplicitCall(use, unit) && left.has(use.name)).map(decided),
    includes: unit.includes.filter(({ found }) => found !== 'nowhere'),
    errors: [],
    unread: null,
    implicitCalls: [],
    // What C++ units need is not asked of them elsewhere either.
    ...(unit.kind === 'cxx'
      ? {}
      : {
          references,
          defines: symbols.flatMap(({ name, section }) => (section === null ? [] : [name])).sort(),
        }),
  };
}

/** A unit that cgo stops at, since nothing declares these `C.name`s. */
export function undeclared(unit: Unit, names: readonly string[]): Unit {
  const isNamed = (use: NameUse) => use.form === 'cgo' && names.includes(use.name);
  return { ...unit, names: unit.names.map((use) => (isNamed(use) ? decided(use) : use)), unread: null };
}

/** A unit that the compiler refuses; `placeOf` gives the module's place of an error. */
export function refused(unit: Unit, errors: Diagnostic[], placeOf: (error: Diagnostic) => Place | null): Unit {
  const said = (name: string) => errors.some((error) => blames(error, name));
  const isOwn = (use: NameUse) => said(use.name);
  // Without a fatal one all errors were told, and what may have been one is none.
  const all = !errors.some(({ text }) => text.includes('fatal error: '));
  const told = unit.names.filter((use) => isOwn(use) || !(all && isOpen(use)));
  const names = told.map((use) => (isOwn(use) ? decided(use) : { ...use, reached: 'unknown' as const }));
  const includes = unit.includes.map((use) =>
    use.found === 'nowhere' && said(use.header) ? { ...use, reached: 'true' as const } : use,
  );
  const directives = unit.errors.map((error) =>
    errors.some(({ text }) => text.includes(error.message)) ? { ...error, reached: 'true' as const } : error,
  );
  const known =
    names.some(isOwn) ||
    includes.some(({ found, reached }) => found === 'nowhere' && reached === 'true') ||
    directives.some(({ reached }) => reached === 'true');
  return {
    ...unit,
    names,
    includes,
    errors: directives,
    unread: null,
    implicitDeclarations: names.some((use) => isOwn(use) && use.form === 'call') ? 'error' : unit.implicitDeclarations,
    refusal: known ? null : refusalOf(unit, errors[0] as Diagnostic, placeOf),
  };
}

function refusalOf(unit: Unit, error: Diagnostic, placeOf: (error: Diagnostic) => Place | null): CompilerRefusal {
  return {
    message: error.text.replace(/^.*?\b(?:fatal )?error: /, ''),
    name: error.name,
    place: placeOf(error) ?? { file: unit.file, line: 1, column: 1 },
  };
}

/** Whether an error names that, with its keyword or without: `struct x` is `x` to some compilers. */
function blames({ name }: Diagnostic, wanted: string): boolean {
  const bare = (text: string) => text.replace(/^(?:struct|union|enum) /, '');
  return name !== null && bare(name) === bare(wanted);
}

function decided(use: NameUse): NameUse {
  return isOpen(use) ? { ...use, reached: 'true', certain: true } : use;
}
