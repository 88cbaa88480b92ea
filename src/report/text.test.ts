import { expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import type { Result } from '../model/result.ts';
import { toText } from './text.ts';

function finding(ruleId: string, stage: Finding['stage'], severity: Finding['severity'], name: string): Finding {
  return {
    ruleId,
    stage,
    severity,
    what: `${name} is missing.`,
    why: 'Why.',
    action: 'Action.',
    message: '',
    package: 'example.org/m',
    module: { path: 'example.org/m', version: 'v1.0.0' },
    location: null,
    related: [],
    chain: [],
    evidence: { name },
    remedies: [],
    runs: [],
    fingerprint: name,
  };
}

function text(findings: Finding[]): string {
  return toText({ verdict: 'blocked', runs: [], findings } as unknown as Result);
}

it('only counts what the link may miss while something does not compile', () => {
  const warning = finding('GM201', 'link', 'warning', 'ssl_new');
  const told = text([finding('GM108', 'compile', 'error', 'libssl'), warning]);
  expect(told).toContain('libssl is missing.');
  expect(told).not.toContain('ssl_new');
  expect(told).toContain('and 1 warning about the link that would follow');
  expect(text([finding('GM204', 'link', 'error', 'throw.cc'), warning])).toContain('ssl_new is missing.');
});

const program = (id: string) => ({
  id,
  program: { id, kind: 'program', roots: [id] },
  target: { tags: ['sqlite'], libc: {}, toolchain: null },
  verdict: 'static',
  counts: {},
  limits: [],
  assumptions: [],
});

function next(result: object): string {
  const whole = { verdict: 'static', runs: [program('example.org/app')], findings: [], ...result };
  return toText(whole as unknown as Result).split(/^(?=next:)/m)[1] ?? '';
}

it('names a build for the target that was judged, which a shell takes as it stands', () => {
  expect(next({})).toBe('next: gomusl build example.org/app\n');
  const given = { flags: ['-tags=sqlite', '--goarch=arm64', "--toolchain=/opt/my cc's/cc"], packages: ['.'] };
  expect(next({ given })).toBe(
    "next: gomusl build -tags=sqlite --goarch=arm64 \\\n  '--toolchain=/opt/my cc'\\''s/cc' example.org/app\n",
  );
  expect(next({ given: { flags: [], packages: ['main.go', 'a.go'] } })).toBe('next: gomusl build main.go a.go\n');
});

it('names a folder for several programs, of which go build keeps nothing else', () => {
  const runs = [program('example.org/a'), program('example.org/b')];
  expect(next({ runs })).toBe('next: gomusl build -o=bin/ ./...\n');
  expect(next({ runs, given: { flags: ['--musl=1.2.5'], packages: ['./cmd/...'] } })).toBe(
    'next: gomusl build --musl=1.2.5 -o=bin/ ./cmd/...\n',
  );
});

it('adds the tag that helps to those that were given', () => {
  const offered = finding('GM201', 'link', 'error', 'x');
  const findings = [{ ...offered, remedies: [{ kind: 'tag', automatic: false, tags: ['musl'] }] }];
  const given = { flags: ['-tags=sqlite', '--goarch=arm64'], packages: [] };
  const told = next({ verdict: 'blocked', findings, given });
  expect(told).toBe('next: gomusl build --goarch=arm64 -tags=sqlite,musl example.org/app\n');
});

it('says where a package by version can be built', () => {
  const given = { flags: [], packages: ['example.org/app/cmd/a@v1.2.3'] };
  expect(next({ given })).toBe('next: gomusl build . in a clone of example.org/app/cmd/a@v1.2.3\n');
});
