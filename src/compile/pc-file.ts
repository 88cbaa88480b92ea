/** One entry of `Requires`: a module and the version it must have. */
export interface Requirement {
  name: string;
  /** `=`, `!=`, `<`, `<=`, `>`, `>=`; null when any version will do. */
  operator: string | null;
  version: string;
}

/** What was read off one .pc file. */
export interface PcFile {
  version: string;
  requires: Requirement[];
  requiresPrivate: Requirement[];
  cflags: string[];
  libs: string[];
  libsPrivate: string[];
  /** Values of its variables, for `--variable`. */
  variables: Record<string, string>;
}

/** Characters of one value that are kept, and of all values: what comes after is left out, as if the file ended. */
const longest = 4096;
const longestOfAll = 1 << 20;

/** Splits words as pkg-config does: quotes of both kinds group, a backslash takes the next character as it is. */
function words(text: string): string[] {
  const found: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\\' && quote !== "'" && at + 1 < text.length) word = (word ?? '') + text[++at];
    else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) found.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) found.push(word);
  return found;
}

/** Reads `Requires` and the like: names parted by commas or blanks, each with a version behind an operator or not. */
export function readRequirements(text: string): Requirement[] {
  const found: Requirement[] = [];
  for (const match of text.matchAll(/([^\s,<>=!]+)(?:\s*(<=|>=|!=|<|>|=)\s*([^\s,]+))?/g)) {
    found.push({ name: match[1] as string, operator: match[2] ?? null, version: match[3] ?? '' });
  }
  return found;
}

/**
 * Reads a .pc file. `folder` is where it lies (`${pcfiledir}`); variables are replaced, a longer value than 4096
 * characters is cut, one that names itself is empty, and of a file whose values grow beyond 1 MiB the rest is left out.
 */
export function readPcFile(text: string, folder: string): PcFile {
  const variables = new Map([['pcfiledir', folder]]);
  const fields = new Map<string, string>();
  let left = longestOfAll;
  const expand = (value: string): string => {
    let made = '';
    for (const [at, part] of value.split(/\$\{([^{}]*)\}/).entries()) {
      made += at % 2 === 0 ? part : (variables.get(part) ?? '');
      if (made.length > longest) break;
    }
    return made.slice(0, longest);
  };
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '');
    const at = plain.search(/[=:]/);
    const name = plain.slice(0, Math.max(0, at)).trim();
    if (!/^[\w.]+$/.test(name)) continue;
    const value = expand(plain.slice(at + 1).trim());
    left -= value.length;
    if (left < 0) break;
    if (plain[at] === '=') variables.set(name, value);
    else if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value);
  }
  const field = (name: string) => fields.get(name) ?? '';
  return {
    version: field('version'),
    requires: readRequirements(field('requires')),
    requiresPrivate: readRequirements(field('requires.private')),
    cflags: words(field('cflags')),
    libs: words(field('libs')),
    libsPrivate: words(field('libs.private')),
    variables: Object.fromEntries(variables),
  };
}

/** Compares versions as pkg-config does (rpmvercmp): runs of digits as numbers, runs of letters as text. */
export function comparePcVersions(left: string, right: string): number {
  const runs = (text: string) => text.match(/\d+|[A-Za-z]+/g) ?? [];
  const a = runs(left);
  const b = runs(right);
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [x, y] = [a[at] as string, b[at] as string];
    const [digitsX, digitsY] = [/^\d/.test(x), /^\d/.test(y)];
    if (digitsX !== digitsY) return digitsX ? 1 : -1;
    const difference = digitsX ? compareDigits(x, y) : x < y ? -1 : x > y ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareDigits(left: string, right: string): number {
  const [a, b] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a version meets a requirement. */
export function meets(version: string, { operator, version: wanted }: Requirement): boolean {
  if (operator === null) return true;
  const order = comparePcVersions(version, wanted);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}
