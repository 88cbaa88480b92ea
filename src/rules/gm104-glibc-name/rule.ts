import type { NameFact } from '../../libc/libc.ts';
import { nameDefinition } from '../../libc/name-definition.ts';
import type { RawFinding } from '../../model/finding.ts';
import type { CompileView, NameUse, Unit } from '../../model/view.ts';
import { defineRule } from '../rule.ts';
import { libcName, severityWhen } from '../wording.ts';

const kinds: Record<NameFact['kind'], string> = {
  function: 'function',
  variable: 'variable',
  macro: 'macro',
  constant: 'constant',
  type: 'type',
};

/** Why the name is missing, in one sentence. */
function reason(fact: NameFact): string {
  const header = fact.glibcHeaders[0];
  const from = header
    ? `glibc declares this ${kinds[fact.kind]} in <${header}>`
    : `this ${kinds[fact.kind]} is glibc's`;
  if (fact.muslSince !== null) return `${from}; musl has it since ${fact.muslSince}.`;
  return `${from}; musl leaves it out.`;
}

function finding(view: CompileView, unit: Unit, use: NameUse, fact: NameFact): RawFinding {
  const shown = use.form === 'cgo' ? `C.${use.name}` : use.name;
  const definition = nameDefinition(use.name);
  const needs = fact.musl === 'declared' && fact.needs !== '' ? fact.needs : null;
  const flag = needs ?? (definition ? `${definition.name}=${definition.value}` : null);
  const implicit = use.form === 'call' && unit.implicitDeclarations === 'warning';
  return {
    severity: implicit ? 'warning' : severityWhen(use.reached, use.certain),
    what: needs
      ? `${shown} is hidden in ${libcName(view.target.libc)} without -D${needs}.`
      : `${shown} is not in ${libcName(view.target.libc)}.`,
    why: needs ? 'glibc shows it by default, musl only under that feature macro.' : reason(fact),
    action: needs
      ? `Define ${needs} before the first #include; gomusl build passes it.`
      : definition
        ? `Run gomusl build, which defines it as ${definition.value}: ${definition.why}`
        : 'Guard the use with #ifdef __GLIBC__, or take a version of the module that does without.',
    package: view.package.importPath,
    location: use.place,
    related: [],
    evidence: { name: use.name, kind: fact.kind },
    remedies: flag === null ? [] : [{ kind: 'define', automatic: true, variable: 'CGO_CFLAGS', flags: [`-D${flag}`] }],
  };
}

export const rule = defineRule({
  id: 'GM104',
  title: 'A function, macro or type that glibc has and musl has not',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.names.flatMap((use) => {
        const facts = libc.names(use.name);
        const fact = facts.find((one) => one.musl !== 'declared') ?? facts.find((one) => one.needs !== '');
        if (!fact || facts.some((one) => one.lfs64)) return [];
        return [finding(view, unit, use, fact)];
      }),
    );
  },
});
