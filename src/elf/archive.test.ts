import { describe, expect, it } from 'vitest';
import { writeArchive } from '../../test/archives.ts';
import { writeObject } from '../../test/objects.ts';
import { memoryFiles } from '../io/memory.ts';
import { memberSource, readArchive } from './archive.ts';
import { readObjectSource } from './object.ts';

const long = 'a-name-of-more-than-fifteen-bytes.o';
const members = [
  { name: 'a.o', bytes: writeObject({ defines: ['f', 'both'], needs: ['g'] }) },
  { name: long, bytes: writeObject({ defines: ['g', 'both'] }) },
];
const read = (bytes: Uint8Array) => readArchive('/lib/x.a', memoryFiles({ '/lib/x.a': bytes }));
const index = { f: 0, both: 0, g: 1 };

it.each([
  { name: 'GNU', text: {}, index },
  { name: 'a 64-bit index', text: { index: 64 as const }, index },
  { name: 'BSD names', text: { names: 'bsd' as const }, index },
  { name: 'no index', text: { index: false }, index: null },
])('reads members and index: $name', ({ text, index: expected }) => {
  const files = memoryFiles({ '/lib/x.a': writeArchive(members, text) });
  const archive = readArchive('/lib/x.a', files);
  expect(archive).toMatchObject({ thin: false, limits: [] });
  expect(archive?.members.map(({ name }) => name)).toEqual(['a.o', long]);
  expect(archive?.index && { ...archive.index }).toEqual(expected);
  const source = archive && memberSource('/lib/x.a', archive, 1, files);
  expect(source && readObjectSource(source).symbols.map(({ name }) => name)).toEqual(['g', 'both']);
});

it('finds the members of a thin archive beside it', () => {
  const files = memoryFiles({
    '/lib/x.a': writeArchive(members, { thin: true }),
    [`/lib/${long}`]: members[1]?.bytes ?? '',
  });
  const archive = readArchive('/lib/x.a', files);
  expect(archive).toMatchObject({ thin: true, limits: [], members: [{ name: 'a.o' }, { name: long }] });
  if (archive === null) return;
  const source = memberSource('/lib/x.a', archive, 1, files);
  expect(source && readObjectSource(source).symbols.map(({ name }) => name)).toEqual(['g', 'both']);
  expect(memberSource('/lib/x.a', archive, 0, files)).toBeNull();
});

it('reads no member while it lists a large archive', () => {
  const large = { ...members[0], name: 'large.o', bytes: new Uint8Array(5 << 20) };
  const bytes = writeArchive([...members, large]);
  const ranges: number[] = [];
  const files = memoryFiles({ '/lib/x.a': bytes });
  readArchive('/lib/x.a', {
    ...files,
    read: () => {
      throw new Error('the whole archive was read');
    },
    readRange(path, offset, length) {
      ranges.push(length);
      return files.readRange(path, offset, length);
    },
  });
  const memberSizes = members.map((member) => member.bytes.length);
  expect(Math.max(...ranges)).toBeLessThan(Math.min(...memberSizes));
});

describe('malformed archives', () => {
  const whole = writeArchive(members);

  it('are none when empty or of another kind', () => {
    expect(read(new Uint8Array(0))).toBeNull();
    expect(read(new TextEncoder().encode('INPUT(libfoo.so)\n'))).toBeNull();
    expect(readArchive('/lib/none.a', memoryFiles({}))).toBeNull();
  });

  it('are empty without a limit when nothing but the mark is there', () => {
    expect(read(new TextEncoder().encode('!<arch>\n'))).toEqual({ thin: false, index: null, members: [], limits: [] });
  });

  it('are a limit when cut at any byte: the index then points beside the members that are left', () => {
    for (let length = 9; length < whole.length - 1; length++) {
      const archive = read(whole.subarray(0, length));
      expect(archive?.limits).toHaveLength(1);
      expect(archive?.members.length).toBeLessThan(2);
    }
  });

  it.each<{ name: string; text: Parameters<typeof writeArchive>[1] }>([
    { name: 'thin', text: { thin: true } },
    { name: 'BSD names', text: { names: 'bsd' } },
    { name: 'a 64-bit index', text: { index: 64 } },
  ])('never crash when cut at any byte, or with 0, 9, a blank or -1 in any byte of a table: $name', ({ text }) => {
    const bytes = writeArchive(members, text);
    for (let length = 0; length < bytes.length; length += length < 700 ? 1 : 97) {
      expect(read(bytes.subarray(0, length))?.limits.length ?? 0).toBeLessThanOrEqual(1);
    }
    for (let at = 8; at < 500; at++) {
      const forged = Uint8Array.from(bytes);
      forged[at] = [0, 0x39, 0x20, 0xff][at % 4] ?? 0;
      expect(read(forged)?.limits.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it('take no time and memory for what they claim: sizes, counts and names beyond reason', () => {
    const header = (name: string, size: string) => `${name.padEnd(48)}${size.padEnd(10)}\`\n`;
    const forged = (text: string) => read(Buffer.from(`!<arch>\n${text}`, 'latin1'))?.limits;
    expect(forged(header('a.o/', '9999999999'))).toEqual(['The archive is cut short.']);
    expect(forged(header('a.o/', '-1'))).toEqual(['The archive has a member without a size.']);
    expect(forged(`${header('/', '8')}\x7f\xff\xff\xff\0\0\0\0`)).toEqual([
      'The archive has an index of more than 4000000 symbols.',
    ]);
    expect(forged(`${header('/SYM64/', '8')}\x80\0\0\0\0\0\0\0`)).toEqual([
      'The archive has an index of more than 4000000 symbols.',
    ]);
    const long = 'n'.repeat(10_000);
    expect(forged(header('//', '10000') + long + header('/0', '0'))).toEqual([
      'The archive has a name of more than 4096 bytes.',
    ]);
    expect(forged(header('#1/10000', '10000') + long)).toEqual(['The archive has a name of more than 4096 bytes.']);
  });

  it('never crash or hang with 0, 9 or blanks in any byte of a table', () => {
    const tables = whole.length - members.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (let at = 8; at < tables; at++) {
      for (const value of [0, 0x39, 0x20, 0xff]) {
        const bytes = Uint8Array.from(whole);
        bytes[at] = value;
        expect(read(bytes)?.limits.length ?? 0).toBeLessThanOrEqual(1);
      }
    }
  });
});
