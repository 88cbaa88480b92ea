import type { CgoDirective } from '../model/facts.ts';

/** A `#cgo` line without its place, or why Go refuses it. */
export type CgoLine = Omit<CgoDirective, 'place'> | { problem: string };

const flagVariables = ['CPPFLAGS', 'CFLAGS', 'CXXFLAGS', 'FFLAGS', 'LDFLAGS', 'pkg-config'] as const;

/** Whether cgo takes a line of the preamble for a directive, and so hides it from the C compiler. */
export function isCgoLine(line: string): boolean {
  return /^#cgo\s/.test(line.trim());
}

/**
 * Splits words as cmd/go does: quotes of both kinds group and disappear, a backslash takes the next character as it is.
 * Throws nothing; an unclosed quote or a backslash at the end is a problem.
 */
export function splitQuoted(text: string): { words: string[] } | { problem: string } {
  const words: string[] = [];
  let word = '';
  let escaped = false;
  let quoted = false;
  let quote = '';
  for (const character of text) {
    if (escaped) escaped = false;
    else if (character === '\\') {
      escaped = true;
      continue;
    } else if (quote !== '') {
      if (character === quote) {
        quote = '';
        continue;
      }
    } else if (character === '"' || character === "'") {
      quoted = true;
      quote = character;
      continue;
    } else if (/\s/.test(character)) {
      if (quoted || word !== '') {
        words.push(word);
        word = '';
        quoted = false;
      }
      continue;
    }
    word += character;
  }
  if (quoted || word !== '') words.push(word);
  if (quote !== '') return { problem: 'a quote is not closed' };
  if (escaped) return { problem: 'it ends in a backslash' };
  return { words };
}

/** go/build refuses words with other ASCII characters than these (safeString), and empty ones. */
const safeWord = /^(?:[-+.,/0-9=A-Za-z_:$@%! ~^]|[^\0-\x7f])+$/;

function isSafe(word: string): boolean {
  const chunks = word.split(/\$\{SRCDIR\}/);
  return chunks.length === 1 ? safeWord.test(word) : chunks.every((chunk) => chunk === '' || safeWord.test(chunk));
}

/** Parses one `#cgo` line as go/build's saveCgo does. `line` begins with `#cgo` after blanks. */
export function parseCgoLine(line: string): CgoLine {
  const text = line.trim();
  const fields = text.split(/\s+/);
  const [, second, third] = fields;
  if (fields.length === 3 && third !== undefined && (second === 'nocallback' || second === 'noescape')) {
    return { constraint: '', variable: second, words: [third] };
  }
  const colon = text.indexOf(':');
  if (colon < 0) return { problem: 'it has no colon' };
  const before = text
    .slice(4, colon)
    .split(/\s+/)
    .filter((word) => word !== '');
  const verb = before.pop();
  const variable = flagVariables.find((name) => name === verb);
  if (variable === undefined)
    return { problem: verb === undefined ? 'it names no variable' : 'its variable is unknown' };
  const split = splitQuoted(text.slice(colon + 1));
  if ('problem' in split) return split;
  if (!split.words.every(isSafe)) return { problem: 'a word has a character that Go does not allow there' };
  return { constraint: before.join(' '), variable, words: split.words };
}
