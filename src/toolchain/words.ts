/**
 * Splits CC, CXX or a line of flags into words as cmd/go does it (cmd/internal/quoted): words are separated by white
 * space, and a word that begins with `'` or `"` reaches to the next same quote. Null when a quote is left open.
 */
export function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const quote = rest[0];
    if (quote === '"' || quote === "'") {
      const end = rest.indexOf(quote, 1);
      if (end < 0) return null;
      words.push(rest.slice(1, end));
      rest = rest.slice(end + 1).trimStart();
    } else {
      const end = rest.search(/[ \t\r\n]/);
      words.push(end < 0 ? rest : rest.slice(0, end));
      rest = end < 0 ? '' : rest.slice(end).trimStart();
    }
  }
  return words;
}

/**
 * Joins words so that cmd/go splits them again into the same (cmd/internal/quoted). Null when a word holds white space
 * and both kinds of quotes, which that syntax cannot say.
 */
export function joinWords(words: string[]): string | null {
  const quoted = words.map((word) => {
    if (word !== '' && !/[ \t\r\n]/.test(word) && !/^['"]/.test(word)) return word;
    if (!word.includes("'")) return `'${word}'`;
    return word.includes('"') ? null : `"${word}"`;
  });
  return quoted.includes(null) ? null : quoted.join(' ');
}

/** Splits a line that gcc or clang prints for `-###` or `-v`: words may be in `"`, and `\` keeps the next character. */
export function splitDriverLine(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:"(?:[^"\\]|\\.)*"|\\.|[^\s"\\])+/g)) {
    words.push(match[0].replace(/"((?:[^"\\]|\\.)*)"/g, '$1').replace(/\\(.)/g, '$1'));
  }
  return words;
}
