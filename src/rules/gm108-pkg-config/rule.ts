import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM108',
  title: 'A pkg-config name that is not there for musl',
  stage: 'compile',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.pkgConfig.flatMap((use) => {
      const missing = use.state === 'absent' ? [use.name] : use.missingRequires;
      return missing.map((name) => ({
        severity: 'error' as const,
        what: `pkg-config finds no ${name}.pc for musl.`,
        why:
          name === use.name
            ? "The package asks for it, and a copy of the host's is for glibc and does not count."
            : `${use.name} requires it.`,
        action: `Build ${name} for musl and put its folder into PKG_CONFIG_PATH, or use a tag that leaves it out.`,
        package: view.package.importPath,
        location: use.place,
        related: [],
        evidence: { name },
        remedies: [{ kind: 'library' as const, automatic: false as const, form: 'pkg-config' as const, name }],
      }));
    });
  },
});
