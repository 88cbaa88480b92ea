import { expect, it } from 'vitest';
import type { GraphPackage } from '../model/package-graph.ts';
import { programsOf } from './programs.ts';

const none = { goFiles: [], cgoFiles: [], ignoredGoFiles: [], cFiles: [], cxxFiles: [], hFiles: [], sFiles: [] };

function pkg(importPath: string, imports: string[], name = 'lib', module: string | null = 'm'): GraphPackage {
  const cgoFlags = { cppflags: [], cflags: [], cxxflags: [], ldflags: [] };
  const rest = { ...none, otherFiles: [], sysoFiles: [], pkgConfig: [], cgoFlags };
  return { importPath, name, dir: `/${importPath}`, standard: module === null, module, imports, ...rest };
}

function graph(...packages: GraphPackage[]): Record<string, GraphPackage> {
  return Object.fromEntries(packages.map((one) => [one.importPath, one]));
}

it('makes a program of each main package, and one library of what no program contains', () => {
  const packages = graph(
    pkg('runtime', [], 'runtime', null),
    pkg('dep', [], 'dep', 'dep'),
    pkg('m/a', ['dep']),
    pkg('m/b', ['m/a']),
    pkg('m/c', []),
    pkg('m/cmd', ['m/a', 'absent'], 'main'),
  );
  expect(programsOf(packages, ['m/a', 'm/b', 'm/c', 'm/cmd'], ['runtime', 'runtime/cgo'])).toEqual([
    { id: 'm/cmd', kind: 'program', roots: ['m/cmd'], packages: ['runtime', 'dep', 'm/a', 'm/cmd'] },
    { id: 'm/...', kind: 'library', roots: ['m/b', 'm/c'], packages: ['runtime', 'dep', 'm/a', 'm/b', 'm/c'] },
  ]);
});

it('takes an internal package for a root only when nothing else of the run contains it', () => {
  const packages = graph(
    pkg('m/internal/used', []),
    pkg('m/internal/unused', []),
    pkg('m/cmd', ['m/internal/used'], 'main'),
  );
  const programs = programsOf(packages, ['m/internal/used', 'm/internal/unused', 'm/cmd'], []);
  expect(programs.map(({ id, roots }) => [id, roots])).toEqual([
    ['m/cmd', ['m/cmd']],
    ['m/internal/unused', ['m/internal/unused']],
  ]);
});

it('ends on import cycles, which a broken module may have', () => {
  const packages = graph(pkg('m/a', ['m/b']), pkg('m/b', ['m/a']));
  expect(programsOf(packages, ['m/a'], [])[0]?.packages).toEqual(['m/a', 'm/b']);
});
