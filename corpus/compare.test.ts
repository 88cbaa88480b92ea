import { expect, it } from 'vitest';
import type { Result } from '../src/model/result.ts';
import { causeClass } from './cause.ts';
import { compare, figures } from './compare.ts';
import { renderConfirmed } from './confirmed-results.ts';
import { type Prediction, readPrediction } from './predict.ts';
import { rowId } from './row.ts';
import { judge, type Truth } from './truth.ts';

const row = {
  module: 'example.org/a/v2',
  version: 'v2.0.0',
  package: 'example.org/a/v2/b',
  tags: ['x', 'y'],
  kind: 'library',
} as const;
const truth = (fields: Partial<Truth>): Truth => ({
  row: { ...row, tags: [...row.tags] },
  toolchain: { name: 'zig', versions: '' },
  goVersion: 'go1.26.8',
  goarch: 'amd64',
  outcome: 'builds',
  stage: null,
  scored: true,
  cause: null,
  names: [],
  product: null,
  exitCode: 0,
  seconds: 1,
  ...fields,
});
const said = (fields: Partial<Prediction>): Prediction => ({
  outcome: 'builds',
  stage: null,
  errors: [],
  limits: [],
  seconds: 1,
  ...fields,
});
const error = (...tokens: string[]) => ({ ruleId: 'GM101', stage: 'compile' as const, tokens, message: '' });

it('names a row by module, version, package and tags', () => {
  expect(rowId({ ...row, tags: [...row.tags] })).toBe('example.org_a_v2@v2.0.0_b+x,y');
});

it('confirms an error only by a whole name of the log', () => {
  const fails = truth({ outcome: 'fails', stage: 'compile' });
  const prediction = said({ outcome: 'fails', stage: 'compile', errors: [error('linux/magic.h'), error('magic.h')] });
  expect(compare(fails, ['linux/magic.h'], prediction)).toMatchObject({
    outcomeRight: true,
    stageRight: true,
    named: true,
    confirmed: 1,
    errors: 2,
  });
});

it('counts what the targets are set for, over scored rows alone', () => {
  const fails = truth({ outcome: 'fails', stage: 'link' });
  const rows = [
    compare(fails, ['f'], said({})),
    compare(fails, ['f'], said({ outcome: 'unknown' })),
    compare(fails, ['f'], said({ outcome: 'fails', stage: 'compile', errors: [error('g')] })),
    compare(truth({}), [], said({ errors: [error('h')] })),
    compare(truth({ outcome: 'fails', scored: false }), [], said({})),
  ];
  expect(figures(rows)).toEqual({
    rows: 4,
    outcomeRight: 2,
    falseBuilds: 1,
    unknown: 1,
    broken: 0,
    failing: 3,
    stageRight: 0,
    named: 0,
    errorsOnFailing: 1,
    confirmed: 0,
    building: 1,
    alarmed: 1,
  });
});

it('judges a product by type and libc, and a failure by its log', () => {
  const product = { type: 'static', interpreter: null, needed: [], libc: 'musl' } as const;
  expect(judge('', 0, { ...product, needed: [] }).outcome).toBe('builds');
  expect(judge('', 0, { ...product, needed: [], libc: 'glibc' }).outcome).toBe('wrong');
  expect(judge('', 0, { ...product, needed: [], type: 'dynamic' }).outcome).toBe('wrong');
  expect(judge('./a.go:1:2: undefined: T', 1, null)).toMatchObject({ outcome: 'fails', stage: null, scored: false });
  const log = "x.c:(.text+0x1): undefined reference to `__strdup'";
  expect(judge(log, 1, null)).toMatchObject({ stage: 'link', scored: true, names: ['__strdup'] });
});

it('takes errors of compile and link from a result, with every string of their evidence', () => {
  const finding = { severity: 'error', stage: 'link', ruleId: 'GM201', message: 'm' };
  const result = {
    runs: [{ plain: { outcome: 'fails', stage: 'link' }, limits: [] }],
    findings: [
      { ...finding, evidence: { name: 'f', members: ['a.o', { by: 'g' }], count: 3 } },
      { ...finding, severity: 'warning', evidence: {} },
      { ...finding, stage: 'run', evidence: {} },
    ],
  } as unknown as Result;
  expect(readPrediction(result)).toMatchObject({
    outcome: 'fails',
    errors: [{ ruleId: 'GM201', stage: 'link', tokens: ['f', 'a.o', 'g'] }],
  });
});

it.each([
  ['linux/magic.h', 'missing-header', 'kernel header'],
  ['_Unwind_Resume', 'undefined-symbol', 'unwinder'],
  ['__fprintf_chk', 'undefined-symbol', 'fortified glibc archive'],
  ['pread64', 'undeclared-name', 'LFS64 name in source'],
  ['-labsent', 'missing-library', 'missing-library'],
] as const)('counts %s as the right cause', (name, kind, expected) => {
  expect(causeClass({ outcome: 'fails', scored: true, cause: { kind, name } })).toBe(expected);
});

it('accuracy without and with --confirm is told over the rows that were asked in both ways, with those that differ', () => {
  const fails = truth({ outcome: 'fails', stage: 'link' });
  const plain = [compare(fails, ['strfry'], said({}))];
  const link = { ruleId: 'GM201', stage: 'link' as const, tokens: ['strfry'], message: '' };
  const confirmed = [compare(fails, ['strfry'], said({ outcome: 'fails', stage: 'link', errors: [link] }))];
  const text = renderConfirmed(plain, confirmed).join('\n');
  expect(text).toContain('| outcome right | 0/1 = 0.0 % | 1/1 = 100.0 % | ≥ 98 % |');
  expect(text).toMatch(/something else with it: .* zig: builds → fails link\./);
  expect(renderConfirmed(plain, [])).toEqual([]);
});
