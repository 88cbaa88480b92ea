import type { HunkConflict } from './patch.ts';
import type { FileDiff, Hunk } from './unified-diff.ts';

/** What a diff means for one file. */
export type FileOutcome =
  | { state: 'fits'; text: string; offsets: number[] }
  | { state: 'applied' }
  | { state: 'conflict'; conflicts: HunkConflict[] };

interface Line {
  text: string;
  /** `\n`, `\r\n`, or empty at the end of a file without a newline. */
  ending: string;
}

/**
 * Tries a diff on the text of a file (latin1 characters; null when there is no such file).
 * Context must match exactly, apart from the kind of line ending, which the file keeps. Line numbers are not trusted:
 * the old lines of every hunk must stand exactly once in the file, in order, and its new lines nowhere (`fits`), or the
 * other way round (`applied`). Everything else is a conflict; there is no fuzz.
 */
export function applyDiff(text: string | null, diff: FileDiff): FileOutcome {
  if (diff.added) return addFile(text, diff);
  if (text === null) {
    const conflicts = diff.hunks.map((hunk, index) => ({
      file: diff.path,
      hunk: index + 1,
      reason: 'the file does not exist',
      expected: side(hunk, '+').map((line) => line.text),
      line: null,
      found: [],
    }));
    return { state: 'conflict', conflicts };
  }
  const lines = splitLines(text);
  const conflicts: HunkConflict[] = [];
  const places: { hunk: Hunk; at: number }[] = [];
  let applied = 0;
  for (const [index, hunk] of diff.hunks.entries()) {
    const before = findAll(lines, side(hunk, '+'));
    const after = findAll(lines, side(hunk, '-'));
    if (before.length === 0 && after.length === 1) applied++;
    else if (before.length === 1 && after.length === 0) places.push({ hunk, at: before[0] ?? 0 });
    else conflicts.push(describe(lines, diff.path, hunk, index + 1, before, after));
  }
  if (conflicts.length > 0) return { state: 'conflict', conflicts };
  if (applied === diff.hunks.length) return { state: 'applied' };
  const disorder = places.some((place, index) => index > 0 && place.at < (places[index - 1]?.at ?? 0));
  if (applied > 0 || disorder) {
    const reason = disorder ? 'the hunks fit, but in another order' : 'some hunks are applied already, this one is not';
    const { hunk, at } = places[0] ?? { hunk: diff.hunks[0] as Hunk, at: 0 };
    const expected = side(hunk, '+').map((line) => line.text);
    const number = diff.hunks.indexOf(hunk) + 1;
    const found = lines.slice(at, at + expected.length).map((line) => line.text);
    return { state: 'conflict', conflicts: [{ file: diff.path, hunk: number, reason, expected, line: at + 1, found }] };
  }
  const result: Line[] = [];
  let next = 0;
  for (const { hunk, at } of places) {
    result.push(...lines.slice(next, at), ...replaced(lines, hunk, at));
    next = at + side(hunk, '+').length;
  }
  result.push(...lines.slice(next));
  return {
    state: 'fits',
    text: result.map((line) => line.text + line.ending).join(''),
    offsets: places.map(({ hunk, at }) => at + 1 - hunk.oldStart),
  };
}

function addFile(text: string | null, diff: FileDiff): FileOutcome {
  const lines = diff.hunks[0]?.lines ?? [];
  const wanted = lines.map((line) => line.text + (line.newline ? '\n' : '')).join('');
  if (text === null) return { state: 'fits', text: wanted, offsets: [0] };
  if (text === wanted) return { state: 'applied' };
  const conflict: HunkConflict = {
    file: diff.path,
    hunk: 1,
    reason: 'the patch adds this file, and another one has its name',
    expected: lines.map((line) => line.text),
    line: 1,
    found: splitLines(text)
      .slice(0, lines.length)
      .map((line) => line.text),
  };
  return { state: 'conflict', conflicts: [conflict] };
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const [whole] of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const ending = whole.endsWith('\r\n') ? '\r\n' : whole.endsWith('\n') ? '\n' : '';
    lines.push({ text: whole.slice(0, whole.length - ending.length), ending });
  }
  return lines;
}

/** The lines of a hunk without those of one kind: `+` gives the old text, `-` the new one. */
function side(hunk: Hunk, without: '+' | '-') {
  return hunk.lines.filter((line) => line.kind !== without);
}

function findAll(lines: Line[], wanted: Hunk['lines']): number[] {
  const first = wanted[0];
  const places: number[] = [];
  for (let at = 0; first !== undefined && at + wanted.length <= lines.length; at++) {
    if (lines[at]?.text !== first.text) continue;
    // A line without a newline can only stand at the end of the file; one with a newline matches there as well,
    // because editors differ about the last one.
    const fits = wanted.every((line, index) => {
      const found = lines[at + index];
      return found?.text === line.text && (line.newline || found.ending === '');
    });
    if (fits) places.push(at);
  }
  return places;
}

/** The new lines of a hunk, with the line endings of the file they go into. */
function replaced(lines: Line[], hunk: Hunk, at: number): Line[] {
  const usual = lines[at]?.ending || lines[at - 1]?.ending || '\n';
  const result: Line[] = [];
  let old = at;
  for (const line of hunk.lines) {
    const there = lines[old];
    if (line.kind === ' ' && there !== undefined) result.push({ ...there });
    if (line.kind === '+') result.push({ text: line.text, ending: line.newline ? usual : '' });
    if (line.kind !== '+') old++;
  }
  // Only the last line of a file may lack its newline; a file that lacked it against the diff's word keeps it so.
  for (const line of result.slice(0, -1)) line.ending ||= usual;
  const last = result.at(-1);
  if (last !== undefined && lines[old - 1]?.ending === '' && side(hunk, '+').at(-1)?.newline === true) last.ending = '';
  return result;
}

function describe(
  lines: Line[],
  file: string,
  hunk: Hunk,
  number: number,
  before: number[],
  after: number[],
): HunkConflict {
  const expected = side(hunk, '+').map((line) => line.text);
  const show = (at: number) => lines.slice(at, at + expected.length).map((line) => line.text);
  const conflict = { file, hunk: number, expected };
  if (before.length > 1) {
    const reason = `the lines stand ${before.length} times, first at line ${(before[0] ?? 0) + 1}`;
    return { ...conflict, reason, line: (before[0] ?? 0) + 1, found: show(before[0] ?? 0) };
  }
  if (after.length > 0) {
    const at = after[0] ?? 0;
    return { ...conflict, reason: 'the change is there, but not exactly once', line: at + 1, found: show(at) };
  }
  let best = { at: -1, equal: 0 };
  for (let at = 0; at < lines.length; at++) {
    let equal = 0;
    for (const [index, text] of expected.entries()) {
      if (lines[at + index]?.text === text && text.trim() !== '') equal++;
    }
    if (equal > best.equal) best = { at, equal };
  }
  const reason = 'the lines are not in the file';
  if (best.at < 0) return { ...conflict, reason, line: null, found: [] };
  return { ...conflict, reason: `${reason}; the most similar are shown`, line: best.at + 1, found: show(best.at) };
}
