import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applyRules } from '../src/check/apply-rules.ts';
import { orderStages } from '../src/check/build-order.ts';
import { openSession } from '../src/check/session.ts';
import { openConfirmation } from '../src/confirm/confirm.ts';
import { loadFromFiles } from '../src/graph/files-loader.ts';
import { memoryFiles } from '../src/io/memory.ts';
import { openLibc } from '../src/libc/open.ts';
import { rules } from '../src/rules/index.generated.ts';
import { fakeCompiler } from './fake-compiler.ts';
import { type ExpectedFinding, parseFixture } from './fixture.ts';
import { fixtureRequest, fixtureTarget } from './fixture-target.ts';

const folder = fileURLToPath(new URL('../src/rules', import.meta.url));
const fixtures = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) => {
    const own = join(folder, entry.name, 'fixtures');
    const names = readdirSync(join(folder, entry.name)).includes('fixtures') ? readdirSync(own) : [];
    return names
      .filter((name) => name.endsWith('.txt'))
      .map((name) => ({ rule: entry.name, path: join(own, name), name }));
  });

/** What a fixture has of std: the packages that rules ask about, and those that every program links. */
const std = Object.fromEntries(
  ['fmt', 'plugin', 'runtime', 'syscall', 'unsafe'].map((path) => [
    `/goroot/src/${path}/${path}.go`,
    `package ${path}\n`,
  ]),
);
std['/goroot/VERSION'] = 'go1.26.8\n';
std['/goroot/src/net/cgo_unix.go'] = 'package net\n\nimport "C"\n';
std['/goroot/src/os/user/cgo_lookup_unix.go'] = 'package user\n\nimport "C"\n';
std['/goroot/src/runtime/cgo/cgo.go'] = 'package cgo\n\nimport "C"\n';
std['/m/go.mod'] = 'module example.org/m\n\ngo 1.21\n';

/** All findings of all rules on the fixture at `path`. */
async function judge(
  path: string,
): Promise<{ found: ExpectedFinding[]; limits: string[]; expected: ExpectedFinding[] }> {
  const fixture = parseFixture(readFileSync(path, 'utf8'));
  const target = fixtureTarget(fixture);
  const content = Object.fromEntries(
    Object.entries(fixture.files).map(([name, text]) => [name.startsWith('/') ? name : `/m/${name}`, text]),
  );
  const all = { ...std, ...content };
  const files = memoryFiles(all);
  const compiler = fixture.compiler && fakeCompiler(fixture.compiler, all);
  const confirm = compiler && openConfirmation({ ...compiler, files, environment: {} }, () => 0).confirm;
  const session = openSession({
    files,
    loadGraph: async (wanted) => loadFromFiles(fixtureRequest(wanted), files),
    openLibc,
    goroot: '/goroot',
    ...(confirm && { confirm }),
  });
  const views = await session.load(target);
  const program = views.graph.programs[0];
  if (!program) throw new Error('a fixture is one program');
  const findings = orderStages(applyRules(program, views, openLibc(target.libc), rules), program, views);
  const found = findings.map(({ ruleId, severity, location, evidence }): ExpectedFinding => {
    const at = location ? `${location.file}:${location.line}:${location.column}` : null;
    return evidence.name === undefined
      ? { rule: ruleId, severity, at }
      : { rule: ruleId, severity, at, name: evidence.name };
  });
  const limits = [...Object.values(views.compiled), ...Object.values(views.links)].flatMap((view) => view.limits);
  return { found, limits: limits.map((limit) => limit.reason), expected: fixture.findings };
}

describe.each(fixtures)('$rule/$name', ({ path }) => {
  it('has these findings and no others', async () => {
    const { found, limits, expected } = await judge(path);
    expect(found).toEqual(expected);
    expect(limits).toEqual([]);
  });
});

it('every rule on packages and programs has a fixture that it fires on', () => {
  const names = new Map(rules.map((rule) => [rule.id, rule.scope]));
  const fired = new Set(
    fixtures.flatMap(({ path }) => parseFixture(readFileSync(path, 'utf8')).findings.map((one) => one.rule)),
  );
  const silent = [...names].filter(([id, scope]) => scope !== 'executable' && !fired.has(id)).map(([id]) => id);
  expect(silent).toEqual([]);
});

it('every rule on what is linked and run has a fixture of its own in which it stays silent', () => {
  const silent = fixtures.filter(({ rule, path }) => {
    const id = rule.slice(0, 'gm000'.length).toUpperCase();
    return parseFixture(readFileSync(path, 'utf8')).findings.every((one) => one.rule !== id);
  });
  const have = new Set(silent.map(({ rule }) => rule.slice(0, 'gm000'.length).toUpperCase()));
  const lacking = rules.filter(({ id, scope }) => scope !== 'executable' && /^GM[23]/.test(id) && !have.has(id));
  expect(lacking.map(({ id }) => id)).toEqual([]);
});
