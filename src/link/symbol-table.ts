import type { ObjectFacts, ObjectSection } from '../model/object.ts';

/** An object that takes part in the link: a bare one, a member that was pulled, or a package's own code. */
export interface Loaded {
  facts: ObjectFacts;
  /** Absolute path of the object or archive; empty for a package's own code. */
  file: string;
  /** Empty for a bare object. */
  member: string;
  package: string;
  /** Symbol for which it was pulled and who needed it; null when it stands on the line. */
  pulledFor: { symbol: string; by: Loaded } | null;
  /** COMDAT sections that another object already brought. */
  discarded: Set<number>;
}

export interface Definition {
  by: Loaded | null;
  /** Section in `by`; -1 when it has none. */
  section: number;
  strength: 'strong' | 'weak' | 'common';
}

/** Two definitions of one symbol, where one is allowed. */
export interface Duplicate {
  symbol: string;
  first: Loaded;
  second: Loaded;
}

/** The global symbols of a link, as both linkers keep them. */
export class SymbolTable {
  readonly loaded: Loaded[] = [];
  readonly duplicates: Duplicate[] = [];
  /** Symbols that something needs and nothing defines, with the first that needs them. Weak needs are not among them. */
  readonly wanted = new Map<string, Loaded>();
  /** Common symbols that nothing else defines, with the first object that has them. */
  readonly commons = new Map<string, Loaded>();
  readonly #definitions = new Map<string, Definition>();
  readonly #groups = new Set<string>();
  readonly #wrapped: ReadonlySet<string>;
  readonly #provided: (symbol: string) => boolean;

  /** `provided` says of a symbol that it is there without any object; `wrapped` are the names given to --wrap. */
  constructor(provided: (symbol: string) => boolean, wrapped: readonly string[] = []) {
    this.#provided = provided;
    this.#wrapped = new Set(wrapped);
  }

  /** What a reference to a symbol looks for: `--wrap` sends it elsewhere. */
  target(symbol: string): string {
    if (this.#wrapped.has(symbol)) return `__wrap_${symbol}`;
    if (symbol.startsWith('__real_') && this.#wrapped.has(symbol.slice('__real_'.length)))
      return symbol.slice('__real_'.length);
    return symbol;
  }

  definition(symbol: string): Definition | undefined {
    return this.#definitions.get(symbol);
  }

  /** Defines a symbol that no object brings: the linker's own, Go's, the libc's by its tables. */
  provide(symbol: string): void {
    if (!this.#definitions.has(symbol)) this.#definitions.set(symbol, { by: null, section: -1, strength: 'weak' });
    this.wanted.delete(symbol);
  }

  need(symbol: string, by: Loaded): void {
    const name = this.target(symbol);
    if (!this.#definitions.has(name) && !this.wanted.has(name) && !this.#provided(name)) this.wanted.set(name, by);
  }

  add(loaded: Loaded): void {
    this.loaded.push(loaded);
    this.#discardGroups(loaded);
    for (const symbol of loaded.facts.symbols) {
      if (symbol.section === null || loaded.discarded.has(symbol.section)) {
        if (symbol.binding !== 'weak') this.need(symbol.name, loaded);
        continue;
      }
      const strength = symbol.kind === 'common' ? 'common' : symbol.binding === 'weak' ? 'weak' : 'strong';
      this.#define(symbol.name, { by: loaded, section: symbol.section, strength });
      // A default version answers plain references, too.
      const plain = /^(.+)@@/.exec(symbol.name)?.[1];
      if (plain !== undefined) this.#define(plain, { by: loaded, section: symbol.section, strength: 'weak' });
    }
  }

  #discardGroups(loaded: Loaded): void {
    const own = new Set<string>();
    for (const { index, group } of loaded.facts.sections) {
      if (group === null) continue;
      if (this.#groups.has(group)) loaded.discarded.add(index);
      else own.add(group);
    }
    for (const group of own) this.#groups.add(group);
  }

  #define(symbol: string, definition: Definition): void {
    const old = this.#definitions.get(symbol);
    this.wanted.delete(symbol);
    if (definition.strength !== 'common') this.commons.delete(symbol);
    else if (old === undefined && definition.by !== null) this.commons.set(symbol, definition.by);
    if (old === undefined || rank[old.strength] < rank[definition.strength]) {
      this.#definitions.set(symbol, definition);
      return;
    }
    if (old.strength !== 'strong' || definition.strength !== 'strong') return;
    if (old.by !== null && definition.by !== null && old.by !== definition.by) {
      this.duplicates.push({ symbol, first: old.by, second: definition.by });
    }
  }
}

const rank = { weak: 0, common: 1, strong: 2 };

/** Sections that stay in the link. */
export function* keptSections(loaded: Loaded): Generator<ObjectSection> {
  for (const section of loaded.facts.sections) if (!loaded.discarded.has(section.index)) yield section;
}
