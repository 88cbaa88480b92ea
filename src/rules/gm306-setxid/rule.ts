import { compareVersions } from '../../libc/libc-ref.ts';
import { defineRule } from '../rule.ts';
import { libcName } from '../wording.ts';

/** musl commit 2e5fff43: the handler of the signal that musl sends to all threads got SA_ONSTACK. */
const repairedIn = '1.2.4';
const packages = new Set(['syscall', 'golang.org/x/sys/unix']);

export const rule = defineRule({
  id: 'GM306',
  title: 'A change of user or group on all threads, with musl before 1.2.4',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    const { target } = view;
    if (!target.cgo || compareVersions(target.libc.version, repairedIn) >= 0) return [];
    if (packages.has(view.package.importPath) || target.shims.includes('sigaction-onstack')) return [];
    return view.calls
      .filter((call) => packages.has(call.package))
      .map((call) => ({
        severity: 'warning' as const,
        what: `${call.package}.${call.name} may corrupt memory with ${libcName(target.libc)}.`,
        why: 'With cgo it goes through libc, whose signal handler before 1.2.4 runs on the small stack of a goroutine.',
        action: 'Run gomusl build, which links a repair, or use musl 1.2.4 or newer.',
        package: view.package.importPath,
        location: call.place,
        related: [],
        evidence: { name: `${call.package}.${call.name}` },
        remedies: [{ kind: 'shim' as const, automatic: true, symbols: ['sigaction-onstack'] }],
      }));
  },
});
