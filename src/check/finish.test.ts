import { expect, it } from 'vitest';
import type { PackageGraph } from '../model/package-graph.ts';
import { finishFindings, type RuledFinding } from './finish.ts';

const graph = { packages: {}, modules: {} } as unknown as PackageGraph;

function use(line: number): RuledFinding {
  return {
    ruleId: 'GM103',
    stage: 'compile',
    severity: 'warning',
    what: 'What.',
    why: 'Why.',
    action: 'Action.',
    package: 'p',
    location: { file: 'shim.h', line, column: 1 },
    related: [],
    evidence: { name: 'other.h' },
    remedies: [],
  };
}

it('tells uses of one name once, with the other places, each of them once', () => {
  const [finding, ...others] = finishFindings([use(3), use(3), use(7), use(7)], 'run', graph, new Map());
  expect(others).toEqual([]);
  expect(finding?.location?.line).toBe(3);
  expect(finding?.related.map(({ location }) => location?.line)).toEqual([7]);
});
