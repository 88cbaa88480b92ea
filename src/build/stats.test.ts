import { expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { statsLines, variantsOf } from './stats.ts';

const plan = {
  toolchain: { name: 'musl-gcc' },
  environment: { CC: 'musl-gcc' },
  command: [
    'go',
    'build',
    '-o=app',
    '-tags=x',
    "-ldflags=-linkmode=external '-extldflags=-static /a/note.o /a/-static/shim.o'",
    '--',
    '.',
  ],
} as unknown as Plan;

it('compares with the same build without -static, and with what go build does by itself', () => {
  expect(variantsOf(plan).map(({ name, command }) => [name, ...command.slice(2)])).toEqual([
    [
      'static with musl-gcc',
      '-tags=x',
      "-ldflags=-linkmode=external '-extldflags=-static /a/note.o /a/-static/shim.o'",
      '--',
      '.',
    ],
    ['dynamic with musl-gcc', '-tags=x', "-ldflags=-linkmode=external '-extldflags= /a/-static/shim.o'", '--', '.'],
    ['go build by itself', '-tags=x', '--', '.'],
  ]);
});

it('says what the plan costs over each other way', () => {
  const measured = [
    { name: 'static', bytes: 3_500_000, milliseconds: 600 },
    { name: 'dynamic', bytes: 3_600_000, milliseconds: 400 },
  ];
  expect(statsLines(measured)).toEqual([
    'static: 3.50 MB, linked in 0.60 s',
    'dynamic: 3.60 MB, linked in 0.40 s; the first over it: -0.10 MB, 1.50 times the link',
  ]);
});
