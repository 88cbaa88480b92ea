import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM307',
  title: 'go:cgo_import_dynamic outside std',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    const [first] = view.dynamicImports;
    if (!first || view.package.standard) return [];
    const cgo = view.target.cgo;
    return [
      {
        severity: 'warning' as const,
        what: cgo
          ? 'This package loads shared libraries at run time.'
          : 'This package makes the executable dynamic, with CGO_ENABLED=0 too.',
        why: cgo
          ? 'A static musl executable cannot load any: dlopen answers "Dynamic loading not supported".'
          : '//go:cgo_import_dynamic names shared libraries, so Go writes an interpreter and needed libraries into it.',
        action: 'Leave the package out by a build tag, or ship this program as a dynamic one.',
        package: view.package.importPath,
        location: first.place,
        related: [],
        evidence: { name: first.words[0] ?? '', count: view.dynamicImports.length },
        remedies: [],
      },
    ];
  },
});
