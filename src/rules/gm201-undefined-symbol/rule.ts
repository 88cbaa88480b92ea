import { basename } from 'node:path';
import { type SymbolFamily, symbolFamily } from '../../libc/symbol-family.ts';
import type { RawFinding, Remedy } from '../../model/finding.ts';
import type { Place } from '../../model/place.ts';
import type { Target } from '../../model/target.ts';
import type { LinkView, LinkWord, UndefinedSymbol } from '../../model/view.ts';
import { defineRule } from '../rule.ts';
import { libcName } from '../wording.ts';

function member(use: UndefinedSymbol): string {
  if (use.file === '') return 'The C code of the package';
  const file = basename(use.file);
  return use.member === '' ? file : `${file}(${use.member})`;
}

/** The `#cgo` line that put the file on the link line; null when none did. */
function bringer(view: LinkView, use: UndefinedSymbol): Place | null {
  const file = basename(use.file);
  const fits = ({ word }: LinkWord) =>
    basename(word) === file || (word.startsWith('-l') && file === `lib${word.slice(2)}.a`);
  const own = view.words.filter((one) => one.place !== null && fits(one));
  return (own.find((one) => one.package === use.package) ?? own[0])?.place ?? null;
}

/** What gomusl build does about it, and says of it; null when it can do nothing. */
function remedyFor(
  symbol: string,
  family: SymbolFamily | null,
  target: Target,
): { remedy: Remedy; action: string } | null {
  // gcc links its unwinder into every static program; zig links its own when asked.
  if (family?.provider === 'unwinder' && target.toolchain?.name === 'zig') {
    const action = 'Run gomusl build, which links the unwinder of zig.';
    return { remedy: { kind: 'linker-flag', automatic: true, flags: ['-lunwind'] }, action };
  }
  if (!family?.shim || (family.goarch !== null && !family.goarch.includes(target.goarch))) return null;
  const action = 'Run gomusl build, which links an object that defines it.';
  return { remedy: { kind: 'shim', automatic: true, symbols: [symbol] }, action };
}

export const rule = defineRule({
  id: 'GM201',
  title: 'A symbol that nothing in the static link defines',
  stage: 'link',
  severity: 'error',
  scope: 'program',
  check(view, libc) {
    return view.undefined.map((use): RawFinding => {
      const family = symbolFamily(use.symbol);
      const glibc = libc.symbol(use.symbol) !== undefined;
      const help = remedyFor(use.symbol, family, view.target);
      return {
        severity: 'error',
        what: `${member(use)} needs ${use.printed}, which nothing in the link defines.`,
        why: family
          ? family.meaning
          : glibc
            ? `glibc has that symbol, ${libcName(view.target.libc)} has not.`
            : 'Neither libc has it: the library that defines it is missing, or of another version.',
        action:
          family?.refused ??
          help?.action ??
          'Get the archive built for musl: look for a build tag or a version of the module that has one.',
        package: use.package,
        location: bringer(view, use),
        related: [],
        evidence: {
          name: use.printed,
          symbol: use.symbol,
          file: basename(use.file),
          member: use.member,
          path: use.path,
        },
        remedies: help ? [help.remedy] : [],
      };
    });
  },
});
