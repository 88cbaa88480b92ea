import { defineRule } from '../rule.ts';

const patch = 'runtime-library-arguments';

export const rule = defineRule({
  id: 'GM309',
  title: 'A Go library in a C program crashes at its start',
  stage: 'run',
  severity: 'error',
  scope: 'program',
  check({ program, target }) {
    const archive = target.buildmode === 'c-archive';
    if (!(archive || target.buildmode === 'c-shared') || !target.cgo || target.gorootPatches.includes(patch)) return [];
    return [
      {
        severity: 'error',
        what: `Every C program with this -buildmode=${target.buildmode} library crashes before main.`,
        why: "Go's runtime takes argc and argv from registers, and musl passes nothing to initializers.",
        action: archive
          ? 'Run gomusl build, or build with the overlay that gomusl patch-goroot --overlay writes.'
          : 'Build with the overlay that gomusl patch-goroot --overlay writes, and do not load it by dlopen.',
        package: program.id,
        location: null,
        related: [],
        evidence: { name: 'runtime.sysargs', buildmode: target.buildmode, goVersion: target.goVersion },
        remedies: [{ kind: 'goroot-patch', automatic: archive, patch }],
      },
    ];
  },
});
