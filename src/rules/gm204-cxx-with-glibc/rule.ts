import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM204',
  title: 'C++ sources, and no C++ compiler for musl',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view) {
    const { cxx, target } = view;
    if (!cxx || !target.toolchain || target.toolchain.cxx !== null) return [];
    return [
      {
        severity: 'error',
        what: `${cxx.file} is C++, and ${target.toolchain.name} compiles C alone.`,
        why: 'With only CC set, go takes the host g++ for it and for the link: the executable has glibc inside.',
        action:
          'Use a toolchain with C++ for musl, as gomusl build does if it finds one: gomusl toolchain install zig.',
        package: cxx.package,
        location: { file: cxx.file, line: 1, column: 1 },
        related: [],
        evidence: { name: cxx.file, plain: 'wrong' },
        remedies: [{ kind: 'toolchain', automatic: true, requires: 'c++' }],
      },
    ];
  },
});
