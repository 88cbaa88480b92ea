/** Text of a source file in which offsets can be turned into places. Lines and byte columns count from 1. */
export interface SourceText {
  text: string;
  /** False when the bytes are no UTF-8; `text` then has U+FFFD for what is not. */
  valid: boolean;
  position(offset: number): { line: number; column: number };
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: strict.decode(bytes), valid: true };
  } catch (error) {
    if (error instanceof TypeError) return { text: lenient.decode(bytes), valid: false };
    throw error;
  }
}

/** Decodes UTF-8. `position` is meant for offsets of `text`, in UTF-16 units, asked in any order. */
export function sourceText(bytes: Uint8Array): SourceText {
  const { text, valid } = decode(bytes);
  const ascii = text.length === bytes.length;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    text,
    valid,
    position(offset) {
      let low = 0;
      for (let high = starts.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      const start = starts[low] ?? 0;
      const column = ascii ? offset - start : Buffer.byteLength(text.slice(start, offset));
      return { line: low + 1, column: column + 1 };
    },
  };
}
