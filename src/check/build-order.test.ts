import { expect, it } from 'vitest';
import type { CompileView, Unit } from '../model/view.ts';
import { orderStages } from './build-order.ts';
import type { RuledFinding } from './finish.ts';
import type { Views } from './views.ts';

const place = (file: string, line: number) => ({ file, line, column: 1 });

function finding(ruleId: string, name: string, at: ReturnType<typeof place> | null, more: Partial<RuledFinding> = {}) {
  const found: RuledFinding = {
    ruleId,
    stage: 'compile',
    severity: 'error',
    what: '',
    why: '',
    action: '',
    package: 'a',
    location: at,
    related: [],
    evidence: { name },
    remedies: [],
    ...more,
  };
  return found;
}

const unit = (file: string, kind: Unit['kind'], includes: [string, number][], names: [string, number][] = []) =>
  ({
    file,
    kind,
    errors: [],
    refusal: null,
    includes: includes.map(([header, line]) => ({ header, place: place(file, line) })),
    names: names.map(([name, line]) => ({ name, place: place(file, line) })),
  }) as unknown as Unit;

function order(findings: RuledFinding[], units: Unit[] = [], imports: Record<string, string[]> = { a: [] }) {
  const views = {
    graph: { packages: Object.fromEntries(Object.entries(imports).map(([path, own]) => [path, { imports: own }])) },
    compiled: { a: { units } as unknown as CompileView },
  } as unknown as Views;
  const program = { id: 'p', kind: 'program', roots: [], packages: Object.keys(imports) } as const;
  return orderStages(findings, { ...program, roots: [], packages: [...program.packages] }, views).map(
    ({ severity, evidence }) => `${severity} ${evidence.name}${evidence.orFirst ? ` or ${evidence.orFirst}` : ''}`,
  );
}

it('hides what comes after pkg-config, which is asked first', () => {
  const units = [unit('a.go', 'preamble', [['gone.h', 3]])];
  expect(order([finding('GM103', 'gone.h', place('a.go', 3)), finding('GM108', 'gone', null)], units)).toEqual([
    'warning gone.h',
    'error gone',
  ]);
});

it('hides what a unit has after a missing header, and C files after preambles', () => {
  const units = [
    unit(
      'a.go',
      'preamble',
      [
        ['one.h', 3],
        ['two.h', 4],
      ],
      [['name', 9]],
    ),
    unit('b.c', 'c', [], [['other', 1]]),
  ];
  const found = [
    finding('GM103', 'two.h', place('a.go', 4)),
    finding('GM103', 'one.h', place('a.go', 3)),
    finding('GM104', 'name', place('a.go', 9)),
    finding('GM104', 'other', place('b.c', 1)),
  ];
  expect(order(found, units)).toEqual(['warning two.h', 'error one.h', 'warning name', 'warning other']);
});

it('names the other preambles that may be read first', () => {
  const units = [unit('a.go', 'preamble', [['one.h', 3]]), unit('b.go', 'preamble', [['two.h', 3]])];
  const found = [finding('GM102', 'one.h', place('a.go', 3)), finding('GM102', 'two.h', place('b.go', 3))];
  expect(order(found, units)).toEqual(['error one.h or two.h', 'warning two.h']);
});

it('knows a header that several preambles include, each after other headers', () => {
  const shared = place('shared.h', 17);
  const both = (file: string, before: [string, number][]) => {
    const own = unit(file, 'preamble', before);
    return { ...own, includes: [...own.includes, { header: 'two.h', place: shared }] } as Unit;
  };
  const found = [
    finding('GM102', 'one.h', place('a.go', 3)),
    finding('GM102', 'two.h', shared),
    finding('GM102', 'two.h', shared),
  ];
  const units = [both('a.go', [['one.h', 3]]), both('b.go', [])];
  expect(order(found, units)).toEqual(['error one.h or two.h', 'warning two.h', 'warning two.h']);
});

it('tells every name of the preambles, and of the first C file alone', () => {
  const preambles = [unit('a.go', 'preamble', [], [['x', 1]]), unit('b.go', 'preamble', [], [['y', 1]])];
  const inGo = [finding('GM104', 'x', place('a.go', 1)), finding('GM104', 'y', place('b.go', 1))];
  expect(order(inGo, preambles)).toEqual(['error x', 'error y']);
  const cFiles = [
    unit(
      'a.c',
      'c',
      [],
      [
        ['x', 1],
        ['z', 2],
      ],
    ),
    unit('b.c', 'c', [], [['y', 1]]),
  ];
  const inC = [
    finding('GM104', 'x', place('a.c', 1)),
    finding('GM110', 'z', place('a.c', 2)),
    finding('GM104', 'y', place('b.c', 1)),
  ];
  expect(order(inC, cFiles)).toEqual(['error x', 'error z', 'warning y']);
});

it('builds nothing that imports what failed, and links nothing then', () => {
  const found = [
    finding('GM108', 'base', null),
    finding('GM108', 'above', null, { package: 'b' }),
    finding('GM108', 'apart', null, { package: 'c' }),
    finding('GM201', 'symbol', null, { stage: 'link' }),
  ];
  expect(order(found, [], { a: [], b: ['a'], c: [] })).toEqual([
    'error base',
    'warning above',
    'error apart',
    'warning symbol',
  ]);
  expect(order([finding('GM201', 'symbol', null, { stage: 'link' })])).toEqual(['error symbol']);
});
