import type { LinkWord } from '../model/view.ts';

/** One step of the link line, in order. */
export type LineStep =
  /** `-lNAME` (`exact` for `-l:NAME`); `shared` after `-Bdynamic`. */
  | { kind: 'library'; name: string; exact: boolean; whole: boolean; shared: boolean; word: LinkWord }
  | { kind: 'file'; path: string; whole: boolean; word: LinkWord }
  | { kind: 'group-start' }
  | { kind: 'group-end' }
  | { kind: 'flag'; flag: string; word: LinkWord };

/** The link line, read. */
export interface Line {
  steps: LineStep[];
  /** `-L` folders: all of them serve every library, whatever their place. */
  folders: string[];
  /** Symbols that `-u` asks for. */
  wanted: { symbol: string; word: LinkWord }[];
  /** Symbols that `--defsym` or `--wrap` bring into being. */
  defined: string[];
  /** Symbols whose references `--wrap` sends to `__wrap_NAME`. */
  wrapped: string[];
  /** Whether symbols that nothing defines are let pass. */
  undefinedAllowed: boolean;
  /** Whether a second definition is let pass. */
  multipleAllowed: boolean;
  /** Whether an optimisation level stands on the line. */
  optimised: boolean;
}

/** Flags of a driver whose value is the next word. Source: gcc's and clang's manuals. */
const drivers = new Set(['-T', '-e', '-z', '-isysroot', '--sysroot', '-arch', '-framework', '-x', '-B', '-include']);
/** Flags of a linker whose value is the next part. Source: ld's manual. */
const linkers = new Set([
  '-rpath',
  '--rpath',
  '-rpath-link',
  '--rpath-link',
  '-z',
  '-m',
  '-e',
  '--entry',
  '-T',
  '-soname',
  '-h',
  '-Map',
  '--version-script',
  '--dynamic-list',
  '-init',
  '-fini',
  '-y',
  '--exclude-libs',
  '-dynamic-linker',
  '--dynamic-linker',
  '-plugin',
  '-framework',
  '-undefined',
  '--stack',
  '--subsystem',
]);

interface State {
  whole: boolean;
  shared: boolean;
  stack: { whole: boolean; shared: boolean }[];
}

/** Reads the words of a link line as gcc, clang and the linkers behind them do. */
export function readLine(words: LinkWord[]): Line {
  const line: Line = {
    steps: [],
    folders: [],
    wanted: [],
    defined: [],
    wrapped: [],
    undefinedAllowed: false,
    multipleAllowed: false,
    optimised: false,
  };
  const state: State = { whole: false, shared: false, stack: [] };
  for (let at = 0; at < words.length; at++) {
    const given = words[at];
    if (given === undefined) continue;
    const { word } = given;
    const next = () => words[++at]?.word ?? '';
    if (word.startsWith('-Wl,')) readParts(line, state, word.slice('-Wl,'.length).split(','), given);
    else if (word === '-Xlinker') {
      const parts = [next()];
      // A linker flag may take its value through a second -Xlinker.
      if (linkers.has(parts[0] ?? '') && words[at + 1]?.word === '-Xlinker') {
        at++;
        parts.push(next());
      }
      readParts(line, state, parts, given);
    } else if (word === '-L' || word === '-l' || word === '-u') readPart(line, state, word + next(), given);
    else if (drivers.has(word)) {
      if (word === '-z') readParts(line, state, [word, next()], given);
      else line.steps.push({ kind: 'flag', flag: `${word} ${next()}`, word: given });
    } else readPart(line, state, word, given);
  }
  return line;
}

function readParts(line: Line, state: State, parts: string[], word: LinkWord): void {
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (part === '-L' || part === '-l' || part === '-u') readPart(line, state, part + (parts[++at] ?? ''), word);
    else if (
      part === '--undefined' ||
      part === '--defsym' ||
      part === '--wrap' ||
      part === '-wrap' ||
      part === '--require-defined'
    ) {
      readPart(line, state, `--${part.replace(/^-+/, '')}=${parts[++at] ?? ''}`, word);
    } else if (linkers.has(part)) readPart(line, state, `${part} ${parts[++at] ?? ''}`, word);
    else readPart(line, state, part, word);
  }
}

function readPart(line: Line, state: State, part: string, word: LinkWord): void {
  const value = (flag: string) => part.slice(flag.length);
  const { whole, shared } = state;
  if (part === '') return;
  if (part.startsWith('-L')) line.folders.push(value('-L'));
  else if (part.startsWith('--library-path=')) line.folders.push(value('--library-path='));
  else if (part.startsWith('-l:'))
    line.steps.push({ kind: 'library', name: value('-l:'), exact: true, whole, shared, word });
  else if (part.startsWith('-l'))
    line.steps.push({ kind: 'library', name: value('-l'), exact: false, whole, shared, word });
  else if (part.startsWith('--library='))
    line.steps.push({ kind: 'library', name: value('--library='), exact: false, whole, shared, word });
  else if (part === '--start-group' || part === '-(') line.steps.push({ kind: 'group-start' });
  else if (part === '--end-group' || part === '-)') line.steps.push({ kind: 'group-end' });
  else if (part === '--whole-archive' || part === '-whole-archive') state.whole = true;
  else if (part === '--no-whole-archive' || part === '-no-whole-archive') state.whole = false;
  else if (part === '-Bstatic' || part === '-dn' || part === '-non_shared') state.shared = false;
  else if (part === '-Bdynamic' || part === '-dy' || part === '-call_shared') state.shared = true;
  else if (part === '--push-state') {
    state.stack.push({ whole, shared });
    line.steps.push({ kind: 'flag', flag: part, word });
  } else if (part === '--pop-state') {
    Object.assign(state, state.stack.pop());
    line.steps.push({ kind: 'flag', flag: part, word });
  } else if (part.startsWith('-u')) line.wanted.push({ symbol: value('-u'), word });
  else if (part.startsWith('--undefined=')) line.wanted.push({ symbol: value('--undefined='), word });
  else if (!part.startsWith('-') && !part.startsWith('@')) line.steps.push({ kind: 'file', path: part, whole, word });
  else {
    readFlag(line, part);
    line.steps.push({ kind: 'flag', flag: part, word });
  }
}

/** Flags that change what is defined or forgiven. */
function readFlag(line: Line, flag: string): void {
  if (flag.startsWith('--defsym=')) line.defined.push(flag.slice('--defsym='.length).split('=')[0] ?? '');
  else if (flag.startsWith('--wrap=')) line.wrapped.push(flag.slice('--wrap='.length));
  else if (flag === '--allow-multiple-definition' || flag === '-z muldefs') line.multipleAllowed = true;
  else if (/^--unresolved-symbols=ignore-(all|in-object-files)$/.test(flag) || flag === '--warn-unresolved-symbols') {
    line.undefinedAllowed = true;
  } else if (/^-O([1-9sz]|fast)?$/.test(flag)) line.optimised = true;
}
