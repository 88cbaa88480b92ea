import { nameDefinition } from '../../libc/name-definition.ts';
import { defineRule } from '../rule.ts';
import { defining, libcName, severityWhen } from '../wording.ts';

export const rule = defineRule({
  id: 'GM110',
  title: 'A name that no header that was included declares',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view, libc) {
    return view.units.flatMap((unit) =>
      unit.names.flatMap((use) => {
        const facts = libc.names(use.name);
        const plain = facts.every((fact) => fact.musl === 'declared' && fact.needs === '' && !fact.lfs64);
        if (!plain || (use.form === 'cgo' && facts.length === 0)) return [];
        const header = facts.find((fact) => fact.muslHeader !== null)?.muslHeader;
        const definition = nameDefinition(use.name);
        const implicit = use.form === 'call' && unit.implicitDeclarations === 'warning';
        return [
          {
            severity: implicit ? ('warning' as const) : severityWhen(use.reached, use.certain),
            what: `${use.name} is declared by no header that is included here.`,
            why: header
              ? `${libcName(view.target.libc)} declares it in <${header}>; glibc's headers bring it along by the way.`
              : 'Neither the module nor a header that was read declares it.',
            action: definition
              ? `Run gomusl build, which defines it as ${definition.value}: ${definition.why}`
              : header
                ? `Add #include <${header}> to the file that uses it.`
                : 'Look for the header that should declare it: it is missing, or of another version.',
            package: view.package.importPath,
            location: use.place,
            related: [],
            evidence: { name: use.name },
            remedies: definition ? [defining(definition)] : [],
          },
        ];
      }),
    );
  },
});
