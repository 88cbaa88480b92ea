import { basename } from 'node:path';
import type { Libc } from '../../libc/libc.ts';
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

/** The `#cgo` line that put the file on the link line, or the package's own use without a declaration; null for neither. */
function bringer(view: LinkView, use: UndefinedSymbol): Place | null {
  if (use.file === '') {
    const uses = (view.compiled[use.package]?.units ?? []).flatMap((unit) => unit.names);
    return uses.find(({ name, placeModule }) => name === use.symbol && placeModule === null)?.place ?? null;
  }
  const file = basename(use.file);
  const fits = ({ word }: LinkWord) =>
    basename(word) === file || (word.startsWith('-l') && file === `lib${word.slice(2)}.a`);
  const own = view.words.filter((one) => one.place !== null && fits(one));
  return (own.find((one) => one.package === use.package) ?? own[0])?.place ?? null;
}

/** Whether something that was not looked at may define it: not so for names that only a glibc or the unwinder has. */
function mayBeElsewhere(use: UndefinedSymbol, family: SymbolFamily | null, view: LinkView, libc: Libc): boolean {
  return view.incomplete && family === null && libc.symbol(use.symbol) === undefined;
}

/** Why it is not there. A call without a declaration may be gone before the linker comes. */
function reason(use: UndefinedSymbol, family: SymbolFamily | null, view: LinkView, libc: Libc): string {
  const known = libc.symbol(use.symbol) !== undefined;
  const why = known
    ? `glibc has that symbol, ${libcName(view.target.libc)} has not.`
    : 'Neither libc has it: the library that defines it is missing, or of another version.';
  if (mayBeElsewhere(use, family, view, libc)) return 'Not all could be looked at, and what was not may define it.';
  if (!use.undecided) return family?.meaning ?? why;
  return `${(family?.meaning ?? why).replace(/\.$/, '')}; nothing declares it, and gcc may optimise the call away.`;
}

/** What a person can do about it, where gomusl build can do nothing. */
function advice(use: UndefinedSymbol): string {
  if (use.undecided)
    return 'Run gomusl check --confirm, which asks the compiler, or guard the call with #ifdef __GLIBC__.';
  if (use.file === '') return 'Guard the use with #ifdef __GLIBC__, or take a version of the module that does without.';
  return 'Get the archive built for musl: look for a build tag or a version of the module that has one.';
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

/** The library that brings the symbol on musl, where there is one. */
function absentLibrary(family: SymbolFamily | null): Remedy[] {
  return family?.recipe ? [{ kind: 'library', automatic: false, form: 'recipe', name: family.recipe }] : [];
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
      const help = remedyFor(use.symbol, family, view.target);
      return {
        severity: use.undecided || mayBeElsewhere(use, family, view, libc) ? 'warning' : 'error',
        what: `${member(use)} needs ${use.printed}, which nothing in the link defines.`,
        why: reason(use, family, view, libc),
        action: family?.refused ?? help?.action ?? advice(use),
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
        remedies: help ? [help.remedy] : absentLibrary(family),
      };
    });
  },
});
