import { describe, expect, it } from 'vitest';
import { writeObject } from '../../test/objects.ts';
import { readObject } from './object.ts';

describe.each([
  { class: 'ELF64 little-endian', shape: {} },
  { class: 'ELF64 big-endian', shape: { big: true } },
  { class: 'ELF32 little-endian', shape: { narrow: true } },
  { class: 'ELF32 big-endian', shape: { narrow: true, big: true } },
])('reads $class objects', ({ shape }) => {
  it('symbols by binding, kind, place and visibility', () => {
    const facts = readObject(
      writeObject({
        ...shape,
        sections: [
          {
            defines: [
              'f',
              { name: 'w', binding: 'weak' },
              { name: 'u', binding: 'unique', kind: 'object' },
              { name: 't', kind: 'tls', hidden: true },
              { name: 'i', kind: 'ifunc' },
              { name: 'local', binding: 'local' },
            ],
            needs: ['printf'],
            weak: ['maybe'],
          },
        ],
        common: ['c'],
      }),
    );
    expect(facts).toMatchObject({ format: 'elf', type: 'relocatable', limits: [] });
    expect(facts.symbols).toEqual([
      { name: 'f', binding: 'global', kind: 'function', section: 1, hidden: false },
      { name: 'w', binding: 'weak', kind: 'function', section: 1, hidden: false },
      { name: 'u', binding: 'unique', kind: 'object', section: 1, hidden: false },
      { name: 't', binding: 'global', kind: 'tls', section: 1, hidden: true },
      { name: 'i', binding: 'global', kind: 'ifunc', section: 1, hidden: false },
      { name: 'c', binding: 'global', kind: 'common', section: -1, hidden: false },
      { name: 'printf', binding: 'global', kind: 'other', section: null, hidden: false },
      { name: 'maybe', binding: 'weak', kind: 'other', section: null, hidden: false },
    ]);
  });

  it('sections with their groups, and what their relocations name', () => {
    const facts = readObject(
      writeObject({
        ...shape,
        sections: [
          { name: '.text.f', defines: ['f'], needs: ['printf', 'g'], refersTo: [2] },
          { name: '.text.g', defines: ['g'], needs: ['abort'], group: 'g' },
          { name: '.rodata', defines: [], flags: 2 },
          { name: '.init_array', type: 14, flags: 3, needs: ['f'] },
          { name: '.debug_info', flags: 0, needs: ['f'] },
        ],
      }),
    );
    expect(facts.sections).toEqual([
      {
        index: 1,
        name: '.text.f',
        group: null,
        retained: false,
        executable: true,
        refersTo: { symbols: ['printf', 'g'], sections: [3] },
      },
      {
        index: 2,
        name: '.text.g',
        group: 'g',
        retained: false,
        executable: true,
        refersTo: { symbols: ['abort'], sections: [] },
      },
      {
        index: 3,
        name: '.rodata',
        group: null,
        retained: false,
        executable: false,
        refersTo: { symbols: [], sections: [] },
      },
      {
        index: 4,
        name: '.init_array',
        group: null,
        retained: true,
        executable: false,
        refersTo: { symbols: ['f'], sections: [] },
      },
    ]);
  });
});

it('names the machine as GOARCH does, and the compilers of .comment', () => {
  expect(readObject(writeObject({ machine: 183, defines: ['f'], comment: 'GCC: (GNU) 12.2.0' }))).toMatchObject({
    machine: 'arm64',
    comments: ['GCC: (GNU) 12.2.0'],
  });
  expect(readObject(writeObject({ machine: 999 })).machine).toBe('em-999');
});

it.each([
  ['bitcode', [0x42, 0x43, 0xc0, 0xde, 0x35, 0x14]],
  ['bitcode', [0xde, 0xc0, 0x17, 0x0b]],
  ['macho', [0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1]],
  ['coff', [0x64, 0x86, 3, 0, 0, 0]],
  ['empty', []],
  ['other', [1, 2, 3, 4, 5]],
])('recognises %s', (format, bytes) => {
  expect(readObject(Uint8Array.from(bytes))).toMatchObject({ format, symbols: [], limits: [] });
});

