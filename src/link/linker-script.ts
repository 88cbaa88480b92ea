/** A file that a linker script names: `INPUT` and `GROUP`, with `AS_NEEDED` inside, which is no matter to archives. */
export type ScriptWord = { kind: 'library' | 'file'; name: string } | { kind: 'group-start' } | { kind: 'group-end' };

/** A linker script as it stands in place of a library. */
export interface LinkerScript {
  words: ScriptWord[];
  /** The first thing that the linker would stop at; null when there is none. */
  unexpected: string | null;
  /** Commands that change the link and are not followed here. */
  others: string[];
}

/** Of ld's manual: commands that a script may have beside INPUT and GROUP. The linker of zig knows the first alone. */
const formats = ['OUTPUT_FORMAT'];
const harmless = [...formats, 'OUTPUT_ARCH', 'TARGET', 'SEARCH_DIR', 'OUTPUT', 'NOCROSSREFS', 'LD_FEATURE'];
const others = ['EXTERN', 'ENTRY', 'ASSERT', 'PROVIDE', 'PROVIDE_HIDDEN', 'HIDDEN', 'INCLUDE', 'STARTUP'];
const blocks = ['SECTIONS', 'MEMORY', 'PHDRS', 'VERSION'];

function tokens(text: string): string[] {
  const plain = text.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ').replace(/^[ \t]*#.*$/gm, ' ');
  return plain.match(/"[^"]*"|[(){};,=]|[^\s(){};,="]+|"/g) ?? [];
}

/** Reads a linker script. `limited`: as zig does for the file behind `-lNAME`, which knows INPUT, GROUP and no more. */
export function readLinkerScript(text: string, limited: boolean): LinkerScript {
  const script: LinkerScript = { words: [], unexpected: null, others: [] };
  const list = tokens(text);
  let at = 0;
  /** Words between brackets; null when they do not close. */
  const inside = (open: string, close: string): string[] | null => {
    const found: string[] = [];
    if (list[at] !== open) return null;
    for (let depth = 0; at < list.length; at++) {
      const token = list[at] as string;
      if (token === open) depth++;
      else if (token !== close) found.push(token);
      else if (--depth === 0) {
        at++;
        return found;
      }
    }
    return null;
  };
  while (at < list.length && script.unexpected === null) {
    const token = list[at++] as string;
    if (token === ';') continue;
    const known = token === 'INPUT' || token === 'GROUP' || (limited ? formats : harmless).includes(token);
    const other = !limited && others.includes(token);
    const block = !limited && blocks.includes(token);
    const assigned = !limited && list[at] === '=';
    if (assigned) {
      while (at < list.length && list[at] !== ';') at++;
      script.others.push(token);
      continue;
    }
    const words = known || other ? inside('(', ')') : block ? inside('{', '}') : null;
    if (words === null) script.unexpected = token;
    else if (token === 'INPUT' || token === 'GROUP') {
      const group = token === 'GROUP';
      if (group) script.words.push({ kind: 'group-start' });
      for (const word of words) {
        const name = word.replace(/^"(.*)"$/, '$1');
        if (name === 'AS_NEEDED' || name === ',') continue;
        if (name.startsWith('-l')) script.words.push({ kind: 'library', name: name.slice(2) });
        else script.words.push({ kind: 'file', name });
      }
      if (group) script.words.push({ kind: 'group-end' });
    } else if (other || block) script.others.push(token);
  }
  return script;
}
