import { describe, expect, it } from 'vitest';
import { openTable } from './columns.ts';

const text = `[
["f;a.h",",abs,cos,"],
["t;b.h",",struct abs,off_t,"],
["m;c.h",",cos,"]
]
`;

describe('openTable', () => {
  it('gives the same facts by search, at first, and by index, later', () => {
    const names = ['abs', 'cos', 'struct abs', 'off_t', 'ab', 'f;a.h', '', 'abs,cos', 'constructor'];
    const searched = openTable(text);
    const indexed = openTable(text);
    for (let i = 0; i < 200; i++) indexed.get('abs');
    for (const name of names) expect(indexed.get(name), name).toEqual(searched.get(name));
    expect(searched.get('cos')).toEqual(['f;a.h', 'm;c.h']);
    expect(searched.get('struct abs')).toEqual(['t;b.h']);
    expect(searched.get('abs,cos')).toEqual([]);
    expect(searched.get('ab')).toEqual([]);
  });
});
