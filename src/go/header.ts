import { type Constraint, formatConstraint, parseConstraint, parsePlusBuild } from './constraint.ts';
import { GoLexer, type GoToken } from './lexer.ts';

/** A comment of a doc comment. `text` has its marks; carriage returns are gone, as Go's scanner does it. */
export interface HeaderComment {
  text: string;
  /** From 1; the column in bytes. */
  line: number;
  column: number;
}

/** One imported path. */
export interface HeaderImport {
  path: string;
  /** The name before the path, `_` and `.` included; null when there is none. */
  name: string | null;
  line: number;
  column: number;
  /** The comments that cgo takes for the preamble of an `import "C"`; empty when there are none. */
  doc: HeaderComment[];
}

/** What stands in a Go file up to the end of its imports. */
export interface GoHeader {
  packageName: string;
  imports: HeaderImport[];
  /** `//go:build` text, or the old `// +build` lines as one expression; null when there is none. */
  constraint: string | null;
  /** Whether the bytes ended before anything but imports: with a part of a file, what follows may be imports too. */
  open: boolean;
  /** Why the header cannot be read as Go would; null when it can. */
  problem: { line: number; message: string } | null;
}

const goBuild = /^\/\/go:build(?:\s+(.*))?$/s;
const plusBuild = /^\/\/\s*\+build(?:\s+(.*))?$/s;
const decoder = new TextDecoder('utf-8');

class HeaderSyntaxError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Walks tokens and groups comments as go/parser does, so that each token knows its doc comment. */
class HeaderReader {
  readonly #bytes: Uint8Array;
  readonly #lexer: GoLexer;
  #ahead: GoToken;
  token: GoToken;
  /** Comment group that ends on the line before `token`. */
  doc: GoToken[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#lexer = new GoLexer(bytes);
    this.#ahead = this.#lexer.next();
    this.token = this.#ahead;
    this.advance(0);
  }

