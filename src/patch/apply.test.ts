import { describe, expect, it } from 'vitest';
import { applyDiff } from './apply.ts';
import { parseDiff } from './unified-diff.ts';

const diffText = [
  '--- a/src/x.go',
  '+++ b/src/x.go',
  '@@ -10,3 +10,4 @@',
  ' one',
  '-two',
  '+zwei',
  '+drei',
  ' four',
  '',
];
const diff = parseDiff(diffText.join('\n'), 'x.patch')[0];
if (diff === undefined) throw new Error('no diff');

const fits = (text: string) => {
  const outcome = applyDiff(text, diff);
  return outcome.state === 'fits' ? outcome.text : outcome;
};

describe('applyDiff', () => {
  it('finds the place wherever it is, and says how far off', () => {
    const outcome = applyDiff('zero\none\ntwo\nfour\nend\n', diff);
    expect(outcome).toEqual({ state: 'fits', text: 'zero\none\nzwei\ndrei\nfour\nend\n', offsets: [-8] });
  });

  it('keeps the line endings of the file, and its missing last newline', () => {
    expect(fits('one\r\ntwo\r\nfour\r\nend\r\n')).toBe('one\r\nzwei\r\ndrei\r\nfour\r\nend\r\n');
    expect(fits('zero\none\ntwo\nfour')).toBe('zero\none\nzwei\ndrei\nfour');
  });

  it('obeys the no-newline marks of the diff', () => {
    const marked = '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n';
    const [first] = parseDiff(marked, 'm.patch');
    if (first === undefined) throw new Error('no diff');
    expect(applyDiff('a\nb', first)).toMatchObject({ state: 'fits', text: 'a\nc\n' });
    expect(applyDiff('a\nb\n', first).state).toBe('conflict');
  });

  it('knows what is applied, and does it no second time', () => {
    const once = fits('one\ntwo\nfour\n');
    expect(applyDiff(String(once), diff)).toEqual({ state: 'applied' });
  });

  it('refuses a place that stands twice', () => {
    const outcome = applyDiff('one\ntwo\nfour\none\ntwo\nfour\n', diff);
    expect(outcome).toMatchObject({
      state: 'conflict',
      conflicts: [{ line: 1, reason: expect.stringContaining('2 times') }],
    });
  });

  it('shows what it expected and the most similar lines, without fuzz', () => {
    const outcome = applyDiff('zero\none \ntwo\nfour\n', diff);
    expect(outcome).toEqual({
      state: 'conflict',
      conflicts: [
        {
          file: 'src/x.go',
          hunk: 1,
          reason: 'the lines are not in the file; the most similar are shown',
          expected: ['one', 'two', 'four'],
          line: 2,
          found: ['one ', 'two', 'four'],
        },
      ],
    });
  });

  it('calls a half-applied file a conflict', () => {
    const two = parseDiff(`${diffText.join('\n')}@@ -30,2 +31,3 @@\n five\n+fuenf\n six\n`, 'y.patch')[0];
    if (two === undefined) throw new Error('no diff');
    const outcome = applyDiff('one\nzwei\ndrei\nfour\nfive\nsix\n', two);
    expect(outcome).toMatchObject({ state: 'conflict', conflicts: [{ hunk: 2, line: 5 }] });
  });

  it('adds a file, and refuses another of the same name', () => {
    const [added] = parseDiff('--- /dev/null\n+++ b/src/n.go\n@@ -0,0 +1,2 @@\n+package n\n+// x\n', 'n.patch');
    if (added === undefined) throw new Error('no diff');
    expect(applyDiff(null, added)).toMatchObject({ state: 'fits', text: 'package n\n// x\n' });
    expect(applyDiff('package n\n// x\n', added).state).toBe('applied');
    expect(applyDiff('package other\n', added).state).toBe('conflict');
  });
});

describe('parseDiff', () => {
  it.each([
    ['a path out of the tree', '--- a/../etc/passwd\n+++ b/../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n'],
    ['an absolute path', '--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n'],
    ['a backslash', '--- a/src\\..\\x\n+++ b/src\\..\\x\n@@ -1 +1 @@\n-a\n+b\n'],
    ['a deleted file', '--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n'],
    ['a renamed file', '--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n'],
    ['wrong counts', '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n'],
    ['an insertion without context on both sides', '--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n a\n+b\n'],
    ['nothing', 'just words\n'],
  ])('refuses %s', (_, text) => {
    expect(() => parseDiff(text, 'h.patch')).toThrow();
  });

  it('reads a diff whose own lines end in CRLF', () => {
    const crlf = parseDiff(diffText.join('\r\n'), 'c.patch')[0];
    expect(crlf).toEqual(diff);
  });
});
