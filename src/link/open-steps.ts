import { dirname, isAbsolute, join } from 'node:path/posix';
import type { Target } from '../model/target.ts';
import type { LinkProblem } from '../model/view.ts';
import type { Inputs, OpenArchive } from './inputs.ts';
import type { Line, LineStep } from './line.ts';
import { asLinked, bareObject, type LinkInput, objectProblem, otherMachine, type Refuse } from './link-inputs.ts';
import { readLinkerScript } from './linker-script.ts';
import type { DriverParts } from './providers.ts';
import { zig } from './zig.ts';

type FileStep = Extract<LineStep, { kind: 'file' | 'library' }>;
type LibraryStep = Extract<LineStep, { kind: 'library' }>;

/** What opening the steps of a line gave. */
export interface OpenedSteps {
  inputs: LinkInput[];
  parts: DriverParts;
  /** Files without a byte, which both linkers take for scripts that say nothing. */
  empty: { path: string; step: FileStep }[];
  /** What linker scripts say that is not followed, one sentence each. */
  limits: { reason: string; package: string }[];
}

/** What the opening of steps needs to know of its link. */
export interface LinkPlace {
  target: Target;
  inputs: Inputs;
  isDirectory: (path: string) => boolean;
  /** Whether the libc itself answers for `-lNAME`: asked when there is no toolchain whose folders could be searched. */
  inLibc: (name: string) => boolean;
  refuse: Refuse;
}

/** How deep linker scripts may name one another. */
const deepest = 8;

/** Finds and opens what the steps name. What is absent or of the wrong kind is refused and left out. */
export function openSteps(line: Line, place: LinkPlace): OpenedSteps {
  return new Opening(line, place).run(line.steps);
}

/** One pass over a line. */
class Opening {
  readonly #place: LinkPlace;
  readonly #folders: string[];
  readonly #isZig: boolean;
  readonly #opened: OpenedSteps = { inputs: [], parts: { unwind: false, cxx: false }, empty: [], limits: [] };

  constructor(line: Line, place: LinkPlace) {
    const { toolchain } = place.target;
    this.#place = place;
    this.#folders = [...line.folders, ...(toolchain?.libraryDirs ?? [])].filter(place.isDirectory);
    this.#isZig = toolchain?.name === 'zig';
  }

  run(steps: LineStep[]): OpenedSteps {
    for (const step of steps) {
      if (step.kind === 'flag') this.#flag(step);
      else if (step.kind === 'group-start' || step.kind === 'group-end') this.#opened.inputs.push(step);
      else this.#opened.inputs.push(...(step.kind === 'file' ? this.#file(step.path, step) : this.#library(step)));
    }
    return this.#opened;
  }

  #flag({ flag, word }: Extract<LineStep, { kind: 'flag' }>): void {
    if (!this.#isZig || !zig().refuses(flag)) return;
    const shown = flag.startsWith('-z ') ? flag : (/^[^ =]+/.exec(flag)?.[0] ?? flag);
    const detail = 'zig stops at linker flags that it does not know';
    const translates = zig().translates(flag);
    if (translates && this.#place.target.translated?.includes(shown)) return;
    this.#place.refuse({ kind: 'flag-refused', file: '', detail, translates }, word, shown);
  }

  #refuse(kind: LinkProblem['kind'], file: string, detail: string, step: FileStep, shown?: string): LinkInput[] {
    this.#place.refuse({ kind, file, detail }, step.word, shown);
    return [];
  }

