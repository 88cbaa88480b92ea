import { expect, it } from 'vitest';
import { memoryFiles } from '../src/io/memory.ts';
import { loadPatches } from '../src/patch/load.ts';
import { scaffold } from './patch-scaffold.ts';

const load = (file: string) => {
  const files = Object.entries(scaffold('new-one', file, '1.26')).map(([path, text]) => [`/p/new-one/${path}`, text]);
  return loadPatches('/p', memoryFiles(Object.fromEntries(files)))[0];
};

it('makes a folder that the engine takes', () => {
  expect(load('src/crypto/x509/root.go')).toMatchObject({ name: 'new-one', target: 'std', packages: ['crypto/x509'] });
  expect(load('src/pkg/os/user/x.go')?.packages).toEqual(['os/user']);
  expect(load('src/cmd/link/internal/ld/elf.go')).toMatchObject({ target: 'tool', packages: ['cmd/link'] });
});
