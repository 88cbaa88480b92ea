import type { ObjectSection } from '../model/object.ts';
import type { Target } from '../model/target.ts';
import { type ArchiveInput, asLinked, bareObject, type LinkInput, objectProblem, type Refuse } from './link-inputs.ts';
import { keptSections, type Loaded, type SymbolTable } from './symbol-table.ts';

/** Takes a member into the link for a symbol; null when it is none that the linker can use. */
function takeMember(
  input: ArchiveInput,
  at: number,
  pulledFor: Loaded['pulledFor'],
  target: Target,
  refuse: Refuse,
): Loaded | null {
  input.taken.add(at);
  const facts = input.archive.member(at);
  const name = input.archive.facts.members[at]?.name ?? '';
  const where = { file: input.archive.path };
  if (facts === null) {
    refuse({ kind: 'malformed', detail: `the member ${name} is not there`, ...where }, input.word);
    return null;
  }
  const problem = objectProblem(facts, target);
  if (problem !== null) {
    refuse({ ...problem, ...where, detail: `of the member ${name}: ${problem.detail}` }, input.word);
    return null;
  }
  const indexed = facts.format === 'bitcode' ? indexedOf(input, at) : [];
  return { ...bareObject(asLinked(facts, target, indexed), input.archive.path, name, input.package), pulledFor };
}

/** Symbols that an archive's index lays to a member. */
function indexedOf(input: ArchiveInput, at: number): string[] {
  return [...input.archive.index].filter(([, member]) => member === at).map(([symbol]) => symbol);
}

/** Every member, as --whole-archive has it. */
function takeWhole(table: SymbolTable, input: ArchiveInput, target: Target, refuse: Refuse): void {
  for (const at of input.archive.facts.members.keys()) {
    if (input.taken.has(at)) continue;
    const loaded = takeMember(input, at, null, target, refuse);
    if (loaded !== null) table.add(loaded);
  }
}

/** Members that define what is wanted now, and what they want in turn. Returns whether any was taken. */
function searchArchive(table: SymbolTable, input: ArchiveInput, target: Target, refuse: Refuse): boolean {
  let taken = false;
  // A Map's iteration comes by the entries that are added meanwhile.
  for (const [symbol, by] of table.wanted) {
    const at = input.archive.index.get(symbol);
    if (at === undefined || input.taken.has(at)) continue;
    const loaded = takeMember(input, at, { symbol, by }, target, refuse);
    if (loaded === null) continue;
    table.add(loaded);
    taken = true;
  }
  return takeForCommons(table, input, target, refuse) || taken;
}

/** GNU ld takes a member, too, that defines what is a common symbol up to here. */
function takeForCommons(table: SymbolTable, input: ArchiveInput, target: Target, refuse: Refuse): boolean {
  let taken = false;
  for (const [symbol, by] of table.commons) {
    const at = input.archive.index.get(symbol);
    if (at === undefined || input.taken.has(at)) continue;
    const found = input.archive.member(at)?.symbols.find(({ name }) => name === symbol);
    if (found === undefined || found.kind === 'common' || found.section === null) continue;
    const loaded = takeMember(input, at, { symbol, by }, target, refuse);
    if (loaded === null) continue;
    table.add(loaded);
    taken = true;
  }
  return taken;
}

/** GNU ld: one pass from left to right; a group is searched again until nothing more is taken from it. */
export function resolveInOrder(table: SymbolTable, inputs: LinkInput[], target: Target, refuse: Refuse): void {
  let group: ArchiveInput[] | null = null;
  let depth = 0;
  const searchGroup = () => {
    while (group?.map((input) => searchArchive(table, input, target, refuse)).includes(true));
    group = null;
  };
  for (const input of inputs) {
    if (input.kind === 'object') table.add(input.loaded);
    else if (input.kind === 'group-start') group = depth++ === 0 ? [] : group;
    else if (input.kind === 'group-end') {
      if (depth <= 1) searchGroup();
      depth = Math.max(0, depth - 1);
    } else if (input.whole) takeWhole(table, input, target, refuse);
    else {
      searchArchive(table, input, target, refuse);
      group?.push(input);
    }
  }
  searchGroup();
}

