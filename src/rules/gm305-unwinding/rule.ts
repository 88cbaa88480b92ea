import { defineRule } from '../rule.ts';

/** What begins to unwind: throw of C++, of libstdc++ for it, panic and backtrace of Rust. */
const throwing =
  /^(__cxa_(re)?throw|_ZSt\d+__throw_\w+|_Unwind_(RaiseException|Resume_or_Rethrow|ForcedUnwind|Backtrace))$/;
const flag = '-Wl,--eh-frame-hdr';

export const rule = defineRule({
  id: 'GM305',
  title: 'An exception or a panic aborts in a program that musl-gcc links',
  stage: 'run',
  severity: 'warning',
  scope: 'program',
  check({ uses, words, target }) {
    if (target.toolchain?.name !== 'musl-gcc') return [];
    if (target.cgoFlags.ldflags.includes(flag) || words.some(({ word }) => word === flag)) return [];
    const first = new Map(
      [...uses].reverse().flatMap((use) => (throwing.test(use.symbol) ? [[use.package, use] as const] : [])),
    );
    return [...first.values()].reverse().map(({ symbol, package: brings, file, member }) => ({
      severity: 'warning' as const,
      what: `${file.slice(file.lastIndexOf('/') + 1)} unwinds the stack, which ends in abort here.`,
      why: 'gcc leaves out --eh-frame-hdr with -static, so the unwinder finds no table, and no handler.',
      action: `Run gomusl build, which links with ${flag}.`,
      package: brings,
      location: null,
      related: [],
      evidence: { name: symbol, member },
      remedies: [{ kind: 'linker-flag' as const, automatic: true, flags: [flag] }],
    }));
  },
});
