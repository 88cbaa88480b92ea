import { targetThreadStack, threadStack } from '../../libc/thread-stack.ts';
import { defineRule } from '../rule.ts';
import { libcName } from '../wording.ts';

/** What Go, the libc and signal frames need beside the large frame, in bytes. */
const reserve = 16 * 1024;

export const rule = defineRule({
  id: 'GM308',
  title: 'A stack frame that is larger than a thread of musl allows',
  stage: 'run',
  severity: 'warning',
  scope: 'package',
  check(view) {
    const { target } = view;
    const { most } = threadStack(target.libc);
    const size = targetThreadStack(target);
    return view.units
      .filter((unit) => unit.largestFrame + reserve > size)
      .map((unit) => ({
        severity: 'warning' as const,
        what: `A function in ${unit.file} has a frame of ${Math.round(unit.largestFrame / 1024)} KiB.`,
        why: `Threads have ${Math.round(size / 1024)} KiB of stack with ${libcName(target.libc)}, glibc gives 8 MiB.`,
        action: 'Run gomusl build, which asks for more by -Wl,-z,stack-size.',
        package: view.package.importPath,
        location: { file: unit.file, line: 1, column: 1 },
        related: [],
        evidence: { name: unit.file, bytes: unit.largestFrame },
        remedies: [{ kind: 'linker-flag' as const, automatic: true, flags: [`-Wl,-z,stack-size=${most}`] }],
      }));
  },
});
