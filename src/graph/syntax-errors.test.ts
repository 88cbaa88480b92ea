import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import { findSyntaxErrors } from './syntax-errors.ts';

function pkg(importPath: string, dir: string, module: string | null, goFiles: string[]): GraphPackage {
  const lists = { cgoFiles: [], ignoredGoFiles: [], cFiles: [], cxxFiles: [], hFiles: [], sFiles: [] };
  const cgoFlags = { cppflags: [], cflags: [], cxxflags: [], ldflags: [] };
  const rest = { ...lists, otherFiles: [], sysoFiles: [], pkgConfig: [], cgoFlags, imports: [] };
  return { importPath, name: 'p', dir, standard: module === null, module, goFiles, ...rest };
}

const graph: PackageGraph = {
  modules: {
    m: { path: 'm', version: '', dir: '/m', main: true, goVersion: null },
    dep: { path: 'dep', version: 'v1.0.0', dir: '/c/dep', main: false, goVersion: null },
  },
  packages: {
    os: pkg('os', '/go/src/os', null, ['os.go']),
    dep: pkg('dep', '/c/dep', 'dep', ['dep.go']),
    m: pkg('m', '/m', 'm', ['a.go', 'b:1.go']),
  },
  programs: [],
  errors: [],
};

it('reads the files of main modules only, and gives the first error of each', async () => {
  let asked: string[] = [];
  const stderr = '/m/b:1.go:3:8: expected operand\n/m/b:1.go:4:1: more\n/elsewhere.go:1:1: no\nexit\n';
  const processes: Processes = {
    async run(command) {
      asked = command;
      return { code: 2, signal: null, stdout: '', stderr, timedOut: false };
    },
  };
  const errors = await findSyntaxErrors(graph, '/go', 1000, processes, memoryFiles({ '/go/bin/gofmt': '' }));
  expect(asked.slice(3)).toEqual(['/m/a.go', '/m/b:1.go']);
  expect(errors).toEqual([
    { package: 'm', chain: [], message: 'syntax error: expected operand', position: '/m/b:1.go:3:8' },
  ]);
  expect(await findSyntaxErrors(graph, '/go', 1000, processes, memoryFiles({}))).toEqual([]);
});
