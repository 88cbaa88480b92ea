import { exitCode, Failure } from '../model/failure.ts';
import { checkTreePath } from './tree-path.ts';

export interface DiffLine {
  kind: ' ' | '-' | '+';
  text: string;
  /** False when `\ No newline at end of file` follows it. */
  newline: boolean;
}

export interface Hunk {
  /** Line in the old file that the header names, from 1: only a hint, see apply.ts. */
  oldStart: number;
  lines: DiffLine[];
}

/** The changes to one file. */
export interface FileDiff {
  path: string;
  /** The file does not exist before. */
  added: boolean;
  hunks: Hunk[];
}

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a unified diff, text as latin1 characters so that bytes stay what they are. Strict: counts must agree, every
 * hunk needs a line of context or a removed line at both ends (else an insertion could be made twice), paths must stay
 * inside the tree. Refused: deleted, renamed and binary files.
 */
export function parseDiff(text: string, name: string): FileDiff[] {
  const refuse = (line: number, what: string): never => {
    throw new Failure(exitCode.usage, `the diff cannot be used: ${what}`, `${name}:${line}`, 'repair the patch file');
  };
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  const diffs: FileDiff[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (/^(GIT binary patch|Binary files |rename |copy |deleted file mode)/.test(line)) refuse(at + 1, line);
    if (!line.startsWith('--- ')) {
      if (line.startsWith('@@ ')) refuse(at + 1, 'a hunk before the name of its file');
      at++;
      continue;
    }
    const oldName = fileName(line);
    const newName = fileName(lines[at + 1] ?? '');
    if (!(lines[at + 1] ?? '').startsWith('+++ ')) refuse(at + 2, 'a --- line without its +++ line');
    if (newName === '/dev/null') refuse(at + 2, 'it deletes a file');
    const added = oldName === '/dev/null';
    const path = withoutPrefix(newName, 'b/');
    if (!added && withoutPrefix(oldName, 'a/') !== path) refuse(at + 1, 'it renames a file');
    checkTreePath(path, `${name}:${at + 2}`);
    if (diffs.some((diff) => diff.path === path)) refuse(at + 2, `${path} comes twice`);
    at += 2;
    const hunks: Hunk[] = [];
    while (header.test(lines[at] ?? '')) {
      const [, oldStart, oldCount = '1', , newCount = '1'] = header.exec(lines[at] ?? '') ?? [];
      const start = at + 1;
      const hunk: Hunk = { oldStart: Number(oldStart), lines: [] };
      let oldLeft = Number(oldCount);
      let newLeft = Number(newCount);
      at++;
      while (oldLeft > 0 || newLeft > 0 || (lines[at] ?? '').startsWith('\\')) {
        const body = lines[at];
        if (body === undefined) return refuse(start, 'the file ends inside a hunk');
        const last = hunk.lines.at(-1);
        if (body.startsWith('\\')) {
          if (last === undefined) return refuse(at + 1, 'a no-newline mark without a line');
          last.newline = false;
        } else {
          // Some editors drop the blank that marks an empty line of context.
          const kind = body === '' ? ' ' : body[0];
          if (kind !== ' ' && kind !== '-' && kind !== '+') return refuse(at + 1, 'a line that belongs to no hunk');
          if (kind !== '+') oldLeft--;
          if (kind !== '-') newLeft--;
          hunk.lines.push({ kind, text: body.slice(1), newline: true });
        }
        at++;
      }
      if (oldLeft !== 0 || newLeft !== 0) refuse(start, 'the counts of its header do not agree with its lines');
      if (!added && !(anchored(hunk.lines) && anchored([...hunk.lines].reverse()))) {
        refuse(start, 'a hunk that begins or ends with an added line');
      }
      hunks.push(hunk);
    }
    if (hunks.length === 0 || (added && hunks.length !== 1)) refuse(at + 1, `no usable hunk for ${path}`);
    diffs.push({ path, added, hunks });
  }
  if (diffs.length === 0) refuse(1, 'it holds no change');
  return diffs;
}

/** Whether what comes before the first line of context is no mere insertion, which could be made again and again. */
function anchored(lines: DiffLine[]): boolean {
  const context = lines.findIndex((line) => line.kind === ' ');
  const run = context < 0 ? lines : lines.slice(0, context);
  return run.length === 0 || run.some((line) => line.kind === '-');
}

function fileName(line: string): string {
  return line.slice(4).split('\t')[0]?.trim() ?? '';
}

function withoutPrefix(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
