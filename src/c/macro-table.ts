import { type MacroState, mergeStates } from './macro.ts';

/** The macros at one point of a unit, with what undecided branches did to them. */
export class MacroTable {
  readonly #states = new Map<number, MacroState>();
  /** One byte an id: whether the name can be a macro at all; a quick no for the common case. */
  #touched = new Uint8Array(1 << 13);
  readonly #chains: Chain[] = [];

  get(id: number): MacroState | undefined {
    return this.touched(id) ? this.#states.get(id) : undefined;
  }

  touched(id: number): boolean {
    return this.#touched[id] === 1;
  }

  set(id: number, state: MacroState | undefined): void {
    const chain = this.#chains[this.#chains.length - 1];
    if (chain !== undefined && !chain.base.has(id)) chain.base.set(id, this.#states.get(id));
    chain?.changed.add(id);
    this.#put(id, state);
  }

  all(): IterableIterator<[number, MacroState]> {
    return this.#states.entries();
  }

  /** A condition that can't be decided: its branches are followed one after the other, each from here. */
  openChain(): void {
    this.#chains.push({ base: new Map(), branches: [], changed: new Set() });
  }

  endBranch(): void {
    const chain = this.#chains[this.#chains.length - 1];
    if (chain === undefined) return;
    const after = new Map<number, MacroState | undefined>();
    for (const id of chain.changed) {
      after.set(id, this.#states.get(id));
      this.#put(id, chain.base.get(id));
    }
    chain.branches.push(after);
    chain.changed = new Set();
  }

  /** `exhaustive` when one of the branches is sure to hold. */
  closeChain(exhaustive: boolean): void {
    const chain = this.#chains.pop();
    if (chain === undefined) return;
    for (const [id, before] of chain.base) {
      const states = chain.branches.map((branch) => (branch.has(id) ? branch.get(id) : before));
      if (!exhaustive) states.push(before);
      this.set(id, mergeStates(states));
    }
  }

  #put(id: number, state: MacroState | undefined): void {
    if (id >= this.#touched.length) {
      const larger = new Uint8Array(Math.max(id + 1, this.#touched.length * 2));
      larger.set(this.#touched);
      this.#touched = larger;
    }
    this.#touched[id] = 1;
    if (state === undefined) this.#states.delete(id);
    else this.#states.set(id, state);
  }
}

interface Chain {
  /** States before the chain of names that a branch changed. */
  base: Map<number, MacroState | undefined>;
  branches: Map<number, MacroState | undefined>[];
  /** Names changed in the current branch. */
  changed: Set<number>;
}
