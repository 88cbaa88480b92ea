import type { Target } from '../model/target.ts';
import type { CompileView, FlagUse, LinkWord } from '../model/view.ts';
import type { Refuse } from './link-inputs.ts';
import { type CompilerCall, compilerCalls } from './providers.ts';

const isGcc = ({ toolchain }: Target) => toolchain === null || toolchain.compiler.family === 'gcc';
const matches = ({ flag }: CompilerCall, word: string) => new RegExp(flag).test(word);

/** Symbols that the compiler calls by itself in a package's code, since flags such as -fopenmp ask for that. */
export function callsOfCompiler(view: CompileView | undefined, words: LinkWord[], target: Target): string[] {
  if (view === undefined) return [];
  const flags = (variable: FlagUse['variable']) => view.flags.filter((use) => use.variable === variable);
  const [c, cxx] = [flags('CFLAGS'), flags('CXXFLAGS')];
  return compilerCalls().flatMap((call) => {
    if (!isGcc(target) && call.brought && words.some(({ word }) => matches(call, word))) return [];
    const calls = view.units.some(
      ({ kind, parallel }) =>
        (kind === 'cxx' ? cxx : c).some(({ flag }) => matches(call, flag)) && (parallel || call.parallel !== true),
    );
    return calls ? [isGcc(target) ? call.gcc : call.clang] : [];
  });
}

/** What gcc's driver makes of such flags on the line: libraries behind all others, or a refusal. */
export function wordsOfDriver(words: LinkWord[], target: Target, refuse: Refuse): LinkWord[] {
  if (target.toolchain === null || !isGcc(target)) return [];
  return compilerCalls().flatMap((call) => {
    const given = words.find(({ word }) => matches(call, word));
    if (given === undefined) return [];
    if (call.refused !== undefined) {
      const detail = 'gcc makes no static program with it';
      refuse({ kind: 'flag-refused', file: '', detail }, given, call.refused);
    }
    return call.library === undefined ? [] : [{ ...given, word: `-l${call.library}` }];
  });
}
