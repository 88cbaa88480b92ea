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
  const loads = (without: PackageGraph, of = program) => loadsIn(without, of, graph(packages));
  expect(loads(graph(packages))).toBe(true);
  expect(loads(graph(packages, ['m/other']))).toBe(true);
  expect(loads(graph(packages, ['m/onlycgo']))).toBe(false);
  expect(loads(graph(packages, ['m/a']))).toBe(false);
  expect(loads(graph(packages, [], []))).toBe(false);
  expect(loads(graph(packages), { ...program, roots: ['m/cmd', 'm/gone'] })).toBe(false);
});

it('does not load where a package of std loses its cgo files and has none in their place', () => {
  const std = { standard: true, module: null };
  const withCgo = (files: string[]) => [pkg('m/cmd'), pkg('std/p', { ...std, goFiles: files, cgoFiles: ['c.go'] })];
  const without = (files: string[]) => [pkg('m/cmd'), pkg('std/p', { ...std, goFiles: files })];
  const uses: Program = { ...program, packages: ['m/cmd', 'std/p'] };
  const loads = (before: GraphPackage[], after: GraphPackage[], packages = uses.packages) =>
    loadsIn(graph(after, [], [{ ...uses, packages }]), uses, graph(before, [], [uses]));
  expect(loads(withCgo(['a.go']), without(['a.go']))).toBe(false);
  expect(loads(withCgo(['a.go']), without(['a.go', 'c_stub.go']))).toBe(true);
  // It came with cgo alone, and goes with it.
  expect(loads(withCgo(['a.go']), [pkg('m/cmd')], ['m/cmd'])).toBe(true);
});