/** lld: the order is no matter; of several archives that define a symbol, the first on the line has it. */
export function resolveAnyOrder(table: SymbolTable, inputs: LinkInput[], target: Target, refuse: Refuse): void {
  const lazy = new Map<string, { input: ArchiveInput; at: number }>();
  for (const input of inputs) {
    if (input.kind === 'object') table.add(input.loaded);
    else if (input.kind !== 'archive') continue;
    else if (input.whole) takeWhole(table, input, target, refuse);
    else {
      for (const [symbol, at] of input.archive.index) if (!lazy.has(symbol)) lazy.set(symbol, { input, at });
    }
  }
  for (const [symbol, by] of table.wanted) {
    const found = lazy.get(symbol);
    if (found === undefined || found.input.taken.has(found.at)) continue;
    const loaded = takeMember(found.input, found.at, { symbol, by }, target, refuse);
    if (loaded !== null) table.add(loaded);
  }
}

/** A reference that nothing answers, from a section that stays in the program. */
export interface Unanswered {
  symbol: string;
  by: Loaded;
}

/** A section that is in the program, with the object that has it. */
export interface Linked {
  loaded: Loaded;
  section: ObjectSection;
}

/** All sections: GNU ld keeps them. */
export function allSections(table: SymbolTable): Linked[] {
  return table.loaded.flatMap((loaded) => [...keptSections(loaded)].map((section) => ({ loaded, section })));
}

/** References of all sections. */
export function unansweredInAll(table: SymbolTable): Unanswered[] {
  return allSections(table).flatMap(({ loaded, section }) => unansweredIn(table, loaded, section.refersTo.symbols));
}

/** References of the sections that lld keeps. */
export function unansweredInUsed(table: SymbolTable): Unanswered[] {
  return usedSections(table).flatMap(({ loaded, section }) => unansweredIn(table, loaded, section.refersTo.symbols));
}

function unansweredIn(table: SymbolTable, by: Loaded, symbols: string[]): Unanswered[] {
  return symbols
    .map((symbol) => ({ symbol: table.target(symbol), by }))
    .filter(({ symbol }) => table.wanted.has(symbol));
}

/**
 * The sections that are still there once lld has dropped what nothing reaches: from a package's own code,
 * from start files, and from sections that are always kept.
 */
export function usedSections(table: SymbolTable): Linked[] {
  const live = new Map<Loaded, Set<number>>();
  const queue: { loaded: Loaded; index: number }[] = [];
  const reach = (loaded: Loaded, index: number) => {
    const sections = live.get(loaded) ?? new Set<number>();
    live.set(loaded, sections);
    if (index <= 0 || sections.has(index) || loaded.discarded.has(index)) return;
    sections.add(index);
    queue.push({ loaded, index });
  };
  for (const loaded of table.loaded) {
    const whole = loaded.file === '' || loaded.pulledFor === null;
    for (const section of keptSections(loaded)) {
      if (section.retained || section.name === '.eh_frame' || (whole && loaded.file === '') || isStartFile(loaded)) {
        reach(loaded, section.index);
      }
    }
  }
  const sectionsOf = new Map<Loaded, Map<number, Loaded['facts']['sections'][number]>>();
  const found: Linked[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { loaded, index } = next;
    const byIndex = sectionsOf.get(loaded) ?? new Map(loaded.facts.sections.map((section) => [section.index, section]));
    sectionsOf.set(loaded, byIndex);
    const section = byIndex.get(index);
    if (section === undefined) continue;
    found.push({ loaded, section });
    // An entry of the unwind table keeps no code alive; the code keeps its entry.
    const unwind = section.name === '.eh_frame';
    for (const symbol of section.refersTo.symbols) {
      const definition = table.definition(table.target(symbol));
      if (
        definition?.by &&
        !(unwind && definition.by.facts.sections.find(({ index: at }) => at === definition.section)?.executable)
      ) {
        reach(definition.by, definition.section);
      }
    }
    for (const other of section.refersTo.sections) {
      if (!unwind || byIndex.get(other)?.executable !== true) reach(loaded, other);
    }
  }
  return found;
}

/** crt1.o and its like have no archive and no package. */
function isStartFile(loaded: Loaded): boolean {
  return loaded.package === '' && loaded.member === '';
}
