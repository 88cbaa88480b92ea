import { compareGoVersions, parseGoVersion } from '../../gomod/go-version.ts';
import { targetThreadStack, threadStack } from '../../libc/thread-stack.ts';
import { defineRule } from '../rule.ts';

/** golang.org/issue/68285: came with go1.21.7, repaired in go1.23.5 and go1.24, never in 1.21 and 1.22. */
const [first, repaired] = ['go1.21.7', 'go1.23.5'].map(parseGoVersion);
const patch = 'runtime-callback-stack';

export const rule = defineRule({
  id: 'GM311',
  title: 'C that calls Go within a call from Go, with Go 1.21.7 to 1.23.4',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    const { target } = view;
    const version = parseGoVersion(target.goVersion);
    const [exported] = view.exports;
    if (!exported || !version || !first || !repaired || view.package.standard) return [];
    if (compareGoVersions(version, first) < 0 || compareGoVersions(version, repaired) >= 0) return [];
    const { most } = threadStack(target.libc);
    if (target.gorootPatches.includes(patch) || targetThreadStack(target) >= most) return [];
    return [
      {
        severity: 'warning',
        what: `A callback from C into Go, such as ${exported.name}, may end the program when it is nested.`,
        why: `${target.goVersion} only estimates where a stack ends on musl, and takes a deep one for an error.`,
        action: 'Use Go 1.23.5 or newer, or run gomusl build, which patches the runtime by an overlay.',
        package: view.package.importPath,
        location: exported.place,
        related: [],
        evidence: { name: exported.name, goVersion: target.goVersion, count: view.exports.length },
        remedies: [
          { kind: 'goroot-patch', automatic: true, patch },
          { kind: 'linker-flag', automatic: false, flags: [`-Wl,-z,stack-size=${most}`] },
        ],
      },
    ];
  },
});
