import { hashStep, idOf, kind, type Spellings } from './spelling.ts';

/** Bits of `TokenTable.flags`. */
export const flag = { space: 1, first: 2 } as const;

/** The tokens of one source, one column an array. `start` and `end` are byte positions in the spliced text. */
export interface TokenTable {
  count: number;
  kind: Uint8Array;
  /** `flag.space`: blanks or a comment stand before it; `flag.first`: it is the first of its line. */
  flags: Uint8Array;
  /** Spelling of identifiers, punctuators and short numbers; 0 for the others. */
  id: Int32Array;
  start: Int32Array;
  end: Int32Array;
  /** Indexes of the `#` tokens that begin a line. */
  directives: number[];
}

/** Classes of bytes: 1 begins an identifier, 2 digit, 3 blank, 4 newline, 5 quote, 6 punctuation, 0 anything else. */
const classes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const text = String.fromCharCode(byte);
  if (/[A-Za-z_$]/.test(text) || byte >= 128) classes[byte] = 1;
  else if (/[0-9]/.test(text)) classes[byte] = 2;
  else if (/[ \t\v\f\r]/.test(text)) classes[byte] = 3;
  else if (byte === 10) classes[byte] = 4;
  else if (byte === 34 || byte === 39) classes[byte] = 5;
  else if ('{}()[];,:?.-#=+*/%&|^~!<>'.includes(text)) classes[byte] = 6;
}
const inIdentifier = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) inIdentifier[byte] = classes[byte] === 1 || classes[byte] === 2 ? 1 : 0;

/** Punctuators by first byte, longest first. Digraphs are read as what they stand for. */
const byFirst: { bytes: number[]; id: number }[][] = Array.from({ length: 256 }, () => []);
for (const [text, meaning] of [
  ...'{ } ( ) [ ] ; , : ? . -> ... :: # ## = + - * / % & | ^ ~ ! < > ++ -- << >>'.split(' ').map((p) => [p, p]),
  ...'== != <= >= && || += -= *= /= %= &= |= ^= <<= >>='.split(' ').map((p) => [p, p]),
  ...[
    ['<:', '['],
    [':>', ']'],
    ['<%', '{'],
    ['%>', '}'],
    ['%:', '#'],
    ['%:%:', '##'],
  ],
] as [string, string][]) {
  const bytes = [...text].map((character) => character.charCodeAt(0));
  byFirst[bytes[0] as number]?.push({ bytes, id: idOf(meaning) });
}
for (const list of byFirst) list.sort((a, b) => b.bytes.length - a.bytes.length);

const prefixes = new Set(['L', 'u', 'U', 'u8', 'R', 'LR', 'uR', 'UR', 'u8R']);
const hash = idOf('#');
const longestNumber = 32;

class Tables {
  count = 0;
  kind: Uint8Array;
  flags: Uint8Array;
  id: Int32Array;
  start: Int32Array;
  end: Int32Array;

  constructor(room: number) {
    this.kind = new Uint8Array(room);
    this.flags = new Uint8Array(room);
    this.id = new Int32Array(room);
    this.start = new Int32Array(room);
    this.end = new Int32Array(room);
  }

  grow(): void {
    const larger = new Tables(this.kind.length * 2);
    larger.kind.set(this.kind);
    larger.flags.set(this.flags);
    larger.id.set(this.id);
    larger.start.set(this.start);
    larger.end.set(this.end);
    this.kind = larger.kind;
    this.flags = larger.flags;
    this.id = larger.id;
    this.start = larger.start;
    this.end = larger.end;
  }
}

/** End of a string or character literal that begins at the quote at `at`: behind its closing quote, or at the line's end. */
function quotedEnd(bytes: Uint8Array, at: number): number {
  const quote = bytes[at];
  for (let end = at + 1; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === 92 && bytes[end + 1] !== 10) end++;
    else if (byte === quote) return end + 1;
    else if (byte === 10) return end;
  }
  return bytes.length;
}

/** End of a raw string whose quote stands at `at`. */
function rawEnd(bytes: Uint8Array, at: number): number {
  let open = at + 1;
  while (open < bytes.length && open - at <= 17 && bytes[open] !== 40) open++;
  if (bytes[open] !== 40) return quotedEnd(bytes, at);
  const closing = [41, ...bytes.subarray(at + 1, open), 34];
  for (let end = bytes.indexOf(41, open); end >= 0; end = bytes.indexOf(41, end + 1)) {
    if (closing.every((byte, index) => bytes[end + index] === byte)) return end + closing.length;
  }
  return bytes.length;
}

