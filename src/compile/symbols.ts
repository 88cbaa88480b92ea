import type { Resolution } from '../c/resolution.ts';

/** Global functions and objects that a unit defines, sorted. */
export function definedSymbols(names: Resolution): string[] {
  const found: string[] = [];
  for (const [id, declared] of names.scopes.file) {
    if (declared.external && declared.defined && !declared.inline) found.push(names.spellings.text(id));
  }
  return found.sort();
}

/** What the code of a unit needs from outside, sorted. */
export interface ReferencedSymbols {
  all: string[];
  /** Those of them that it calls without a declaration. */
  implicit: string[];
}

/**
 * Functions and objects outside the unit that its code names. Bodies of static and inline functions count only
 * when code that stays in the object uses them; a call to an inline function of the unit is taken as inlined, which the
 * default -O2 does with the small bodies that stand in headers.
 */
export function referencedSymbols(names: Resolution): ReferencedSymbols {
  const bodies = new Map<number, Set<number>[]>();
  const waiting: Set<number>[] = [];
  for (const body of names.bodies) {
    if (body.kept) waiting.push(body.names);
    else bodies.set(body.owner, [...(bodies.get(body.owner) ?? []), body.names]);
  }
  const seen = new Set<number>();
  const all: string[] = [];
  const implied: string[] = [];
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    for (const id of set) {
      if (seen.has(id)) continue;
      seen.add(id);
      waiting.push(...(bodies.get(id) ?? []));
      const declared = names.scopes.file.get(id);
      const implicit = declared === undefined && names.implicit.has(id);
      const outside =
        (declared?.kind === 'function' || declared?.kind === 'variable') &&
        declared.external &&
        !declared.defined &&
        !names.optional.has(id);
      if (implicit) implied.push(names.spellings.text(id));
      if (implicit || outside) all.push(names.spellings.text(id));
    }
  }
  return { all: all.sort(), implicit: implied.sort() };
}
