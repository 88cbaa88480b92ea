import { isAbsolute, join } from 'node:path/posix';
import type { ObjectFacts } from '../model/object.ts';
import type { Target } from '../model/target.ts';
import type { LinkProblem, LinkWord } from '../model/view.ts';
import type { Inputs, OpenArchive } from './inputs.ts';
import type { Line, LineStep } from './line.ts';
import type { DriverParts } from './providers.ts';
import type { Loaded } from './symbol-table.ts';
import { zig } from './zig.ts';

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
  problem: Pick<LinkProblem, 'kind' | 'file' | 'detail'>,
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

/** Finds and opens what the steps name. What is absent or of the wrong kind is refused and left out. */
export function openSteps(
  line: Line,
  target: Target,
  inputs: Inputs,
  isDirectory: (path: string) => boolean,
  /** Whether the libc itself answers for `-lNAME`: asked when there is no toolchain whose folders could be searched. */
  inLibc: (name: string) => boolean,
  refuse: Refuse,
): { inputs: LinkInput[]; parts: DriverParts } {
  const parts: DriverParts = { unwind: false, cxx: false };
  const opened: LinkInput[] = [];
  const folders = [...line.folders, ...(target.toolchain?.libraryDirs ?? [])].filter(isDirectory);
  const isZig = target.toolchain?.name === 'zig';
  for (const step of line.steps) {
    if (step.kind === 'flag') {
      if (isZig && zig().refuses(step.flag)) {
        const shown = step.flag.startsWith('-z ') ? step.flag : (/^[^ =]+/.exec(step.flag)?.[0] ?? step.flag);
        refuse(
          { kind: 'flag-refused', file: '', detail: 'zig stops at linker flags that it does not know' },
          step.word,
          shown,
        );
      }
    } else if (step.kind === 'group-start' || step.kind === 'group-end') opened.push(step);
    else if (step.kind === 'file') {
      const input = openFile(step.path, step, target, inputs, refuse);
      if (input !== null) opened.push(input);
    } else {
      const kind = isZig && !step.exact ? zig().library(step.name) : null;
      if (kind === 'c++') parts.cxx = true;
      if (kind === 'c++' || kind === 'unwind') parts.unwind = true;
      if (kind !== null || (target.toolchain === null && inLibc(step.name))) continue;
      const input = openLibrary(step, folders, target, inputs, refuse);
      if (input !== null) opened.push(input);
    }
  }
  return { inputs: opened, parts };
}

type FileStep = Extract<LineStep, { kind: 'file' | 'library' }>;

function openFile(path: string, step: FileStep, target: Target, inputs: Inputs, refuse: Refuse): LinkInput | null {
  const found = inputs.open(path);
  const owner = step.word.package;
  if (found.kind === 'absent') {
    const detail = isAbsolute(path) ? 'no such file' : 'no such file in the folder in which go links';
    refuse({ kind: 'library-absent', file: path, detail }, step.word, path);
    return null;
  }
  if (found.kind === 'archive') {
    const [limit] = found.archive.facts.limits;
    if (limit !== undefined) {
      refuse({ kind: 'malformed', file: path, detail: limit.replace(/\.$/, '') }, step.word);
      return null;
    }
    const machine = archiveMachine(found.archive, target);
    if (machine === null) return archiveInput(found.archive, step);
    refuse({ kind: 'other-architecture', file: path, detail: `it is for ${machine}` }, step.word);
    return null;
  }
  const problem = objectProblem(found.facts, target);
  if (problem === null) return { kind: 'object', loaded: bareObject(found.facts, path, '', owner) };
  refuse({ ...problem, file: path }, step.word);
  return null;
}

function archiveInput(archive: OpenArchive, step: FileStep): ArchiveInput {
  return { kind: 'archive', archive, whole: step.whole, package: step.word.package, word: step.word, taken: new Set() };
}

/** What stands against an object in a static link; null when nothing does. */
export function objectProblem(facts: ObjectFacts, target: Target): Pick<LinkProblem, 'kind' | 'detail'> | null {
  const machine = otherMachine(facts, target);
  if (machine !== null) return { kind: 'other-architecture', detail: `it is for ${machine}` };
  if (facts.format === 'empty') return { kind: 'malformed', detail: 'the file is empty' };
  if (facts.format !== 'elf') {
    const names = { bitcode: 'LLVM bitcode', macho: 'Mach-O', coff: 'COFF', other: 'no object at all' };
    return { kind: 'not-elf', detail: `it is ${names[facts.format]}` };
  }
  if (facts.type === 'shared') return { kind: 'shared-object', detail: 'it is a shared object' };
  if (facts.type !== 'relocatable') return { kind: 'not-elf', detail: 'it is no relocatable object' };
  return null;
}

/** The machine of an archive's first ELF member when that is another one; null when it fits. */
function archiveMachine(archive: OpenArchive, target: Target): string | null {
  for (const at of archive.facts.members.keys()) {
    const facts = archive.member(at);
    if (facts?.format === 'elf') return otherMachine(facts, target);
    if (at > 8) break;
  }
  return null;
}

/**
 * Looks for a library as the linker does: in a static link only for `libNAME.a`; after -Bdynamic for `libNAME.so`
 * first. Archives for another machine are passed over.
 */
function openLibrary(
  step: Extract<LineStep, { kind: 'library' }>,
  folders: string[],
  target: Target,
  inputs: Inputs,
  refuse: Refuse,
): LinkInput | null {
  const names = step.exact ? [step.name] : [...(step.shared ? [`lib${step.name}.so`] : []), `lib${step.name}.a`];
  let passed = '';
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      const found = inputs.open(path);
      if (found.kind === 'absent') continue;
      const machine =
        found.kind === 'archive' ? archiveMachine(found.archive, target) : otherMachine(found.facts, target);
      if (machine === null) return openFile(path, step, target, inputs, refuse);
      passed = `${path} is for ${machine}`;
    }
  }
  const sharedOnly = folders
    .map((folder) => join(folder, `lib${step.name}.so`))
    .find((path) => !step.exact && inputs.open(path).kind === 'object');
  const detail =
    passed !== '' ? passed : sharedOnly === undefined ? 'no folder of the link has it' : `only ${sharedOnly} is there`;
  refuse({ kind: 'library-absent', file: '', detail }, step.word, `-l${step.exact ? ':' : ''}${step.name}`);
  return null;
}
