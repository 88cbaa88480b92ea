import { expect, it } from 'vitest';
import type { GraphPackage, PackageGraph, Program } from '../model/package-graph.ts';
import { bringsC, loadsIn } from './without-cgo.ts';

function pkg(importPath: string, over: Partial<GraphPackage> = {}): GraphPackage {
  const lists = { goFiles: [], cgoFiles: [], ignoredGoFiles: [], cFiles: [], cxxFiles: [], hFiles: [], sFiles: [] };
  const cgoFlags = { cppflags: [], cflags: [], cxxflags: [], ldflags: [] };
  const rest = { ...lists, otherFiles: [], sysoFiles: [], pkgConfig: [], cgoFlags, imports: [] };
  return { importPath, name: 'p', dir: `/${importPath}`, standard: false, module: 'm', ...rest, ...over };
}

const program: Program = { id: 'm/cmd', kind: 'program', roots: ['m/cmd'], packages: ['m/a', 'm/cmd'] };

function graph(packages: GraphPackage[], broken: string[] = [], programs = [program]): PackageGraph {
  const errors = broken.map((path) => ({ package: path, chain: [], message: 'all files excluded', position: '' }));
  return { modules: {}, packages: Object.fromEntries(packages.map((one) => [one.importPath, one])), programs, errors };
}

it('knows whether C comes from outside std', () => {
  const net = pkg('net', { standard: true, module: null, cgoFiles: ['cgo.go'] });
  expect(bringsC(graph([net, pkg('m/a')]))).toBe(false);
  expect(bringsC(graph([net, pkg('m/a', { sysoFiles: ['a.syso'] })]))).toBe(true);
  expect(bringsC(graph([pkg('m/a', { cgoFiles: ['a.go'] })]))).toBe(true);
});

it('loads when the same roots are there and nothing that it contains or imports is broken', () => {
  const packages = [pkg('m/a'), pkg('m/cmd', { imports: ['m/a', 'm/onlycgo'] })];
  expect(loadsIn(graph(packages), program)).toBe(true);
  expect(loadsIn(graph(packages, ['m/other']), program)).toBe(true);
  expect(loadsIn(graph(packages, ['m/onlycgo']), program)).toBe(false);
  expect(loadsIn(graph(packages, ['m/a']), program)).toBe(false);
  expect(loadsIn(graph(packages, [], []), program)).toBe(false);
  expect(loadsIn(graph(packages), { ...program, roots: ['m/cmd', 'm/gone'] })).toBe(false);
});
