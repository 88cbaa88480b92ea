import { basename } from 'node:path';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';
import { splitWords } from '../toolchain/words.ts';

/** Words for the linker that contradict a static executable. */
const dynamicWords = new Set(['-dynamic', '-shared', '-Wl,-Bdynamic', '-Wl,-Bshareable', '-rdynamic', '-Wl,-E']);

/** Flags for the linker without those that contradict a static executable, and a note on each of those. */
export function withoutDynamic(flags: string[], origin: string): { kept: string[]; notes: string[] } {
  const kept = flags.filter((flag) => !dynamicWords.has(flag));
  const gone = new Set(flags.filter((flag) => dynamicWords.has(flag)));
  return { kept, notes: [...gone].map((flag) => `${flag} of ${origin} gives way to -static`) };
}

/** Notes on variables of the person that the plan sets otherwise. Compilers count only where there is a toolchain. */
export function overruledVariables(
  environment: Record<string, string | undefined>,
  toolchain: Toolchain | null,
): string[] {
  const notes: string[] = [];
  const { GOOS } = environment;
  if (GOOS && GOOS !== 'linux') notes.push(`GOOS=${GOOS} gives way to linux, which musl is for`);
  if (!toolchain) return notes;
  for (const [name, chosen] of [
    ['CC', toolchain.cc],
    ['CXX', toolchain.cxx],
  ] as const) {
    const given = environment[name] ? splitWords(environment[name])?.[0] : undefined;
    if (given === undefined || (chosen !== null && basename(given) === basename(chosen[0] ?? ''))) continue;
    const taken = chosen === null ? `none: ${toolchain.name} has no C++ for musl` : `that of ${toolchain.name}`;
    notes.push(`${name}=${given} gives way to ${taken}; --toolchain names another`);
  }
  return notes;
}

/** Refuses flags of `go build` for which no static musl program exists. Throws a usage Failure. */
export function refuseFlags(goWords: string[]): void {
  const sanitizer = goWords.find((word) => /^-(?:msan|asan)(?:=true)?$/.test(word));
  if (sanitizer) {
    const what = 'sanitizers come with a library for glibc alone';
    throw new Failure(exitCode.usage, what, sanitizer, 'use go build for such a run');
  }
  const compiler = goWords.find((word) => /^-compiler=(?!gc$)/.test(word));
  if (compiler) {
    throw new Failure(exitCode.usage, 'another Go compiler links otherwise', compiler, 'leave it out');
  }
  const shared = goWords.find((word) => /^-linkshared(?:=true)?$/.test(word));
  if (shared) {
    const what = 'a static program links no shared Go library';
    throw new Failure(exitCode.usage, what, shared, 'leave it out');
  }
}
