import { expect, it } from 'vitest';
import { joinWords, splitDriverLine, splitWords } from './words.ts';

it('splits compiler commands as cmd/go does', () => {
  expect(splitWords(' zig  cc -target x86_64-linux-musl ')).toEqual(['zig', 'cc', '-target', 'x86_64-linux-musl']);
  expect(splitWords(`'/my tools/zig' cc "-DX=a b"`)).toEqual(['/my tools/zig', 'cc', '-DX=a b']);
  // Only a quote at the start of a word quotes: cmd/internal/quoted takes this one as it stands.
  expect(splitWords(`-DX="a"`)).toEqual(['-DX="a"']);
  expect(splitWords(`gcc 'open`)).toBeNull();
});

it('joins words into a text that splits into the same words', () => {
  for (const words of [['gcc'], ['/my tools/zig', 'cc'], [''], [`a 'b'`], ['"x']]) {
    expect(splitWords(joinWords(words) ?? '')).toEqual(words);
  }
  expect(joinWords([`a 'b' "c"`])).toBeNull();
});

it('reads quoted words of a driver', () => {
  expect(splitDriverLine(` /bin/ld "-plugin-opt=a b" -L"/x y" c\\ d`)).toEqual([
    '/bin/ld',
    '-plugin-opt=a b',
    '-L/x y',
    'c d',
  ]);
});
