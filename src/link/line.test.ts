import { expect, it } from 'vitest';
import { type LineStep, readLine } from './line.ts';

const read = (...words: string[]) => readLine(words.map((word) => ({ word, package: 'p', place: null })));
const shown = (step: LineStep) =>
  step.kind === 'library'
    ? `${step.shared ? 'shared ' : ''}${step.whole ? 'whole ' : ''}-l${step.exact ? ':' : ''}${step.name}`
    : step.kind === 'file'
      ? `${step.whole ? 'whole ' : ''}${step.path}`
      : step.kind === 'flag'
        ? `flag ${step.flag}`
        : step.kind;

it.each([
  { words: ['-lfoo', '-l', 'bar', '-l:x.a', '-Wl,-lbaz'], steps: ['-lfoo', '-lbar', '-l:x.a', '-lbaz'] },
  { words: ['/a/libx.a', 'y.o', '-Wl,/b/libz.a'], steps: ['/a/libx.a', 'y.o', '/b/libz.a'] },
  { words: ['-Wl,--start-group', '-lx', '-Wl,--end-group'], steps: ['group-start', '-lx', 'group-end'] },
  { words: ['-Wl,-(,-lx,-)'], steps: ['group-start', '-lx', 'group-end'] },
  { words: ['-Wl,--whole-archive', '-lx', '-Wl,--no-whole-archive', '-ly'], steps: ['whole -lx', '-ly'] },
  { words: ['-Wl,-Bdynamic', '-lx', '-Wl,-Bstatic,-ly'], steps: ['shared -lx', '-ly'] },
  {
    words: ['-Wl,--push-state,-Bdynamic', '-lx', '-Wl,--pop-state', '-ly'],
    steps: ['flag --push-state', 'shared -lx', 'flag --pop-state', '-ly'],
  },
  {
    words: ['-Wl,-rpath,/opt/lib', '-Wl,-z,now', '-z', 'defs'],
    steps: ['flag -rpath /opt/lib', 'flag -z now', 'flag -z defs'],
  },
  { words: ['-Xlinker', '-rpath', '-Xlinker', '/x', '-lfoo'], steps: ['flag -rpath /x', '-lfoo'] },
  { words: ['-framework', 'Foundation', '-pthread'], steps: ['flag -framework Foundation', 'flag -pthread'] },
])('reads $words', ({ words, steps }) => {
  expect(read(...words).steps.map(shown)).toEqual(steps);
});

it('keeps folders, wanted and made symbols, and what is forgiven', () => {
  const line = read(
    '-L/a',
    '-L',
    '/b',
    '-Wl,-L,/c',
    '-u',
    'f',
    '-Wl,--undefined=g',
    '-Wl,--defsym,h=0',
    '-Wl,--wrap=i',
  );
  expect(line).toMatchObject({ folders: ['/a', '/b', '/c'], defined: ['h'], wrapped: ['i'] });
  expect(line.wanted.map(({ symbol }) => symbol)).toEqual(['f', 'g']);
  expect(line).toMatchObject({ undefinedAllowed: false, multipleAllowed: false, optimised: false });
  expect(read('-O2', '-Wl,-z,muldefs', '-Wl,--unresolved-symbols=ignore-all')).toMatchObject({
    undefinedAllowed: true,
    multipleAllowed: true,
    optimised: true,
  });
});