it('reads the symbols of code for link-time optimisation as gcc writes them', () => {
  const entry = (name: string, kind: number, visibility = 0) => [
    ...new TextEncoder().encode(`${name}\0\0`),
    ...[kind, visibility],
    ...new Array(12).fill(0),
  ];
  const table = [entry('f', 0), entry('w', 1, 3), entry('g', 2), entry('u', 3), entry('c', 4)].flat();
  const slim = (bytes: number[]) =>
    readObject(
      writeObject({
        common: ['__gnu_lto_slim'],
        sections: [
          { name: '.gnu.lto_.lto.1', flags: 0, bytes: [12, 0, 0, 0, 1, 0, 1, 0] },
          { name: '.gnu.lto_.symtab.1', flags: 0, bytes },
        ],
      }),
    );
  expect(slim(table).lto).toEqual({
    version: 12,
    symbols: [
      { name: 'f', binding: 'global', kind: 'other', section: 1, hidden: false },
      { name: 'w', binding: 'weak', kind: 'other', section: 1, hidden: true },
      { name: 'g', binding: 'global', kind: 'other', section: null, hidden: false },
      { name: 'u', binding: 'weak', kind: 'other', section: null, hidden: false },
      { name: 'c', binding: 'global', kind: 'common', section: -1, hidden: false },
    ],
  });
  expect(slim(table.slice(0, -1)).limits).toEqual(['The object is cut short.']);
});

it.each([
  ['.rsrc$01', true],
  ['.text', false],
])('tells a COFF object of resources from others: %s', (name, resources) => {
  const bytes = new Uint8Array(60);
  bytes.set([0x64, 0x86, 1, 0]);
  bytes.set(new TextEncoder().encode(name), 20);
  expect(readObject(bytes)).toMatchObject({ format: 'coff', machine: 'amd64', resources });
  expect(readObject(bytes.subarray(0, 30))).toMatchObject({ format: 'coff', machine: '', resources: false });
});

describe('malformed objects', () => {
  const whole = writeObject({
    sections: [
      { name: '.text.f', defines: ['f'], needs: ['g'], refersTo: [1], group: 'f' },
      { name: '.data', defines: [{ name: 'd', kind: 'object' }], flags: 3 },
    ],
    comment: 'x',
  });

  it('are a limit when cut at any byte', () => {
    // The section headers stand last: an object that is cut anywhere has lost one.
    for (let length = 4; length < whole.length; length++) {
      expect(readObject(whole.subarray(0, length)).limits).toHaveLength(1);
    }
    expect(readObject(whole).limits).toEqual([]);
  });

  it.each([{ big: true }, { narrow: true }, { narrow: true, big: true }])('of another class, too: %o', (shape) => {
    const other = writeObject({ ...shape, sections: [{ defines: ['f'], needs: ['g'], group: 'f' }], comment: 'x' });
    for (let length = 4; length < other.length; length += 3) {
      expect(readObject(other.subarray(0, length)).limits).toHaveLength(1);
    }
    for (let at = 16; at < other.length - 4; at += 4) {
      for (const value of [0, 0xffffffff, 0x80000000]) {
        const bytes = Uint8Array.from(other);
        new DataView(bytes.buffer).setUint32(at, value, !shape.big);
        expect(readObject(bytes).limits.length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('are read at most a few times over: sections that overlap are a limit', () => {
    const sections = Array.from({ length: 400 }, (_, at) => ({ name: `.text.${at}`, needs: ['g'] }));
    const bytes = writeObject({ sections });
    const view = new DataView(bytes.buffer);
    const headers = Number(view.getBigUint64(0x28, true));
    for (let at = headers; at < bytes.length; at += 64) {
      const rela = 4;
      if (view.getUint32(at + 4, true) !== rela) continue;
      const group = 17;
      view.setUint32(at + 4, group, true);
      view.setBigUint64(at + 24, 0n, true);
      view.setBigUint64(at + 32, BigInt(bytes.length), true);
    }
    expect(readObject(bytes).limits).toEqual(['The object has sections that overlap.']);
    expect(readObject(writeObject({ sections })).limits).toEqual([]);
  });

  it('never crash or hang with 0, -1 or 2^63 in any field', () => {
    for (let at = 4; at < whole.length - 8; at += 4) {
      for (const value of [0n, 0xffffffffffffffffn, 1n << 63n]) {
        const bytes = Uint8Array.from(whole);
        new DataView(bytes.buffer).setBigUint64(at, value, true);
        const facts = readObject(bytes);
        expect(facts.limits.length).toBeLessThanOrEqual(1);
      }
    }
  });
});
