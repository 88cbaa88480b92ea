/** What a token is. `opaque` stands for text that an undecided macro would give. */
export const kind = {
  end: 0,
  identifier: 1,
  number: 2,
  string: 3,
  character: 4,
  punctuator: 5,
  other: 6,
  opaque: 7,
} as const;

const punctuators = [
  ...['{', '}', '(', ')', '[', ']', ';', ',', ':', '?', '.', '->', '...', '::', '#', '##'],
  ...['=', '+', '-', '*', '/', '%', '&', '|', '^', '~', '!', '<', '>', '++', '--', '<<', '>>'],
  ...['==', '!=', '<=', '>=', '&&', '||', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='],
  ...['.*', '->*', '<=>'],
];

/** Ids of spellings that the preprocessor and the resolver compare with. */
const words = [
  ...['define', 'undef', 'include', 'include_next', 'import', 'if', 'ifdef', 'ifndef', 'elif', 'elifdef', 'elifndef'],
  ...[
    'else',
    'endif',
    'error',
    'warning',
    'line',
    'pragma',
    'once',
    'omp',
    'parallel',
    'ident',
    'sccs',
    'defined',
    '_Pragma',
  ],
  ...['__VA_ARGS__', '__VA_OPT__', '__has_include', '__has_include_next', '__FILE__', '__LINE__', '__DATE__'],
  ...['__TIME__', '__COUNTER__', '__INCLUDE_LEVEL__', '__BASE_FILE__', '__FILE_NAME__', '__TIMESTAMP__'],
  ...['__has_attribute', '__has_c_attribute', '__has_cpp_attribute', '__has_declspec_attribute', '__has_builtin'],
  ...['__has_feature', '__has_extension', '__has_warning', '__has_embed', '__is_identifier', '__building_module'],
  ...['true', 'false', 'push_macro', 'pop_macro', 'and', 'or', 'not'],
];

/**
 * Gives each spelling a small number that stays the same for a session, so that tokens compare as numbers.
 * Spellings are bytes; text is made when it is asked for.
 */
export class Spellings {
  #arena = new Uint8Array(1 << 16);
  #used = 0;
  #offset = new Int32Array(1 << 12);
  #table = new Int32Array(1 << 13);
  #count = 1;
  readonly #text: (string | undefined)[] = [''];
  readonly #byText = new Map<string, number>();

  constructor() {
    for (const text of [...punctuators, ...words]) this.of(text);
  }

  /** How many ids there are: all are below this. */
  get size(): number {
    return this.#count;
  }

  /** The id of the bytes from `start` to `end`, whose hash is `hash` (see `hashStep`). */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#table[slot] as number;
      if (id === 0) break;
      if (this.#same(id, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, start, end, slot);
  }

  of(text: string): number {
    const seen = this.#byText.get(text);
    if (seen !== undefined) return seen;
    const bytes = new TextEncoder().encode(text);
    let hash = 0;
    for (const byte of bytes) hash = hashStep(hash, byte);
    const id = this.intern(bytes, 0, bytes.length, hash);
    this.#byText.set(text, id);
    return id;
  }

  text(id: number): string {
    const known = this.#text[id];
    if (known !== undefined) return known;
    const bytes = this.#arena.subarray(this.#offset[id], this.#offset[id + 1]);
    const text = new TextDecoder().decode(bytes);
    this.#text[id] = text;
    return text;
  }

  #same(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offset[id] as number;
    const length = (this.#offset[id + 1] as number) - from;
    if (length !== end - start) return false;
    for (let at = 0; at < length; at++) if (this.#arena[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const length = end - start;
    while (this.#used + length > this.#arena.length) {
      const larger = new Uint8Array(this.#arena.length * 2);
      larger.set(this.#arena);
      this.#arena = larger;
    }
    this.#arena.set(bytes.subarray(start, end), this.#used);
    const id = this.#count++;
    if (id + 2 > this.#offset.length) {
      const larger = new Int32Array(this.#offset.length * 2);
      larger.set(this.#offset);
      this.#offset = larger;
    }
    this.#offset[id] = this.#used;
    this.#used += length;
    this.#offset[id + 1] = this.#used;
    this.#table[slot] = id;
    if (this.#count * 2 > this.#table.length) this.#grow();
    return id;
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 4);
    const mask = table.length - 1;
    for (let id = 1; id < this.#count; id++) {
      let hash = 0;
      const end = this.#offset[id + 1] as number;
      for (let at = this.#offset[id] as number; at < end; at++) hash = hashStep(hash, this.#arena[at] as number);
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.#table = table;
  }
}

/** One step of the hash that `Spellings.intern` expects; it starts at 0. */
export function hashStep(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/** Ids of the spellings that every `Spellings` begins with. */
export const known: Readonly<Record<string, number>> = Object.fromEntries(
  [...punctuators, ...words].map((text, index) => [text, index + 1]),
);

/** The number of a spelling that every `Spellings` begins with. */
export function idOf(text: string): number {
  const id = known[text];
  if (id === undefined) throw new Error(`no fixed spelling: ${text}`);
  return id;
}
