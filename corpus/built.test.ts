import { expect, it } from 'vitest';
import type { Finding } from '../src/model/finding.ts';
import { blockers, remedyName } from './build-gomusl.ts';
import { isDue } from './build-rows.ts';
import { type Built, isGood } from './built.ts';
import { renderBuilt, renderRates } from './built-results.ts';
import { offeredTags } from './follow-offers.ts';
import { isLibcReason } from './libc-reason.ts';
import type { Truth } from './truth.ts';

const truth = (kind: string, name: string) =>
  ({
    row: { module: 'example.org/a', version: 'v1.0.0', package: 'example.org/a', tags: [], kind: 'library' },
    toolchain: { name: 'zig', versions: '' },
    outcome: 'fails',
    scored: true,
    cause: { kind, name },
  }) as unknown as Truth;
const built: Built = {
  verdict: 'static-with-remedies',
  tags: [],
  remedies: ['shim __strdup'],
  blockers: [],
  outcome: 'builds',
  cause: null,
  product: { type: 'static', libc: 'musl', libcVersion: '1.2.5' },
  verified: 'static',
  ran: { arguments: [], end: 'exit', code: 2, said: '' },
  smoke: null,
  commit: '',
  seconds: 1,
};
const finding = (fields: object) =>
  ({ severity: 'error', ruleId: 'GM201', evidence: {}, remedies: [], ...fields }) as never;

it('takes a reason for one of libc only when the row needs nothing but a libc', () => {
  const reasons: [string, string, boolean][] = [
    ['missing-header', 'linux/magic.h', true],
    ['missing-header', 'execinfo.h', true],
    ['missing-header', 'rocksdb/c.h', false],
    ['undefined-symbol', '__strdup', true],
    ['undefined-symbol', 'deflate', false],
    ['undeclared-name', 'pread64', true],
    ['could-not-determine-kind', 'RTLD_DEEPBIND', true],
    ['pkg-config-absent', 'libudev', false],
  ];
  for (const [kind, name, expected] of reasons) {
    const one = truth(kind, name);
    expect([name, isLibcReason(one, [{ truth: one, names: [name] }])]).toEqual([name, expected]);
  }
  const one = truth('undefined-symbol', '__snprintf_chk');
  const other = { truth: truth('undefined-symbol', '_Z'), names: ['std::__throw_length_error(char const*)'] };
  expect(isLibcReason(one, [{ truth: one, names: ['__snprintf_chk'] }, other])).toBe(false);
});

it('calls good what is static musl, passes verify, and does not crash; with smoke calls only status 0 will do', () => {
  expect(isGood(built)).toBe(true);
  expect(isGood({ ...built, verified: 'blocked' })).toBe(false);
  expect(isGood({ ...built, ran: { arguments: [], end: 'died', code: 139, said: '' } })).toBe(false);
  expect(isGood({ ...built, smoke: 'a.go' })).toBe(false);
  expect(isGood({ ...built, outcome: 'fails', ran: null })).toBe(false);
});

it('takes tags that are offered for errors, each set once, and names what stays in the way', () => {
  const tag = (...tags: string[]) => ({ kind: 'tag', automatic: false, tags });
  const findings: Finding[] = [
    finding({ severity: 'warning', remedies: [tag('netgo')] }),
    finding({ remedies: [tag('musl'), tag('musl', 'x')], evidence: { name: 'f' } }),
    finding({ remedies: [tag('musl')], evidence: { name: 'f' } }),
    finding({ remedies: [{ kind: 'shim', automatic: true, symbols: ['g'] }], evidence: { name: 'g' } }),
    finding({ remedies: [{ kind: 'toolchain', automatic: true, requires: 'c++' }], evidence: { name: 'a.cc' } }),
  ];
  expect(offeredTags(findings)).toEqual([['musl'], ['musl', 'x']]);
  // A toolchain that was asked for by its name gives way to no other.
  expect(blockers(findings)).toEqual(['GM201 f', 'GM201 a.cc']);
  expect(remedyName({ kind: 'shim', automatic: true, symbols: ['g', 'h'] })).toBe('shim g h');
});

it('builds again what came out badly with an older product, and what has other smoke calls now', () => {
  const today = new Set(['new']);
  const bad = { ...built, outcome: 'refused' as const, ran: null, commit: 'old' };
  expect(isDue(undefined, today, null)).toBe(true);
  expect(isDue({ ...built, commit: 'old' }, today, null)).toBe(false);
  expect(isDue({ ...built, commit: 'old' }, today, 'a.go')).toBe(true);
  expect(isDue(bad, today, null)).toBe(true);
  expect(isDue({ ...bad, commit: 'new' }, today, null)).toBe(false);
});

it('lists a promise that was not kept as a defect', () => {
  const row = { id: 'a', truth: truth('undefined-symbol', '__strdup'), built, libcReason: true };
  const broken = {
    ...row,
    id: 'b',
    built: { ...built, outcome: 'fails' as const, cause: 'undefined-symbol f', ran: null },
  };
  const text = renderBuilt([row, broken], { zig: { rows: 2, plain: 0 } }).join('\n');
  expect(text).toContain('promised (`pure`, `static`, `static-with-remedies`) and kept | 1/2 = 50.0 %');
  expect(text).toContain('rescued | 1/2 = 50.0 %');
  expect(text).toMatch(/### Defects[\s\S]*\| b \| zig .*undefined-symbol f[\s\S]*### A recipe/);
  const rates = renderRates([row, broken], { zig: { rows: 4, plain: 1 } }).join('\n');
  expect(rates).toContain('static musl, and it starts | **1/4 = 25.0 %**');
  expect(rates).toContain('static musl | **1/4 = 25.0 %**');
  expect(rates).toContain('not tried yet | 2 |');
});

it('tells rows whose libraries all have a recipe from those that ask for one without', () => {
  const refused = { ...built, verdict: 'blocked' as const, outcome: 'refused' as const, ran: null };
  const row = (id: string, of: object) => ({
    id,
    truth: truth('pkg-config-absent', id),
    built: { ...refused, ...of },
    libcReason: false,
  });
  const rows = [
    row('has', { ...built, libraries: ['zlib'] }),
    row('fails', { unbuilt: { ssl: 'no C++' }, blockers: ['GM108 libssl'] }),
    row('lacks', { libraries: ['zlib'], missing: ['cuda.h'] }),
    row('other', { blockers: ['GM204 a.cc'] }),
  ];
  const text = renderBuilt(rows, { zig: { rows: 4, plain: 0 } }).join('\n');
  expect(text).toContain('rows whose library has a recipe: built | 1/2 = 50.0 %');
  expect(text).toMatch(/### A recipe has the library[^#]*\| fails \| zig .*lib add ssl: no C\+\+[^#]*###/);
  expect(text).toMatch(/no recipe builds\n[^#]*\| cuda\.h \| lacks \(zig\) \|\n\n###/);
  expect(text).toMatch(/another reason\n[^#]*\| other \|[^#]*GM204 a\.cc \|\n\n###/);
});
