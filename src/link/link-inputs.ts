import type { ObjectFacts, ObjectSymbol } from '../model/object.ts';
import type { Target } from '../model/target.ts';
import type { LinkProblem, LinkWord } from '../model/view.ts';
import type { OpenArchive } from './inputs.ts';
import type { Loaded } from './symbol-table.ts';

/** An archive on the line; members that were taken are not taken twice. */
export interface ArchiveInput {
  kind: 'archive';
  archive: OpenArchive;
  whole: boolean;
  package: string;
  word: LinkWord | null;
  taken: Set<number>;
}

/** What the linker works on, in link order. */
export type LinkInput =
  | { kind: 'object'; loaded: Loaded }
  | ArchiveInput
  | { kind: 'group-start' }
  | { kind: 'group-end' };

/** A step of the line that the linker cannot use. */
export type Refuse = (
  problem: Pick<LinkProblem, 'kind' | 'file' | 'detail' | 'translates'>,
  word: LinkWord | null,
  shown?: string,
) => void;

/** Whether an object of another machine is meant: null when it fits or says nothing. */
export function otherMachine(facts: ObjectFacts, target: Target): string | null {
  if (facts.format !== 'elf' || facts.machine === target.goarch) return null;
  return facts.machine === '' ? null : facts.machine;
}

export function bareObject(facts: ObjectFacts, file: string, member: string, owner: string): Loaded {
  return { facts, file, member, package: owner, pulledFor: null, discarded: new Set() };
}

/** What stands against an object in a static link; null when nothing does. */
export function objectProblem(facts: ObjectFacts, target: Target): Pick<LinkProblem, 'kind' | 'detail'> | null {
  const machine = otherMachine(facts, target);
  if (machine !== null) return { kind: 'other-architecture', detail: `it is for ${machine}` };
  if (facts.format === 'empty') return { kind: 'malformed', detail: 'the file is empty' };
  if (facts.format !== 'elf') {
    if (isTaken(facts, target)) return null;
    const names = { bitcode: 'LLVM bitcode', macho: 'Mach-O', coff: 'COFF', other: 'no object at all' };
    return { kind: 'not-elf', detail: `it is ${names[facts.format]}` };
  }
  if (facts.type === 'shared') return { kind: 'shared-object', detail: 'it is a shared object' };
  if (facts.type !== 'relocatable') return { kind: 'not-elf', detail: 'it is no relocatable object' };
  return ltoProblem(facts, target);
}

/**
 * Formats beside ELF that a linker takes: lld compiles bitcode; GNU ld links COFF, which goes well for resources of
 * Windows, and stops at the relocations of code.
 */
function isTaken({ format, machine, resources }: ObjectFacts, target: Target): boolean {
  const lld = target.toolchain?.linker.name === 'lld';
  if (format === 'bitcode') return lld;
  return format === 'coff' && !lld && machine === target.goarch && resources === true;
}

/** gcc's plugin of GNU ld reads bytecode of its own major version alone (lto-streamer.cc, lto_check_version). */
function ltoProblem({ lto }: ObjectFacts, { toolchain }: Target): Pick<LinkProblem, 'kind' | 'detail'> | null {
  if (lto === undefined || toolchain === null || toolchain.linker.name === 'lld') return null;
  const { family, version } = toolchain.compiler;
  if (family !== 'gcc' || version === null || lto.version === null) return null;
  const own = Number.parseInt(version, 10);
  if (own === lto.version) return null;
  return { kind: 'not-elf', detail: `it is code for link-time optimisation by gcc ${lto.version}, not ${own}` };
}

/** The only section of an object whose code is yet to be compiled. */
const compiled = 1;

/** An object without a section table of its own, by its symbols. */
function bySymbols(facts: ObjectFacts, symbols: ObjectSymbol[]): ObjectFacts {
  const needed = symbols.filter(({ section, binding }) => section === null && binding !== 'weak');
  const refersTo = { symbols: needed.map(({ name }) => name), sections: [] };
  const section = { index: compiled, name: '.text', group: null, retained: false, executable: true, refersTo };
  return { ...facts, type: 'relocatable', symbols, sections: [section] };
}

/**
 * An object as the target's linker sees it. Code for link-time optimisation: GNU ld has gcc's plugin, lld finds nothing
 * in it. Bitcode: what a member defines is what the archive's index says of it.
 */
export function asLinked(facts: ObjectFacts, target: Target, indexed: string[] = []): ObjectFacts {
  if (facts.lto !== undefined && target.toolchain?.linker.name !== 'lld') return bySymbols(facts, facts.lto.symbols);
  if (facts.format !== 'bitcode') return facts;
  const symbol = { binding: 'global' as const, kind: 'other' as const, section: compiled, hidden: false };
  const limits = [...facts.limits, 'What its LLVM bitcode needs is not read.'];
  return {
    ...bySymbols(
      facts,
      indexed.map((name) => ({ ...symbol, name })),
    ),
    limits,
  };
}
