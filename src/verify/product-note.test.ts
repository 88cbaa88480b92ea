import { expect, it } from 'vitest';
import { productNoteSource } from './product-note.ts';

it('gives C text in which nothing of a fact can end the string it stands in', () => {
  const source = productNoteSource({ toolchain: 'a"b\\c\n"); system("x' });
  expect(source).not.toContain('system');
  expect(source).toContain('.long __libc_version - .');
  expect(source.split('"').length % 2).toBe(1);
});
