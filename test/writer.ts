/** Writes numbers of either byte order and word size. */
export class Writer {
  readonly #little: boolean;
  readonly #wide: boolean;
  readonly bytes: number[] = [];
  constructor(little: boolean, wide: boolean) {
    this.#little = little;
    this.#wide = wide;
  }
  number(value: number, size: number): this {
    const digits = Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256);
    this.bytes.push(...(this.#little ? digits : digits.reverse()));
    return this;
  }
  word(value: number): this {
    return this.number(value, this.#wide ? 8 : 4);
  }
  add(bytes: ArrayLike<number>): this {
    for (let at = 0; at < bytes.length; at++) this.bytes.push(bytes[at] ?? 0);
    return this;
  }
  align(to: number): number {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
    return this.bytes.length;
  }
}