  text(token: GoToken): string {
    return decoder.decode(this.#bytes.subarray(token.start, token.end));
  }

  is(kind: GoToken['kind'], text: string): boolean {
    return this.token.kind === kind && this.text(this.token) === text;
  }

  /** To the next token that is no comment. `previousLine`: line of the token before it, 0 at the start. */
  advance(previousLine: number = this.token.endLine): void {
    this.doc = [];
    let group: GoToken[] = [];
    let endLine = -1;
    if (this.#ahead.kind === 'comment' && this.#ahead.line === previousLine) {
      // A comment behind the previous token documents nothing that follows, nor do those on the same line as its end.
      endLine = this.#ahead.endLine;
      while (this.#ahead.kind === 'comment' && this.#ahead.line <= endLine) {
        endLine = this.#ahead.endLine;
        this.#ahead = this.#lexer.next();
      }
      endLine = -1;
    }
    while (this.#ahead.kind === 'comment') {
      if (this.#ahead.line > endLine + 1) group = [];
      group.push(this.#ahead);
      endLine = this.#ahead.endLine;
      this.#ahead = this.#lexer.next();
    }
    this.token = this.#ahead;
    if (this.token.kind === 'bad') throw new HeaderSyntaxError(this.token.line, 'a comment or string does not end');
    if (endLine + 1 === this.token.line) this.doc = group;
    if (this.token.kind !== 'end') this.#ahead = this.#lexer.next();
  }

  comments(tokens: GoToken[]): HeaderComment[] {
    return tokens.map((token) => ({
      text: this.text(token).replaceAll('\r', ''),
      line: token.line,
      column: token.column,
    }));
  }
}

function readSpec(reader: HeaderReader): HeaderImport {
  const { line, column } = reader.token;
  const doc = reader.doc;
  let name: string | null = null;
  if (reader.token.kind === 'name' || reader.is('mark', '.')) {
    name = reader.text(reader.token);
    reader.advance();
  }
  if (reader.token.kind !== 'string') throw new HeaderSyntaxError(reader.token.line, 'an import path is expected');
  // Import paths with escapes are legal Go and never written; what the escape stands for is then no known path.
  const path = reader.text(reader.token).slice(1, -1);
  reader.advance();
  if (reader.is('mark', ';')) reader.advance();
  return { path, name, line, column, doc: reader.comments(doc) };
}

function readImports(reader: HeaderReader, imports: HeaderImport[]): void {
  while (reader.is('name', 'import')) {
    const declarationDoc = reader.doc;
    reader.advance();
    const specs: HeaderImport[] = [];
    if (reader.is('mark', '(')) {
      reader.advance();
      while (!reader.is('mark', ')')) specs.push(readSpec(reader));
      reader.advance();
      if (reader.is('mark', ';')) reader.advance();
    } else {
      specs.push({ ...readSpec(reader), doc: [] });
    }
    const only = specs.length === 1 ? specs[0] : undefined;
    // cgo and go/build take the declaration's comment only when it has one path, and that has no comment of its own.
    if (only !== undefined && only.doc.length === 0) only.doc = reader.comments(declarationDoc);
    imports.push(...specs);
  }
}

/**
 * The constraint that go/build finds in the text before the package clause: `//go:build` wins; `// +build` counts only
 * when a blank line follows. Null when there is none; `problem` when Go would refuse the file.
 */
function readConstraint(bytes: Uint8Array, packageStart: number): { text: string | null; problem: string | null } {
  const head = decoder.decode(bytes.subarray(0, packageStart));
  if (!head.includes('build')) return { text: null, problem: null };
  const old: { text: string; at: number }[] = [];
  let found: string | null = null;
  let lastBlank = -1;
  let inLead = true;
  let inBlock = false;
  // The last piece is what stands on the line of the package clause itself.
  for (const [at, raw] of head.split('\n').slice(0, -1).entries()) {
    let line = raw.trim();
    if (line === '' && inLead) lastBlank = at;
    if (line !== '' && !line.startsWith('//')) inLead = false;
    const build = inBlock ? null : goBuild.exec(line);
    if (build !== null) {
      if (found !== null) return { text: null, problem: 'it has more than one //go:build line' };
      found = (build[1] ?? '').trim();
    }
    const plus = inBlock ? null : plusBuild.exec(line);
    if (plus !== null) old.push({ text: plus[1] ?? '', at });
    while (line !== '') {
      if (inBlock) {
        const end = line.indexOf('*/');
        if (end < 0) break;
        inBlock = false;
        line = line.slice(end + 2).trim();
      } else if (line.startsWith('/*')) {
        inBlock = true;
        line = line.slice(2);
      } else break;
    }
  }
  if (found !== null) {
    const valid = parseConstraint(found) !== null;
    return { text: found, problem: valid ? null : 'its //go:build line does not parse' };
  }
  const parts = old.filter((line) => line.at < lastBlank).map((line) => parsePlusBuild(line.text));
  const whole = parts
    .filter((part) => part !== null)
    .reduce<Constraint | null>((left, right) => (left === null ? right : { kind: 'and', left, right }), null);
  return { text: whole === null ? null : formatConstraint(whole), problem: null };
}

/**
 * The build constraint of a file that is not Go (C, assembly, …): in the comments before anything else. Null when there is
 * none; `problem` when Go would refuse the file.
 */
export function readOtherConstraint(bytes: Uint8Array): { text: string | null; problem: string | null } {
  const lexer = new GoLexer(bytes);
  let token = lexer.next();
  while (token.kind === 'comment') token = lexer.next();
  return readConstraint(bytes, token.start);
}

/** Reads a Go file up to the end of its imports. What stands before a syntax error is kept, and the error is named. */
export function readHeader(bytes: Uint8Array): GoHeader {
  const header: GoHeader = { packageName: '', imports: [], constraint: null, open: true, problem: null };
  try {
    const reader = new HeaderReader(bytes);
    const constraint = readConstraint(bytes, reader.token.start);
    header.constraint = constraint.text;
    if (!reader.is('name', 'package')) throw new HeaderSyntaxError(reader.token.line, 'no package clause');
    if (constraint.problem !== null) header.problem = { line: 1, message: constraint.problem };
    reader.advance();
    if (reader.token.kind !== 'name') throw new HeaderSyntaxError(reader.token.line, 'no package name');
    header.packageName = reader.text(reader.token);
    reader.advance();
    if (reader.is('mark', ';')) reader.advance();
    readImports(reader, header.imports);
    header.open = reader.is('end', '');
  } catch (error) {
    if (!(error instanceof HeaderSyntaxError)) throw error;
    header.problem = { line: error.line, message: error.message };
  }
  return header;
}
