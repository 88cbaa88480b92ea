import { describe, expect, it } from 'vitest';
import { recordedBuilds, table } from '../src/libc/columns.ts';
import { openLibc, parseLibcRef } from '../src/libc/open.ts';
import { generateLibc } from './generate-libc.ts';
import { stale } from './generated.ts';
import { type FunctionRow, type Recorded, rows } from './libc-tables.ts';

describe('the generated libc tables', () => {
  const files = generateLibc();

  it('are what data/libc gives', () => {
    expect(stale(files)).toEqual([]);
  });

  it('are at most 500 kB together', () => {
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThanOrEqual(500_000);
  });

  it('agree with the symbols of libc.a: a function is exported exactly when its state says so', () => {
    const inHeader = new Set(
      rows<FunctionRow>('functions').flatMap((row) => (['inline', 'macro'].includes(row.st) ? [row.name] : [])),
    );
    for (const build of recordedBuilds) {
      const ref = parseLibcRef(build);
      if (!ref) throw new Error(build);
      const libc = openLibc(ref);
      const wrong: string[] = [];
      for (const name of table('functions').names()) {
        for (const fact of libc.names(name)) {
          if (fact.kind === 'macro' || fact.kind === 'type' || inHeader.has(name)) continue;
          const said = fact.musl === 'declared' || fact.musl === 'undeclared';
          if (said !== libc.exports(name)) wrong.push(`${name}: ${fact.musl}`);
        }
      }
      expect(wrong, build).toEqual([]);
    }
  });

  it('leave only reserved names between upstream 1.2.5 and the musl that zig links', () => {
    const zig = new Set(
      rows<Recorded>('musl_exports').flatMap((group) => (group.in.includes('1.2.5-zig/amd64') ? group.names : [])),
    );
    const ref = parseLibcRef('1.2.5');
    if (!ref) throw new Error('1.2.5');
    const libc = openLibc(ref);
    const missing = [...table('exports').names()].filter((name) => libc.exports(name, 'amd64') && !zig.has(name));
    expect(missing.filter((name) => !name.startsWith('__'))).toEqual([]);
  });
});
