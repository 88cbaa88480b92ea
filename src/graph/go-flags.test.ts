import { expect, it } from 'vitest';
import { Failure } from '../model/failure.ts';
import { parseGoFlags, refuseOverlay, splitQuoted } from './go-flags.ts';

it('splits words as Go does: a quote counts at the start of a word only', () => {
  expect(splitQuoted(`  -a "b c"  'd "e' f"g `)).toEqual(['-a', 'b c', 'd "e', 'f"g']);
  expect(splitQuoted('""')).toEqual(['']);
  expect(() => splitQuoted('-a "b')).toThrow(Failure);
});

it('keeps of GOFLAGS what chooses files, and leaves out what runs programs or only shapes a build', () => {
  const text = '-buildvcs=false -toolexec=/bin/evil --tags=a,b -mod=mod -race "-ldflags=-s -w" -exec=x -trimpath';
  expect(parseGoFlags(text)).toEqual({ tags: ['a', 'b'], mod: 'mod', modfile: null, race: true, overlay: null });
  expect(parseGoFlags('-race=false "-tags=c d"')).toMatchObject({ tags: ['c', 'd'], race: false });
});

it('refuses flags that put other code into the program than the disk shows', () => {
  for (const flag of ['-compiler=gccgo', '-msan', '--asan=true', '-cover']) {
    expect(() => parseGoFlags(flag), flag).toThrow('GOFLAGS asks for what gomusl does not look at');
  }
  expect(() => refuseOverlay(parseGoFlags('"-overlay=o p.json"'))).toThrow('gomusl does not look at');
  expect(() => refuseOverlay(parseGoFlags('-overlay='))).not.toThrow();
  expect(parseGoFlags('-compiler=gc -cover=false -asan=0').race).toBe(false);
  expect(() => parseGoFlags('tags=a')).toThrow('no flag');
});
