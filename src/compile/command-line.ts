import { normalized, type SearchFolder } from '../c/search.ts';

/** What the words of a compiler's command line say to the preprocessor. */
export interface CommandLine {
  quote: SearchFolder[];
  /** `-I`, then `-isystem`. */
  before: SearchFolder[];
  /** `-idirafter`. */
  after: SearchFolder[];
  /** `#define` and `#undef` lines, in order. */
  text: string;
  /** Files of `-include` and `-imacros`. */
  forced: string[];
  /** Argument of the last `-std=`; `c89` for `-ansi`; null for the default. */
  standard: string | null;
  /** `-nostdinc`. */
  noStandardFolders: boolean;
}

/** Flags whose argument may be the next word or the rest of the same. */
const attached = ['-I', '-D', '-U', '-iquote', '-isystem', '-idirafter', '-include', '-imacros'] as const;

function defineLine(text: string): string {
  const at = text.indexOf('=');
  if (at < 0) return `#define ${text} 1`;
  return `#define ${text.slice(0, at)} ${text.slice(at + 1).split('\n')[0]}`;
}

/**
 * Reads compiler words. Relative folders count from `dir`, an absolute path; those inside `moduleDir` are the module's.
 * Later words win where compilers have it so.
 */
export function readCommandLine(words: readonly string[], dir: string, moduleDir: string): CommandLine {
  const quote: SearchFolder[] = [];
  const include: SearchFolder[] = [];
  const system: SearchFolder[] = [];
  const after: SearchFolder[] = [];
  const lines: string[] = [];
  const forced: string[] = [];
  let standard: string | null = null;
  let noStandardFolders = false;
  const folder = (text: string): SearchFolder => {
    const path = normalized(text.startsWith('/') ? text : `${dir}/${text}`);
    const own = path === moduleDir || path.startsWith(`${moduleDir}/`);
    return { path, kind: own ? 'module' : 'flags' };
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '-ansi') standard = 'c89';
    else if (word === '-nostdinc') noStandardFolders = true;
    else if (/^--?std=/.test(word)) standard = word.slice(word.indexOf('=') + 1);
    const flag = [...attached].sort((a, b) => b.length - a.length).find((one) => word.startsWith(one));
    if (flag === undefined) continue;
    const argument = word.length > flag.length ? word.slice(flag.length) : (words[++at] ?? '');
    if (argument === '') continue;
    if (flag === '-I') include.push(folder(argument));
    else if (flag === '-iquote') quote.push(folder(argument));
    else if (flag === '-isystem') system.push(folder(argument));
    else if (flag === '-idirafter') after.push(folder(argument));
    else if (flag === '-D') lines.push(defineLine(argument));
    else if (flag === '-U') lines.push(`#undef ${argument}`);
    else forced.push(argument);
  }
  return { quote, before: [...include, ...system], after, text: lines.join('\n'), forced, standard, noStandardFolders };
}
