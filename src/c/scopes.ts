/** What a name stands for where it is used. */
export interface Declared {
  kind: 'typedef' | 'function' | 'variable' | 'constant' | 'parameter';
  /** Whether it is seen outside the unit: neither static nor local. */
  external: boolean;
  /** It has a body, or is an object and no mere `extern`. */
  defined: boolean;
  /** Its name for the linker, when `__asm__("…")` gives another. */
  symbol: string | null;
  /** An `inline` body that leaves no global symbol. */
  inline: boolean;
  /** Bytes of the type or object; 0 when not known. */
  size: number;
  /** Value of an enumeration constant, when known. */
  value: number | null;
}

/** The names of one unit by scope: the file's, and the blocks' that are open. */
export class Scopes {
  readonly file = new Map<number, Declared>();
  readonly tags = new Map<number, number>();
  readonly #blocks: Map<number, Declared>[] = [];

  get local(): boolean {
    return this.#blocks.length > 0;
  }

  push(): void {
    this.#blocks.push(new Map());
  }

  pop(): void {
    this.#blocks.pop();
  }

  get depth(): number {
    return this.#blocks.length;
  }

  /** Forgets blocks above `depth`, after text that could not be followed. */
  restore(depth: number): void {
    this.#blocks.length = Math.min(this.#blocks.length, depth);
  }

  find(id: number): Declared | undefined {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const found = this.#blocks[at]?.get(id);
      if (found !== undefined) return found;
    }
    return this.file.get(id);
  }

  declare(id: number, declared: Declared): void {
    const block = this.#blocks[this.#blocks.length - 1];
    if (block !== undefined && !(declared.kind === 'function' && !declared.defined)) {
      block.set(id, declared);
      return;
    }
    if (block !== undefined && !block.has(id)) block.set(id, declared);
    const before = this.file.get(id);
    if (before === undefined) {
      if (block === undefined) this.file.set(id, declared);
      return;
    }
    if (block !== undefined) return;
    this.file.set(id, {
      ...declared,
      external: declared.external && before.external,
      defined: declared.defined || before.defined,
      symbol: declared.symbol ?? before.symbol,
      inline: declared.inline && (before.inline || !before.defined),
      size: declared.size || before.size,
    });
  }
}
