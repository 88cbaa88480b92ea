import { endsBeforeUnits } from '../compile/compile-view.ts';
import type { CompileView, NameUse, Unit } from '../model/view.ts';

/**
 * Units of a package of which reading alone can't say whether the compiler takes them, or what their objects need; in
 * the order of the build, and none that it would not come to.
 */
export function undecidedUnits(view: CompileView): Unit[] {
  if (endsBeforeUnits(view)) return [];
  const preambles = view.units.filter(({ kind }) => kind === 'preamble');
  if (preambles.some(isSureToFail)) return [];
  const files = view.units.filter(({ kind }) => kind !== 'preamble');
  const first = files.findIndex(isSureToFail);
  return [...preambles, ...(first < 0 ? files : files.slice(0, first))].filter(isUndecided);
}

/** Whether a use is no error though nothing declares it: what is left of the call only the object shows. */
export function isImplicitCall(use: NameUse, unit: Unit): boolean {
  return use.form === 'call' && unit.implicitDeclarations === 'warning';
}

/** Whether a use may be an error, and may be none. */
export function isOpen(use: NameUse): boolean {
  return use.reached === 'unknown' || !use.certain;
}

function isSureToFail(unit: Unit): boolean {
  return (
    unit.refusal !== null ||
    unit.errors.some(({ reached }) => reached === 'true') ||
    unit.refusedDates.some(({ reached }) => reached === 'true') ||
    unit.includes.some(({ found, reached }) => found === 'nowhere' && reached === 'true') ||
    unit.names.some((use) => !isOpen(use) && !isImplicitCall(use, unit))
  );
}

function isUndecided(unit: Unit): boolean {
  return (
    unit.unread !== null ||
    unit.names.some((use) => isOpen(use) || isImplicitCall(use, unit)) ||
    unit.errors.length > 0 ||
    unit.includes.some(({ found }) => found === 'nowhere')
  );
}
