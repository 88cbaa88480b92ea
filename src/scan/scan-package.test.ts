import { expect, test } from 'vitest';
import { openGoReader } from '../go/reader.ts';
import { memoryFiles } from '../io/memory.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import { scanPackage, scanPackages } from './scan-package.ts';

function graphPackage(over: Partial<GraphPackage>): GraphPackage {
  return {
    importPath: 'example.org/m/p',
    name: 'p',
    dir: '/m/p',
    standard: false,
    module: 'example.org/m',
    imports: [],
    goFiles: [],
    cgoFiles: [],
    ignoredGoFiles: [],
    cFiles: [],
    cxxFiles: [],
    hFiles: [],
    sFiles: [],
    otherFiles: [],
    sysoFiles: [],
    cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: [] },
    pkgConfig: [],
    ...over,
  };
}

const files = memoryFiles({
  '/m/p/a.go': 'package p\nimport "net"\nvar x net.IP\n',
  '/m/p/b.go': 'package p\n// int x;\nimport "C"\nimport "net"\nvar y = C.x\n',
  '/m/p/c.go': 'package p\nimport _ "unsafe"\n//go:cgo_import_dynamic a dlopen "libdl.so.2"\n',
  '/m/p/d.go': 'package p\nimport sys "syscall"\nfunc f() { sys.Setuid(0) }\n',
  '/m/p/e.go': 'package p\nimport "syscall"\n// Setuid is not called here\nvar z = syscall.Getpid()\n',
});
const pkg = graphPackage({
  goFiles: ['a.go', 'c.go', 'd.go', 'e.go'],
  cgoFiles: ['b.go'],
  imports: ['net', 'syscall', 'unsafe'],
});

test('parses only what has cgo or matters on musl, in file order', async () => {
  const facts = scanPackage(pkg, '/m', files, await openGoReader());
  expect(facts.go.map((file) => file.path)).toEqual(['p/b.go', 'p/c.go', 'p/d.go']);
  expect(facts.dynamicImports).toEqual([
    { words: ['a', 'dlopen', 'libdl.so.2'], place: { file: 'p/c.go', line: 3, column: 1 } },
  ]);
  expect(facts.imports).toEqual({ net: { file: 'p/a.go', line: 2, column: 8 } });
  expect(facts.go[2]?.calls.map((call) => call.name)).toEqual(['Setuid']);
  expect(facts.files).toBe(5);
  expect(facts.limits).toEqual([]);
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

test('a file that is gone, and one that does not parse, are limits', async () => {
  const broken = graphPackage({ goFiles: ['gone.go'], cgoFiles: ['bad.go'] });
  const bad = memoryFiles({ '/m/p/bad.go': 'package p\nimport "C"\nfunc {' });
  expect(scanPackage(broken, '/m', bad, await openGoReader()).limits).toEqual([
    { reason: 'the Go file that Go names is not there', file: 'p/gone.go' },
    { reason: 'the Go file has a syntax error at line 3', file: 'p/bad.go' },
  ]);
});

test('scanPackages gives the same by import path, with std relative to GOROOT', async () => {
  const std = graphPackage({ importPath: 'net', standard: true, module: null, dir: '/go/src/net', goFiles: ['n.go'] });
  const graph: PackageGraph = {
    modules: { 'example.org/m': { path: 'example.org/m', version: '', dir: '/m', main: true, goVersion: '1.21' } },
    packages: { net: std, 'example.org/m/p': pkg },
    programs: [],
    errors: [],
  };
  const withStd = memoryFiles({ '/go/src/net/n.go': 'package net\nimport "C"\nvar x = C.a\n' });
  const both = {
    ...withStd,
    readInto: (path: string, into: Uint8Array) => withStd.readInto(path, into) ?? files.readInto(path, into),
  };
  const stdCgo = { ...std, goFiles: [], cgoFiles: ['n.go'] };
  const facts = await scanPackages(graph, [stdCgo, pkg], '/go', both);
  expect(Object.keys(facts)).toEqual(['net', 'example.org/m/p']);
  expect(facts.net?.go[0]?.path).toBe('src/net/n.go');
  expect(facts['example.org/m/p']).toEqual(scanPackage(pkg, '/m', files, await openGoReader()));
});
