import { memberSource, readArchive } from '../elf/archive.ts';
import { readObjectSource } from '../elf/object.ts';
import { fileSource, type Source } from '../elf/source.ts';
import type { Files } from '../io/files.ts';
import type { ArchiveFacts, ObjectFacts } from '../model/object.ts';

/** An archive whose members are read when they are asked for. */
export interface OpenArchive {
  path: string;
  facts: ArchiveFacts;
  /** Symbols that members define, to the first member that does. */
  index: ReadonlyMap<string, number>;
  /** Null when the member is not there, as in a thin archive. */
  member(at: number): ObjectFacts | null;
}

/** What lies at a path of the link line. */
export type Opened =
  | { kind: 'archive'; archive: OpenArchive }
  | { kind: 'object'; facts: ObjectFacts }
  /** Text, which a linker takes for a script. */
  | { kind: 'script'; text: string }
  | { kind: 'absent' };

/** Reads inputs of links, each once: programs and targets of one run share most of them. */
export interface Inputs {
  open(path: string): Opened;
}

const kept = new WeakMap<Files, Inputs>();

/** The inputs of a disk. What was read stays as long as the disk is in use. */
export function inputsOf(files: Files): Inputs {
  let inputs = kept.get(files);
  if (inputs === undefined) {
    inputs = openInputs(files);
    kept.set(files, inputs);
  }
  return inputs;
}

function openInputs(files: Files): Inputs {
  const opened = new Map<string, Opened>();
  return {
    open(path) {
      let found = opened.get(path);
      if (found === undefined) {
        found = read(path, files);
        opened.set(path, found);
      }
      return found;
    },
  };
}

function read(path: string, files: Files): Opened {
  const facts = readArchive(path, files);
  if (facts !== null) return { kind: 'archive', archive: openArchive(path, facts, files) };
  const source = fileSource(path, files);
  if (source === null) return { kind: 'absent' };
  const object = readObjectSource(source);
  const text = object.format === 'other' ? textOf(source) : null;
  return text === null ? { kind: 'object', facts: object } : { kind: 'script', text };
}

/** No linker script in place of a library comes near this. */
const longestScript = 64 * 1024;

/** The text of a file that holds nothing else; null for other files. */
function textOf(source: Source): string | null {
  if (source.size > longestScript) return null;
  const bytes = source.read(0, source.size);
  const isText = (byte: number) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d);
  return bytes.every(isText) ? new TextDecoder().decode(bytes) : null;
}

function openArchive(path: string, facts: ArchiveFacts, files: Files): OpenArchive {
  const members = new Map<number, ObjectFacts | null>();
  const member = (at: number) => {
    let object = members.get(at);
    if (object === undefined) {
      const source = memberSource(path, facts, at, files);
      object = source === null ? null : readObjectSource(source);
      members.set(at, object);
    }
    return object;
  };
  const index = facts.index === null ? indexOf(facts, member) : new Map(Object.entries(facts.index));
  return { path, facts, index, member };
}

/** The index that an archive lacks, made of its members as lld makes it. */
function indexOf(facts: ArchiveFacts, member: (at: number) => ObjectFacts | null): Map<string, number> {
  const index = new Map<string, number>();
  for (const at of facts.members.keys()) {
    for (const { name, section } of member(at)?.symbols ?? []) {
      if (section !== null && !index.has(name)) index.set(name, at);
    }
  }
  return index;
}
