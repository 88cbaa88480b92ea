import { compareGoVersions, parseGoVersion } from '../../gomod/go-version.ts';
import { defineRule } from '../rule.ts';

const fixedIn = 'go1.6';

export const rule = defineRule({
  id: 'GM303',
  title: 'os/user of Go before 1.6 refuses what musl answers',
  stage: 'run',
  severity: 'error',
  scope: 'program',
  check({ program, packages, target }) {
    const user = packages['os/user'];
    if (!target.cgo || !user?.standard || user.cgoFiles.length === 0 || !program.packages.includes('os/user'))
      return [];
    const version = parseGoVersion(target.goVersion);
    const fixed = parseGoVersion(fixedIn);
    if (!version || !fixed || compareGoVersions(version, fixed) >= 0) return [];
    const patch = 'os-user-buffer-size';
    if (target.gorootPatches.includes(patch)) return [];
    return [
      {
        severity: 'error',
        what: 'Every look-up of os/user fails on musl with this Go.',
        why: 'sysconf(_SC_GETPW_R_SIZE_MAX) is -1 on musl, which Go before 1.6 calls unreasonable.',
        action: 'Run gomusl patch-goroot --out DIR and build with that GOROOT, or use Go 1.6 or newer.',
        package: 'os/user',
        location: null,
        related: [],
        evidence: { name: '_SC_GETPW_R_SIZE_MAX', goVersion: target.goVersion },
        // This Go takes no overlay, and `gomusl build` builds with Go 1.20 and newer.
        remedies: [{ kind: 'goroot-patch', automatic: false, patch }],
      },
    ];
  },
});
