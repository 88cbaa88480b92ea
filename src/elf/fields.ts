import { Malformed } from './source.ts';

/** Bytes of all names that one table may give: forged names overlap, and would be copied again and again. */
const mostNames = 256 * 1024 * 1024;

/** Reads numbers of one byte order and word size out of bytes. Reading beyond the end throws Malformed. */
export class Fields {
  readonly bytes: Uint8Array;
  readonly little: boolean;
  /** Whether addresses and offsets take 8 bytes. */
  readonly wide: boolean;
  readonly #view: DataView;
  #namesLeft = mostNames;

  constructor(bytes: Uint8Array, little: boolean, wide: boolean) {
    this.bytes = bytes;
    this.little = little;
    this.wide = wide;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #check(offset: number, length: number): void {
    if (!(offset >= 0 && offset + length <= this.bytes.length)) throw new Malformed('is cut short');
  }

  u8(offset: number): number {
    this.#check(offset, 1);
    return this.#view.getUint8(offset);
  }

  u16(offset: number): number {
    this.#check(offset, 2);
    return this.#view.getUint16(offset, this.little);
  }

  u32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getUint32(offset, this.little);
  }

  i32(offset: number): number {
    this.#check(offset, 4);
    return this.#view.getInt32(offset, this.little);
  }

  /** Inexact above 2^53, which no file reaches: such an offset is then refused as beyond the end. */
  u64(offset: number): number {
    const [low, high] = this.little
      ? [this.u32(offset), this.u32(offset + 4)]
      : [this.u32(offset + 4), this.u32(offset)];
    return high * 0x1_0000_0000 + low;
  }

  /** An address, offset or size: 4 or 8 bytes. */
  word(offset: number): number {
    return this.wide ? this.u64(offset) : this.u32(offset);
  }

  /**
   * Text up to a NUL, or to the end. Bytes above 127 are read one by one: names are compared, not shown, until escaped.
   * Throws Malformed when all texts of these bytes together grow beyond reason.
   */
  text(offset: number): string {
    if (offset < 0 || offset >= this.bytes.length) return '';
    const nul = this.bytes.indexOf(0, offset);
    const end = nul < 0 ? this.bytes.length : nul;
    this.#namesLeft -= end - offset;
    if (this.#namesLeft < 0) throw new Malformed('has names of more than 256 MiB');
    return latin1(this.bytes.subarray(offset, end));
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
