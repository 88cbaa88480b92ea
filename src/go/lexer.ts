/** A token of a Go file, no finer than is needed here. Offsets are bytes; lines count from 1. */
export interface GoToken {
  /**
   * `name` holds keywords and numbers too; `string` rune literals too; `mark` is any other byte, such as `(`; `bad` is a
   * comment or string that does not end.
   */
  kind: 'name' | 'string' | 'comment' | 'mark' | 'bad' | 'end';
  start: number;
  end: number;
  line: number;
  endLine: number;
  /** In bytes, from 1. */
  column: number;
}

const newline = 0x0a;
const slash = 0x2f;
const star = 0x2a;

function isNameByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f ||
    byte >= 0x80
  );
}

/** Splits bytes of a Go file into names, strings, comments and single marks; a leading byte order mark is skipped. */
export class GoLexer {
  readonly #bytes: Uint8Array;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  next(): GoToken {
    const bytes = this.#bytes;
    for (;;) {
      const byte = bytes[this.#at];
      if (byte === newline) this.#newline();
      else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) break;
      this.#at++;
    }
    const token: GoToken = {
      kind: 'mark',
      start: this.#at,
      end: this.#at,
      line: this.#line,
      endLine: this.#line,
      column: this.#at - this.#lineStart + 1,
    };
    token.kind = this.#scan();
    token.end = this.#at;
    token.endLine = this.#line;
    return token;
  }

  /** Moves over one token and says its kind. */
  #scan(): GoToken['kind'] {
    const bytes = this.#bytes;
    const byte = bytes[this.#at];
    if (byte === undefined) return 'end';
    if (isNameByte(byte)) {
      while (this.#at < bytes.length && isNameByte(bytes[this.#at] ?? 0)) this.#at++;
      return 'name';
    }
    if (byte === 0x22 || byte === 0x27) return this.#quoted(byte);
    if (byte === 0x60) return this.#until(0x60, 0);
    if (byte === slash && bytes[this.#at + 1] === slash) {
      const end = bytes.indexOf(newline, this.#at);
      this.#at = end < 0 ? bytes.length : end;
      return 'comment';
    }
    if (byte === slash && bytes[this.#at + 1] === star) {
      this.#at++;
      return this.#until(star, slash) === 'bad' ? 'bad' : 'comment';
    }
    this.#at++;
    return 'mark';
  }

  #newline(): void {
    this.#line++;
    this.#lineStart = this.#at + 1;
  }

  #quoted(quote: number): 'string' | 'bad' {
    const bytes = this.#bytes;
    for (this.#at++; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at];
      if (byte === newline) return 'bad';
      if (byte === 0x5c) this.#at++;
      else if (byte === quote) {
        this.#at++;
        return 'string';
      }
    }
    this.#at = bytes.length;
    return 'bad';
  }

  /** Moves behind the next `first` (followed by `second`, unless that is 0), counting lines. */
  #until(first: number, second: number): 'string' | 'bad' {
    const bytes = this.#bytes;
    for (this.#at++; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at];
      if (byte === newline) this.#newline();
      else if (byte === first && (second === 0 || bytes[this.#at + 1] === second)) {
        this.#at += second === 0 ? 1 : 2;
        return 'string';
      }
    }
    return 'bad';
  }
}
