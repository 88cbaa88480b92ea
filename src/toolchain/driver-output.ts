import { basename, normalize } from 'node:path';
import { splitDriverLine } from './words.ts';

/** Folders searched for `<header>`, from what `-E -v` prints on stderr. Null when the text has no such list. */
export function includeFolders(text: string): string[] | null {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('#include <...> search starts here'));
  const end = lines.findIndex((line) => line.startsWith('End of search list'));
  if (start < 0 || end < start) return null;
  const folders = lines.slice(start + 1, end).map((line) => line.trim());
  return folders.filter((folder) => folder.startsWith('/')).map((folder) => normalize(folder).replace(/(.)\/$/, '$1'));
}

/** `#define` lines as a map of name to replacement text; null when a line is something else: no C compiler speaks so. */
export function macroTable(text: string): Map<string, string> | null {
  const macros = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^#define ([A-Za-z_]\w*)(?:\([^)]*\))?(?: (.*))?$/.exec(line);
    if (!match) return null;
    macros.set(match[1] ?? '', match[2]?.trim() ?? '');
  }
  return macros.size === 0 ? null : macros;
}

/** Compiler family and version by predefined macros; null when they name neither gcc nor clang. */
export function compilerOf(macros: Map<string, string>): { family: 'gcc' | 'clang'; version: string | null } | null {
  const joined = (...names: string[]) => {
    const parts = names.map((name) => macros.get(name));
    return parts.every((part) => part !== undefined && /^\d+$/.test(part)) ? parts.join('.') : null;
  };
  if (macros.has('__clang__')) {
    return { family: 'clang', version: joined('__clang_major__', '__clang_minor__', '__clang_patchlevel__') };
  }
  if (!macros.has('__GNUC__')) return null;
  return { family: 'gcc', version: joined('__GNUC__', '__GNUC_MINOR__', '__GNUC_PATCHLEVEL__') };
}

/** The link that a driver would run, or ran. */
export interface LinkCommand {
  /** Base name of the program that links: `collect2`, `ld`, `ld.lld`, … */
  program: string;
  /** `-L` folders in order, as written. */
  folders: string[];
  /** Absolute paths of objects and archives, and `-lNAME` words, in link order. */
  inputs: string[];
  /** Bytes that `-z stack-size=` asks for; null when it is not there. */
  stackSize: number | null;
  dropsUnusedSections: boolean;
}

const linkers = /^(?:.*-)?(?:collect2|lld|ld(?:\.\w+)?)$/;
const withValue = new Set(['-o', '-plugin', '-dynamic-linker', '-m', '--entry', '-e', '-mllvm']);

/** Reads the last link command out of what `-###` or a `-v` link prints on stderr; null when there is none. */
export function linkCommand(text: string): LinkCommand | null {
  let words: string[] = [];
  for (const line of text.split('\n')) {
    const candidate = splitDriverLine(line);
    if (candidate.length > 1 && linkers.test(basename(candidate[0] ?? ''))) words = candidate;
  }
  if (words.length === 0) return null;
  const command: LinkCommand = {
    program: basename(words[0] ?? ''),
    folders: [],
    inputs: [],
    stackSize: null,
    dropsUnusedSections: false,
  };
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    if (withValue.has(word)) index++;
    else if (word === '-z') {
      if (next.startsWith('stack-size=')) command.stackSize = Number(next.slice('stack-size='.length));
      index++;
    } else if (word === '-L') {
      command.folders.push(next);
      index++;
    } else if (word.startsWith('-L')) command.folders.push(word.slice(2));
    else if (word.startsWith('-l') || (word.startsWith('/') && /\.[ao]$/.test(word))) command.inputs.push(word);
    else if (word === '--gc-sections') command.dropsUnusedSections = true;
  }
  return command;
}
