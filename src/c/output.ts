/** Bits of an output token. */
export const mark = {
  /** In a region whose condition could not be decided, or given by an undecided macro. */
  undecided: 1,
  /** In a header of the libc, the kernel or the compiler. */
  system: 2,
  /** Given by a macro. */
  expanded: 4,
  /** Behind an `#include` whose text could not be read and that may declare anything. */
  afterUnread: 8,
} as const;

/** Tokens that an output has room for at first. */
const firstRoom = 1 << 12;

/** What preprocessing leaves, one column an array. */
export class Output {
  count = 0;
  kind = new Uint8Array(firstRoom);
  id = new Int32Array(firstRoom);
  /** Index of the file, and byte position in it. */
  file = new Uint16Array(firstRoom);
  position = new Int32Array(firstRoom);
  marks = new Uint8Array(firstRoom);
  /** Flag macros that the token depends on: see `Enabling`. */
  enabling = new Uint16Array(firstRoom);

  add(what: number, id: number, file: number, position: number, marks: number, enabling: number): void {
    if (this.count === this.kind.length) this.#grow();
    const index = this.count++;
    this.kind[index] = what;
    this.id[index] = id;
    this.file[index] = file;
    this.position[index] = position;
    this.marks[index] = marks;
    this.enabling[index] = enabling;
  }

  #grow(): void {
    const room = this.kind.length * 4;
    const grown = <T extends Uint8Array | Int32Array | Uint16Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.kind = grown(this.kind, new Uint8Array(room));
    this.id = grown(this.id, new Int32Array(room));
    this.file = grown(this.file, new Uint16Array(room));
    this.position = grown(this.position, new Int32Array(room));
    this.marks = grown(this.marks, new Uint8Array(room));
    this.enabling = grown(this.enabling, new Uint16Array(room));
  }
}

/** Sets of flag macros by number: 0 is the empty set. */
export class Enabling {
  readonly #sets: (readonly string[])[] = [[]];
  readonly #byKey = new Map<string, number>([['', 0]]);

  names(set: number): readonly string[] {
    return this.#sets[set] ?? [];
  }

  /** The set with `names` added behind its own. Beyond 65535 sets nothing is added. */
  combine(set: number, names: readonly string[]): number {
    if (names.length === 0) return set;
    const own = this.names(set);
    const added = names.filter((name) => !own.includes(name));
    if (added.length === 0) return set;
    const all = [...own, ...added];
    const key = all.join(' ');
    const seen = this.#byKey.get(key);
    if (seen !== undefined) return seen;
    if (this.#sets.length > 65535) return set;
    this.#sets.push(all);
    this.#byKey.set(key, this.#sets.length - 1);
    return this.#sets.length - 1;
  }
}