  #file(path: string, step: FileStep, depth = 0): LinkInput[] {
    const { target, inputs } = this.#place;
    const found = inputs.open(path);
    if (found.kind === 'absent') {
      const detail = isAbsolute(path) ? 'no such file' : 'no such file in the folder in which go links';
      return this.#refuse('library-absent', path, detail, step, path);
    }
    if (found.kind === 'script') return this.#script(path, found.text, step, depth);
    if (found.kind === 'archive') {
      const [limit] = found.archive.facts.limits;
      if (limit !== undefined) return this.#refuse('malformed', path, limit.replace(/\.$/, ''), step);
      const machine = archiveMachine(found.archive, target);
      if (machine !== null) return this.#refuse('other-architecture', path, `it is for ${machine}`, step);
      const { whole, word } = step;
      if (!whole && lacksIndex(found.archive, target)) {
        return this.#refuse('no-index', path, 'it has no index of its symbols', step);
      }
      return [{ kind: 'archive', archive: found.archive, whole, package: word.package, word, taken: new Set() }];
    }
    if (found.facts.format === 'empty') {
      this.#opened.empty.push({ path, step });
      return [];
    }
    const problem = objectProblem(found.facts, target);
    if (problem !== null) return this.#refuse(problem.kind, path, problem.detail, step);
    return [{ kind: 'object', loaded: bareObject(asLinked(found.facts, target), path, '', step.word.package) }];
  }

  #library(step: LibraryStep, depth = 0): LinkInput[] {
    const kind = this.#isZig && !step.exact ? zig().library(step.name) : null;
    const { parts } = this.#opened;
    if (kind === 'c++') parts.cxx = true;
    if (kind === 'c++' || kind === 'unwind') parts.unwind = true;
    if (kind !== null || (this.#place.target.toolchain === null && this.#place.inLibc(step.name))) return [];
    return this.#searched(step, depth);
  }

  /**
   * Looks for a library as the linker does: in a static link only for `libNAME.a`; after -Bdynamic for `libNAME.so`
   * first. Archives for another machine are passed over.
   */
  #searched(step: LibraryStep, depth: number): LinkInput[] {
    const { target, inputs } = this.#place;
    const names = step.exact ? [step.name] : [...(step.shared ? [`lib${step.name}.so`] : []), `lib${step.name}.a`];
    let passed = '';
    for (const folder of this.#folders) {
      for (const name of names) {
        const path = join(folder, name);
        const found = inputs.open(path);
        if (found.kind === 'absent') continue;
        const machine =
          found.kind === 'archive'
            ? archiveMachine(found.archive, target)
            : found.kind === 'object'
              ? otherMachine(found.facts, target)
              : null;
        if (machine === null) return this.#file(path, step, depth);
        passed = `${path} is for ${machine}`;
      }
    }
    const sharedOnly = this.#folders
      .map((folder) => join(folder, `lib${step.name}.so`))
      .find((path) => !step.exact && inputs.open(path).kind === 'object');
    const detail =
      passed !== ''
        ? passed
        : sharedOnly === undefined
          ? 'no folder of the link has it'
          : `only ${sharedOnly} is there`;
    return this.#refuse('library-absent', '', detail, step, `-l${step.exact ? ':' : ''}${step.name}`);
  }

  /** What a linker script in place of a library names. */
  #script(path: string, text: string, step: FileStep, depth: number): LinkInput[] {
    if (text.startsWith('version https://git-lfs.github.com/spec/')) {
      return this.#refuse('malformed', path, 'it is a pointer of Git LFS, and the file itself is not there', step);
    }
    const script = readLinkerScript(text, this.#isZig);
    if (script.unexpected !== null) return this.#refuse('not-elf', path, 'it is text, and no linker script', step);
    if (depth === deepest) return this.#refuse('not-elf', path, 'it is a linker script that names itself', step);
    for (const command of script.others) {
      const reason = `${command} in the linker script ${path.slice(path.lastIndexOf('/') + 1)} is not followed.`;
      this.#opened.limits.push({ reason, package: step.word.package });
    }
    return script.words.flatMap((word): LinkInput[] => {
      if (word.kind === 'group-start' || word.kind === 'group-end') return [word];
      const { word: given, whole } = step;
      if (word.kind === 'library') {
        const shared = step.kind === 'library' && step.shared;
        return this.#library({ kind: 'library', name: word.name, exact: false, whole, shared, word: given }, depth + 1);
      }
      const found = this.#scriptFile(path, word.name);
      if (found !== null) return this.#file(found, step, depth + 1);
      const detail = `the linker script ${path} names it`;
      return this.#refuse('library-absent', '', detail, step, word.name);
    });
  }

  /** GNU ld looks beside the script first, zig in the folders of the line alone. */
  #scriptFile(script: string, name: string): string | null {
    if (isAbsolute(name)) return this.#place.inputs.open(name).kind === 'absent' ? null : name;
    const folders = [...(this.#isZig ? [] : [dirname(script)]), ...this.#folders];
    const paths = folders.map((folder) => join(folder, name));
    return paths.find((path) => this.#place.inputs.open(path).kind !== 'absent') ?? null;
  }
}

/** GNU ld stops at an archive with members and without an index; lld makes the index itself. */
function lacksIndex({ facts }: OpenArchive, { toolchain }: Target): boolean {
  return toolchain?.linker.name === 'ld' && facts.members.length > 0 && facts.index === null && !facts.bsdIndex;
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
