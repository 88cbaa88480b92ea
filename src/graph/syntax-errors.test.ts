import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import type { Processes } from '../io/processes.ts';
import { memoryStore } from '../io/store.ts';
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

const installed = memoryFiles({ '/go/bin/gofmt': '', '/m/a.go': 'package m\n', '/m/b:1.go': 'package m\n' });

/** A gofmt that says this, and keeps what it was asked. */
function gofmt(stderr: string, asked: string[][], files = installed) {
  const processes: Processes = {
    async run(command) {
      asked.push(command);
      return { code: 2, signal: null, stdout: '', stderr, timedOut: false };
    },
  };
  return { goroot: '/go', goVersion: 'go1.26.8', timeout: 1000, processes, files, store: memoryStore() };
}

it('reads the files of main modules only, and gives the first error of each', async () => {
  const asked: string[][] = [];
  const stderr = '/m/b:1.go:3:8: expected operand\n/m/b:1.go:4:1: more\n/elsewhere.go:1:1: no\nexit\n';
  const means = gofmt(stderr, asked);
  const expected = { package: 'm', chain: [], message: 'syntax error: expected operand', position: '/m/b:1.go:3:8' };
  expect(await findSyntaxErrors(graph, means)).toEqual([expected]);
  expect(await findSyntaxErrors(graph, means)).toEqual([expected]);
  expect(asked[1]?.slice(3)).toEqual(['/m/a.go', '/m/b:1.go']);
  expect(await findSyntaxErrors(graph, gofmt('', asked, memoryFiles({})))).toEqual([]);
});

it('reads again of what had no error only the files that changed', async () => {
  const asked: string[][] = [];
  const means = gofmt('', asked);
  await findSyntaxErrors(graph, means);
  await findSyntaxErrors(graph, means);
  expect(asked.length).toBe(1);
  const changed = { ...means, files: { ...installed, modified: (path: string) => (path === '/m/a.go' ? 1 : 0) } };
  await findSyntaxErrors(graph, changed);
  await findSyntaxErrors(graph, changed);
  expect(asked.slice(1).map((command) => command.slice(3))).toEqual([['/m/a.go']]);
});
