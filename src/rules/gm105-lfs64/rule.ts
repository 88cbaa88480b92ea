import type { RawFinding } from '../../model/finding.ts';
import type { CompileView, FlagUse, NameUse, Unit } from '../../model/view.ts';
import { defineRule } from '../rule.ts';
import { libcName, listed, severityWhen } from '../wording.ts';

const macro = '_LARGEFILE64_SOURCE';

/** Uses that one cause brings: a flag of a #cgo line, or the text of one file. */
interface Group {
  unit: Unit;
  flag: FlagUse | undefined;
  uses: NameUse[];
  /** Whether the macro shows all of the names. */
  shown: boolean;
}

function groupUses(view: CompileView, lfs64: (name: string) => { needs: string } | undefined): Group[] {
  const groups = new Map<string, Group>();
  for (const unit of view.units) {
    for (const use of unit.names) {
      const fact = lfs64(use.name);
      if (!fact) continue;
      const flag = view.flags.find(
        (one) => one.place && use.enabledBy.some((name) => one.flag.startsWith(`-D${name}`)),
      );
      const key = flag ? JSON.stringify(flag.place) : unit.file;
      const group = groups.get(key) ?? { unit, flag, uses: [], shown: true };
      group.uses.push(use);
      group.shown &&= fact.needs === macro;
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

function finding(view: CompileView, { unit, flag, uses, shown }: Group): RawFinding {
  const first = uses[0] as NameUse;
  const names = [...new Set(uses.map((use) => use.name))];
  const implicit = unit.implicitDeclarations === 'warning' && !flag && uses.every((use) => use.form === 'call');
  const sure = uses.some((use) => severityWhen(use.reached, use.certain) === 'error');
  return {
    severity: sure && !implicit ? 'error' : 'warning',
    what: `${listed(names)} ${names.length === 1 ? 'is' : 'are'} not declared in ${libcName(view.target.libc)}.`,
    why: flag
      ? `The flag ${flag.flag} asks for it, and musl 1.2.4 took the names of large-file support away.`
      : 'musl 1.2.4 took the names of large-file support away, because every off_t has 64 bits.',
    action: shown
      ? `Add -D${macro} to CGO_CFLAGS, as gomusl build does, or use the names without 64.`
      : 'Use the names without 64, or a version of the module that does.',
    package: view.package.importPath,
    location: flag?.place ?? first.place,
    related: flag ? [{ message: `${first.name} is used here`, module: first.placeModule, location: first.place }] : [],
    evidence: { name: first.name, names, ...(flag && { flag: flag.flag }) },
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
    const lfs64 = (name: string) => libc.names(name).find((one) => one.lfs64);
    return groupUses(view, lfs64).map((group) => finding(view, group));
  },
});
