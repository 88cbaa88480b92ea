import type { Place } from '../model/place.ts';

/** Line and column of a byte in a text: lines from 1, columns in bytes from 1. */
export interface LineColumn {
  line: number;
  column: number;
}

/** A text with its line continuations taken out, and the way back to where each byte stood. */
export class Source {
  /** The bytes that the lexer reads. */
  readonly bytes: Uint8Array;
  readonly #original: Uint8Array;
  /** Positions in `bytes` before which bytes were taken out, and how many in all up to there. */
  readonly #cuts: number[] = [];
  readonly #removed: number[] = [];
  #lines: Int32Array | undefined;

  constructor(original: Uint8Array) {
    this.#original = original;
    this.bytes = original.includes(92) ? this.#splice(original) : original;
  }

  at(position: number): LineColumn {
    const original = position + this.#removedBefore(position);
    const lines = this.#lineStarts();
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] as number) <= original) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: original - (lines[low] as number) + 1 };
  }

  text(start: number, end: number): string {
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  #removedBefore(position: number): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cuts[middle] as number) <= position) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : (this.#removed[low - 1] as number);
  }

  #lineStarts(): Int32Array {
    if (this.#lines === undefined) {
      const starts = [0];
      const bytes = this.#original;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
      this.#lines = Int32Array.from(starts);
    }
    return this.#lines;
  }

  /** Takes out each backslash with the line end behind it; gcc and clang allow blanks between the two. */
  #splice(original: Uint8Array): Uint8Array {
    let out: Uint8Array | undefined;
    let filled = 0;
    let copied = 0;
    for (let at = original.indexOf(92); at >= 0; at = original.indexOf(92, at + 1)) {
      let end = at + 1;
      while (original[end] === 32 || original[end] === 9 || original[end] === 13 || original[end] === 12) end++;
      if (original[end] !== 10) continue;
      out ??= new Uint8Array(original.length);
      out.set(original.subarray(copied, at), filled);
      filled += at - copied;
      copied = end + 1;
      this.#cuts.push(filled);
      this.#removed.push(copied - filled);
      at = end;
    }
    if (out === undefined) return original;
    out.set(original.subarray(copied), filled);
    return out.subarray(0, filled + original.length - copied);
  }
}

/** Where positions of a source stand for a reader: in a file of a module, or inside a Go file's comment. */
export interface SourcePlace {
  place(position: number): Place;
}
