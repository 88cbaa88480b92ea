import { compareGoVersions, parseGoVersion } from '../../gomod/go-version.ts';
import { type GoFault, goFaults } from '../../libc/go-faults.ts';
import { compareVersions } from '../../libc/libc-ref.ts';
import type { LinkView } from '../../model/view.ts';
import { defineRule } from '../rule.ts';

/** Go that has none of data/go-faults.yaml any more: the table is not read for it. */
const allRepaired = 'go1.23';

/** From here on `go build` takes an overlay. */
const firstOverlay = 'go1.16';

/** Whether `version` is older than `other`; false when one of them is no Go version. */
function older(version: string, other: string): boolean {
  const [left, right] = [parseGoVersion(version), parseGoVersion(other)];
  return left !== null && right !== null && compareGoVersions(left, right) < 0;
}

function holds(fault: GoFault, { program, packages, target }: LinkView): boolean {
  if (!program.packages.includes(fault.package) || target.gorootPatches.includes(fault.patch)) return false;
  if (older(target.goVersion, fault.since) || !older(target.goVersion, fault.repaired)) return false;
  if (fault.cgo && !(target.cgo && (packages[fault.package]?.cgoFiles.length ?? 0) > 0)) return false;
  return fault.musl === undefined || compareVersions(target.libc.version, fault.musl) >= 0;
}

export const rule = defineRule({
  id: 'GM315',
  title: 'A fault of this Go on musl that a newer one has repaired',
  stage: 'run',
  severity: 'note',
  scope: 'program',
  check(view) {
    const { goVersion } = view.target;
    if (!older(goVersion, allRepaired)) return [];
    return goFaults()
      .filter((fault) => holds(fault, view))
      .map(({ patch, repaired, package: brings, what, why }) => ({
        severity: 'note' as const,
        what,
        why,
        action: older(goVersion, firstOverlay)
          ? `Use Go ${repaired.slice(2)} or newer, or build with a Go that gomusl patch-goroot --only ${patch} patched.`
          : `Run gomusl build, which patches std by an overlay, or use Go ${repaired.slice(2)} or newer.`,
        package: brings,
        location: null,
        related: [],
        evidence: { name: patch, goVersion },
        remedies: [{ kind: 'goroot-patch' as const, automatic: !older(goVersion, firstOverlay), patch }],
      }));
  },
});
