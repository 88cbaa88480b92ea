import { exitCode, Failure } from '../model/failure.ts';

/** What GOFLAGS says about which packages and files belong to a program. */
export interface GoFlags {
  tags: string[];
  mod: string | null;
  modfile: string | null;
  race: boolean;
  /** A file that puts other text in place of files; a look at the disk does not see what is in it. */
  overlay: string | null;
}

/** Flags that put other code into the program than the files on disk say. */
const unmodelled = new Set(['compiler', 'msan', 'asan', 'cover']);

/** Splits at white space; a word that begins with a quote ends at the next such quote, as cmd/internal/quoted does it. */
export function splitQuoted(text: string): string[] {
  const words: string[] = [];
  const word = /\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]\S*))/y;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    word.lastIndex = at;
    const match = word.exec(text);
    if (match === null) throw new Failure(exitCode.usage, 'a quote is not closed', text.slice(at).trim(), 'close it');
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
    at = word.lastIndex;
  }
  return words;
}

/** Splits a list of build tags: by commas, or by spaces as Go before 1.13 had it. */
export function splitTags(text: string): string[] {
  return text.split(/[\s,]+/).filter((tag) => tag !== '');
}

/**
 * Reads GOFLAGS. Only what changes the choice of files is kept; everything else (`-toolexec`, `-ldflags`, `-exec`, …)
 * is left out, since a look at a module neither builds nor runs anything. Flags that change the code in a way that is
 * not on disk are a failure: the answer would be about another program.
 */
export function parseGoFlags(text: string): GoFlags {
  const flags: GoFlags = { tags: [], mod: null, modfile: null, race: false, overlay: null };
  for (const word of splitQuoted(text)) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(word);
    if (match === null) {
      throw new Failure(exitCode.usage, 'GOFLAGS has a word that is no flag', word, 'correct GOFLAGS');
    }
    const [, name = '', value] = match;
    if (name === 'tags') flags.tags = splitTags(value ?? '');
    else if (name === 'mod') flags.mod = value ?? null;
    else if (name === 'modfile') flags.modfile = value ?? null;
    else if (name === 'race') flags.race = isTrue(value);
    else if (name === 'overlay') flags.overlay = value || null;
    else if (unmodelled.has(name) && isTrue(value) && !(name === 'compiler' && value === 'gc')) throw notLookedAt(word);
  }
  return flags;
}

function notLookedAt(word: string): Failure {
  const action = 'run gomusl with GOFLAGS without it';
  return new Failure(exitCode.usage, 'GOFLAGS asks for what gomusl does not look at', word, action);
}

/** Refuses an overlay where the answer is about the program and not about a build of it. Throws a usage Failure. */
export function refuseOverlay({ overlay }: GoFlags): void {
  if (overlay !== null) throw notLookedAt(`-overlay=${overlay}`);
}

/** A boolean flag of Go: on when it stands alone. */
function isTrue(value: string | undefined): boolean {
  return value === undefined || !['0', 'f', 'F', 'false', 'FALSE', 'False', ''].includes(value);
}
