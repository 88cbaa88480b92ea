import { expect, it } from 'vitest';
import type { GraphPackage } from '../model/package-graph.ts';
import { importChains } from './chain.ts';

const pkg = (importPath: string, imports: string[]) => ({ importPath, imports }) as unknown as GraphPackage;

it('gives the shortest chain, and survives an import that is not in the graph', () => {
  const chains = importChains(['app'], {
    app: pkg('app', ['far', 'near', 'gone']),
    far: pkg('far', ['middle']),
    middle: pkg('middle', ['goal']),
    near: pkg('near', ['goal']),
    goal: pkg('goal', []),
  });
  expect(chains.get('goal')).toEqual(['app', 'near', 'goal']);
  expect(chains.get('app')).toEqual(['app']);
  expect(chains.get('nowhere')).toBeUndefined();
});
