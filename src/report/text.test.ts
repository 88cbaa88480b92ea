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
