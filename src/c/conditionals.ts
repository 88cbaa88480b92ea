import type { MacroTable } from './macro-table.ts';

/** One `#if` … `#endif` that is open. */
interface Conditional {
  live: boolean;
  /** A branch was sure to hold, so that no later one does. */
  taken: boolean;
  /** An undecided branch was met: branches from there on are followed side by side. */
  chain: boolean;
  /** Flag macros in force before it, and those its conditions tested so far. */
  before: number;
  tested: string[];
}

/** The `#if`s that are open in one file. */
export class Conditionals {
  readonly #open: Conditional[] = [];
  readonly #macros: MacroTable;
  readonly #undecided: (change: number) => void;

  /** `undecided` is told of each undecided conditional that opens (1) and closes (-1). */
  constructor(macros: MacroTable, undecided: (change: number) => void) {
    this.#macros = macros;
    this.#undecided = undecided;
  }

  get empty(): boolean {
    return this.#open.length === 0;
  }

  get live(): boolean {
    return this.#top?.live ?? true;
  }

  get taken(): boolean {
    return this.#top?.taken ?? false;
  }

  get before(): number {
    return this.#top?.before ?? 0;
  }

  get tested(): readonly string[] {
    return this.#top?.tested ?? [];
  }

  open(value: boolean | null, before: number): void {
    this.#open.push({ live: false, taken: false, chain: false, before, tested: [] });
    this.begin(value);
  }

  note(tested: readonly string[]): void {
    this.#top?.tested.push(...tested);
  }

  /** A branch with that condition begins; `endBranch` has ended the one before. */
  begin(value: boolean | null): void {
    const top = this.#top;
    if (top === undefined) return;
    if (value === null && !top.chain) {
      top.chain = true;
      this.#macros.openChain();
      this.#undecided(1);
    }
    top.live = value !== false;
    top.taken ||= value === true;
  }

  endBranch(): void {
    const top = this.#top;
    if (top?.live && top.chain) this.#macros.endBranch();
    if (top !== undefined) top.live = false;
  }

  /** Closes the innermost: gives the flag macros in force before it, or null when none is open. */
  close(): number | null {
    const top = this.#top;
    if (top === undefined) return null;
    this.endBranch();
    if (top.chain) {
      this.#macros.closeChain(top.taken);
      this.#undecided(-1);
    }
    this.#open.pop();
    return top.before;
  }

  /** Closes what the file left open. */
  closeAll(): number | null {
    let before: number | null = null;
    while (!this.empty) before = this.close();
    return before;
  }

  get #top(): Conditional | undefined {
    return this.#open[this.#open.length - 1];
  }
}