function numberEnd(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] as number;
    if (inIdentifier[byte] === 1 || byte === 46) continue;
    if (byte === 39 && inIdentifier[bytes[end + 1] ?? 0] === 1) continue;
    const before = bytes[end - 1] as number;
    const exponent = before === 101 || before === 69 || before === 112 || before === 80;
    if ((byte === 43 || byte === 45) && exponent) continue;
    break;
  }
  return end;
}

/**
 * Splits C or C++ into preprocessing tokens. Any bytes are accepted: what is no token is `other`, one byte each.
 * `cxx` turns on raw strings and `'` in numbers is read in both languages (C23).
 */
export function lex(bytes: Uint8Array, spellings: Spellings, cxx: boolean): TokenTable {
  const tables = new Tables(Math.max(64, bytes.length >> 2));
  const directives: number[] = [];
  const length = bytes.length;
  let at = length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let bits: number = flag.first;
  while (at < length) {
    const byte = bytes[at] as number;
    const start = at;
    let what: number;
    let id = 0;
    switch (classes[byte]) {
      case 3:
        at++;
        bits |= flag.space;
        continue;
      case 4:
        at++;
        bits = flag.first;
        continue;
      case 1: {
        let code = 0;
        do {
          code = hashStep(code, bytes[at] as number);
          at++;
        } while (at < length && inIdentifier[bytes[at] as number] === 1);
        const next = bytes[at];
        if ((next === 34 || next === 39) && at - start <= 3) {
          const prefix = String.fromCharCode(...bytes.subarray(start, at));
          const raw = prefix.endsWith('R');
          if (prefixes.has(prefix) && !(raw && (!cxx || next === 39))) {
            at = raw ? rawEnd(bytes, at) : quotedEnd(bytes, at);
            what = next === 34 ? kind.string : kind.character;
            break;
          }
        }
        what = kind.identifier;
        id = spellings.intern(bytes, start, at, code);
        break;
      }
      case 2:
        at = numberEnd(bytes, at);
        what = kind.number;
        break;
      case 5:
        at = quotedEnd(bytes, at);
        what = byte === 34 ? kind.string : kind.character;
        break;
      case 6: {
        const next = bytes[at + 1];
        if (byte === 47 && next === 47) {
          const end = bytes.indexOf(10, at);
          at = end < 0 ? length : end;
          bits |= flag.space;
          continue;
        }
        if (byte === 47 && next === 42) {
          let end = at + 2;
          for (;;) {
            end = bytes.indexOf(47, end);
            if (end < 0) break;
            if (bytes[end - 1] === 42 && end >= at + 3) break;
            end++;
          }
          at = end < 0 ? length : end + 1;
          bits |= flag.space;
          continue;
        }
        if (byte === 46 && next !== undefined && next >= 48 && next <= 57) {
          at = numberEnd(bytes, at);
          what = kind.number;
          break;
        }
        what = kind.punctuator;
        let size = 1;
        for (const candidate of byFirst[byte] ?? []) {
          const wanted = candidate.bytes;
          if (wanted.length > 1 && bytes[at + 1] !== wanted[1]) continue;
          if (wanted.length > 2 && bytes[at + 2] !== wanted[2]) continue;
          if (wanted.length > 3 && bytes[at + 3] !== wanted[3]) continue;
          size = wanted.length;
          id = candidate.id;
          break;
        }
        at += size;
        break;
      }
      default:
        at++;
        what = kind.other;
    }
    if (what === kind.number && at - start <= longestNumber) {
      let code = 0;
      for (let digit = start; digit < at; digit++) code = hashStep(code, bytes[digit] as number);
      id = spellings.intern(bytes, start, at, code);
    }
    if (tables.count === tables.kind.length) tables.grow();
    const index = tables.count++;
    tables.kind[index] = what;
    tables.flags[index] = bits;
    tables.id[index] = id;
    tables.start[index] = start;
    tables.end[index] = at;
    if (id === hash && (bits & flag.first) !== 0) directives.push(index);
    bits = 0;
  }
  return {
    count: tables.count,
    kind: tables.kind,
    flags: tables.flags,
    id: tables.id,
    start: tables.start,
    end: tables.end,
    directives,
  };
}
