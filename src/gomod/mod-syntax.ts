import { exitCode, Failure } from '../model/failure.ts';

/** One line of a go.mod or go.work, its block's verb put before it. */
export interface ModStatement {
  verb: string;
  /** Words after the verb, unquoted; `(`, `)`, `[`, `]` and `,` are words of their own outside of paths. */
  words: string[];
  /** From 1. */
  line: number;
  /** Text of the comment at the end of the line, without `//`; empty when there is none. */
  comment: string;
}

/** The one line on stderr for a file that Go would refuse too. */
export function modFailure(file: string, line: number, what: string, action = 'correct the line'): Failure {
  return new Failure(exitCode.unfinished, what, `${file}:${line}`, action);
}

/** Words and the comment of a line, as golang.org/x/mod/modfile splits them. */
function splitLine(text: string, file: string, line: number): { words: string[]; comment: string } {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^[ \t\r]+/.exec(rest)?.[0].length ?? 0;
    if (blank > 0) {
      at += blank;
      continue;
    }
    if (rest.startsWith('//')) return { words, comment: rest.slice(2).trim() };
    const quote = rest[0];
    if (quote === '"' || quote === '`') {
      const string = (quote === '"' ? /^"((?:[^"\\]|\\.)*)"/ : /^`([^`]*)`/).exec(rest);
      if (string === null) throw modFailure(file, line, 'a quote is not closed');
      words.push(quote === '"' ? (string[1] ?? '').replace(/\\(.)/g, '$1') : (string[1] ?? ''));
      at += string[0].length;
      continue;
    }
    const mark = /^(?:=>|[()[\],])/.exec(rest)?.[0];
    const word = mark ?? /^(?:(?!\/\/|=>)[^\s()[\],"`])+/.exec(rest)?.[0] ?? rest[0] ?? '';
    words.push(word);
    at += word.length;
  }
  return { words, comment: '' };
}

/** Splits a go.mod or go.work into statements. Throws a Failure with FILE:LINE where brackets or quotes do not match. */
export function readModStatements(text: string, file: string): ModStatement[] {
  const statements: ModStatement[] = [];
  let block: { verb: string; line: number } | null = null;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = index + 1;
    const { words, comment } = splitLine(raw, file, line);
    const [first, ...rest] = words;
    if (first === undefined) continue;
    if (block !== null && first === ')') {
      if (rest.length > 0) throw modFailure(file, line, 'there is something behind the closing bracket');
      block = null;
    } else if (block !== null) {
      statements.push({ verb: block.verb, words, line, comment });
    } else if (rest.length === 1 && rest[0] === '(') {
      block = { verb: first, line };
    } else if (rest.length === 2 && rest[0] === '(' && rest[1] === ')') {
      block = null;
    } else {
      statements.push({ verb: first, words: rest, line, comment });
    }
  }
  if (block !== null) throw modFailure(file, block.line, `the block of ${block.verb} is not closed`);
  return statements;
}
