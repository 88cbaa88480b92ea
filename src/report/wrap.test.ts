import { expect, it } from 'vitest';
import { shorten, wrap } from './wrap.ts';

it('wraps at spaces, cuts what has none, and says that more was there', () => {
  expect(wrap('one two three', 8, 3)).toEqual(['one two', 'three']);
  expect(wrap('abcdefghij', 4, 5)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap('one two three four', 8, 2)).toEqual(['one two', 'three…']);
  expect(wrap('aaaa bbbbbbbb cc', 8, 2)).toEqual(['aaaa', 'bbbbbbb…']);
});

it('keeps both ends of a chain', () => {
  expect(shorten(['a', 'b'], ' > ', 20)).toBe('a > b');
  expect(shorten(['start', 'middle', 'middle', 'end'], ' > ', 18)).toBe('start > … > end');
  expect(shorten(['x'.repeat(30)], ' > ', 10)).toHaveLength(10);
});
