import type { CgoDirective, Preamble } from '../model/facts.ts';
import type { Place } from '../model/place.ts';
import { isCgoLine, parseCgoLine } from './cgo-line.ts';
import type { HeaderComment } from './header.ts';

/** A preamble, its `#cgo` lines, and one sentence for each of them that Go refuses. */
export interface ReadPreamble {
  preamble: Preamble;
  directives: CgoDirective[];
  limits: string[];
}

const encoder = new TextEncoder();

/** The comment's text without its marks: with a newline behind a `//` comment, as cgo's commentText. */
function withoutMarks(comment: HeaderComment): string {
  return comment.text.startsWith('//') ? `${comment.text.slice(2)}\n` : comment.text.slice(2, -2);
}

/** The Go file's position of a position in a preamble's text. `line` counts from 1; `column` is in bytes, from 1. */
export function placeInPreamble(preamble: Preamble, file: string, line: number, column: number): Place {
  const { segments } = preamble;
  let low = 0;
  for (let high = segments.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    const { textLine = 0, textColumn = 0 } = segments[middle] ?? {};
    if (textLine < line - 1 || (textLine === line - 1 && textColumn < column)) low = middle;
    else high = middle;
  }
  const segment = segments[low] ?? { textLine: 0, textColumn: 0, ...preamble };
  const below = line - 1 - segment.textLine;
  const shift = below === 0 ? segment.indent - segment.textColumn : segment.laterIndent;
  return { file, line: segment.line + below, column: column + shift };
}

/** The comments of a group as the segments of the text that they make, and that text. */
function joined(doc: HeaderComment[]): { text: string; segments: Preamble['segments'] } {
  const segments: Preamble['segments'] = [];
  const pieces: string[] = [];
  let textLine = 0;
  let textColumn = 0;
  for (const comment of doc) {
    const piece = withoutMarks(comment);
    const indent = comment.column + 1;
    const isLine = comment.text.startsWith('//');
    const before = segments.at(-1);
    const goesOn =
      isLine && before?.laterIndent === indent && before.line - before.textLine === comment.line - textLine;
    if (!goesOn) segments.push({ textLine, textColumn, line: comment.line, indent, laterIndent: isLine ? indent : 0 });
    pieces.push(piece);
    const last = piece.lastIndexOf('\n');
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) textLine++;
    textColumn = encoder.encode(piece.slice(last + 1)).length + (last < 0 ? textColumn : 0);
  }
  return { text: pieces.join(''), segments };
}

/** Reads the comments above an `import "C"` as cgo (text) and go/build (`#cgo` lines) do. `doc` is not empty. */
export function readPreamble(doc: HeaderComment[], file: string): ReadPreamble {
  const { text, segments } = joined(doc);
  const preamble: Preamble = {
    text,
    line: segments[0]?.line ?? 1,
    indent: segments[0]?.indent ?? 0,
    laterIndent: segments.at(-1)?.laterIndent ?? 0,
    segments,
  };
  const directives: CgoDirective[] = [];
  const limits: string[] = [];
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (!isCgoLine(line)) continue;
    lines[at] = '';
    const column = encoder.encode(line.slice(0, line.indexOf('#'))).length + 1;
    const place = placeInPreamble(preamble, file, at + 1, column);
    const parsed = parseCgoLine(line);
    if ('problem' in parsed) limits.push(`the #cgo line ${place.line} is not valid: ${parsed.problem}`);
    else directives.push({ ...parsed, place });
  }
  preamble.text = lines.join('\n');
  return { preamble, directives, limits };
}
