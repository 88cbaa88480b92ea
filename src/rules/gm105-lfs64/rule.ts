import type { RawFinding } from '../../model/finding.ts';
import type { CompileView, NameUse, Unit } from '../../model/view.ts';
import { defineRule } from '../rule.ts';
import { libcName, severityWhen } from '../wording.ts';

const macro = '_LARGEFILE64_SOURCE';

function finding(view: CompileView, unit: Unit, use: NameUse, shown: boolean): RawFinding {
  const flag = view.flags.find((one) => one.place && use.enabledBy.some((name) => one.flag.startsWith(`-D${name}`)));
  const implicit = use.form === 'call' && unit.implicitDeclarations === 'warning';
  return {
    severity: implicit && !flag ? 'warning' : severityWhen(use.reached, use.certain),
    what: `${use.name} is not declared in ${libcName(view.target.libc)}.`,
    why: flag
      ? `The flag ${flag.flag} of a #cgo line asks for it, and since musl 1.2.4 the names of large-file support are gone.`
      : 'Since musl 1.2.4 the names of large-file support are gone, because every off_t has 64 bits.',
    action: shown
      ? `Add -D${macro} to CGO_CFLAGS, which gomusl build does, or use the name without 64.`
      : 'Use the name without 64, or a version of the module that does.',
    package: view.package.importPath,
    location: flag?.place ?? use.place,
    related: flag ? [{ message: `${use.name} is used here`, module: use.placeModule, location: use.place }] : [],
    evidence: flag ? { name: use.name, flag: flag.flag } : { name: use.name },
    remedies: shown ? [{ kind: 'define', automatic: true, variable: 'CGO_CFLAGS', flags: [`-D${macro}`] }] : [],
  };
}

export const rule = defineRule({
  id: 'GM105',
  title: 'A name of large-file support (LFS64) that musl took away',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.names.flatMap((use) => {
        const fact = libc.names(use.name).find((one) => one.lfs64);
        if (!fact) return [];
        return [finding(view, unit, use, fact.needs === macro)];
      }),
    );
  },
});
