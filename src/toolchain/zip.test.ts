import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { Failure } from '../model/failure.ts';
import { readZip, zipContent } from './zip.ts';
import { zipWriter } from './zip-write.ts';

function archive(files: Record<string, string>, mode = 0o644): Buffer {
  const pieces: Uint8Array[] = [];
  const zip = zipWriter((bytes) => pieces.push(Uint8Array.from(bytes)));
  for (const [path, text] of Object.entries(files)) zip.add(path, Buffer.from(text), mode);
  zip.end();
  return Buffer.concat(pieces);
}

/** All files of an archive by path. */
function unpacked(bytes: Uint8Array): Record<string, string> {
  const files = memoryFiles({ '/a.zip': bytes });
  const entries = readZip('/a.zip', files).map((entry) => [entry.path, zipContent('/a.zip', entry, files)] as const);
  return Object.fromEntries(entries.map(([path, content]) => [path, new TextDecoder().decode(content)]));
}

it('reads what was written, permissions too', () => {
  const files = { 'zig-1/zig': 'ELF'.repeat(1000), 'zig-1/lib/é.h': '', empty: '' };
  const bytes = archive(files, 0o755);
  expect(unpacked(bytes)).toEqual(files);
  expect(readZip('/a.zip', memoryFiles({ '/a.zip': bytes })).map(({ mode }) => mode)).toEqual([0o755, 0o755, 0o755]);
});

it('refuses an archive that is cut at any byte, in one line', () => {
  const bytes = archive({ 'a/b': 'one two three', c: 'four' });
  for (let length = 0; length < bytes.length; length++) {
    expect(() => unpacked(bytes.subarray(0, length)), `cut at ${length}`).toThrow(Failure);
  }
});

it.each(['../x', 'a/../../x', '/etc/x', 'a\\..\\x', 'C:x', ''])('refuses the path %j', (path) => {
  expect(() => unpacked(archive({ [path]: 'x' }))).toThrow('a path leads out of it');
});

it('refuses symbolic links, and files that are larger than they say', () => {
  expect(() => unpacked(archive({ x: '/etc/passwd' }, 0o20000 | 0o777))).toThrow('it holds symbolic links');
  const bomb = archive({ x: '0'.repeat(1_000_000) });
  const directory = bomb.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
  bomb.writeUInt32LE(10, directory + 24);
  expect(() => unpacked(bomb)).toThrow('a file cannot be unpacked');
  const large = archive({ x: 'x', y: 'y' });
  const first = large.indexOf('PK\u0001\u0002', undefined, 'latin1');
  large.writeUInt32LE(0xffff_fff0, first + 24);
  expect(() => unpacked(large)).toThrow('its files are too large');
});

it('bears any byte that is wrong', () => {
  const bytes = archive({ 'a/b': 'one two three', c: 'four' });
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    try {
      unpacked(damaged);
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(Failure);
    }
  }
});
