import { describe, expect, test } from 'vitest';
import { sampleModules } from '../../test/sample-modules.ts';
import { memoryFiles } from '../io/memory.ts';
import { loadFromFiles } from './files-loader.ts';
import type { LoadRequest } from './load-request.ts';

const goroot = {
  '/go/VERSION': 'go1.26.8\ntime 2026-08-01T00:00:00Z\n',
  '/go/src/runtime/r.go': 'package runtime\nimport _ "unsafe"\n',
  '/go/src/runtime/cgo/c.go': 'package cgo\nimport "C"\n',
  '/go/src/unsafe/u.go': 'package unsafe\n',
  '/go/src/syscall/s.go': 'package syscall\n',
  '/go/src/net/n.go': 'package net\nimport _ "golang.org/x/net/dns"\n',
  '/go/src/vendor/golang.org/x/net/dns/d.go': 'package dns\n',
  '/go/src/os/user/u.go': 'package user\n',
  '/go/src/plugin/p.go': 'package plugin\n',
};

function load(files: Record<string, string>, over: Partial<LoadRequest>, std: Record<string, string> = goroot) {
  const rooted = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/${path}`, text]));
  const request: LoadRequest = {
    dir: '/m',
    patterns: [],
    goarch: 'amd64',
    tags: [],
    cgo: true,
    race: false,
    mod: null,
    modfile: null,
    offline: true,
    environment: std === goroot ? { GOROOT: '/go', GOMODCACHE: '/cache' } : {},
    timeout: 1000,
    ...over,
  };
  return loadFromFiles(request, memoryFiles({ ...std, ...rooted }));
}

const sample = (at: number) => {
  const found = sampleModules[at];
  if (found === undefined) throw new Error(`no sample ${at}`);
  return found;
};

describe('a module with cgo', () => {
  test('has the files and flags that hold for the target', () => {
    const graph = load(sample(0).files, {});
    expect(graph.packages['example.org/m/lib']).toEqual({
      importPath: 'example.org/m/lib',
      name: 'lib',
      dir: '/m/lib',
      standard: false,
      module: 'example.org/m',
      imports: ['runtime/cgo', 'syscall'],
      goFiles: [],
      cgoFiles: ['lib.go'],
      ignoredGoFiles: ['doc.go', 'lib_nocgo.go', 'lib_windows.go'],
      cFiles: ['f.c'],
      cxxFiles: [],
      hFiles: ['f.h'],
      sFiles: ['f_amd64.s'],
      otherFiles: [],
      sysoFiles: ['x_linux.syso'],
      cgoFlags: {
        cppflags: [],
        cflags: ['-I/m/lib/inc', '-I', '/abs', '-DX=a b'],
        cxxflags: [],
        ldflags: ['-L/m/lib/lib', '-lm'],
      },
      pkgConfig: ['zlib'],
    });
    expect(graph.programs[0]).toMatchObject({ kind: 'program', roots: ['example.org/m'] });
    expect(graph.programs[0]?.packages.at(-1)).toBe('example.org/m');
    expect(graph.packages['vendor/golang.org/x/net/dns']).toMatchObject({ standard: true, module: null });
    expect(graph.modules['example.org/a']).toMatchObject({ version: 'v1.2.0', dir: '/a', goVersion: '1.18' });
    expect(graph.errors).toEqual([]);
  });

  test('loses its C without cgo', () => {
    const lib = load(sample(0).files, { cgo: false }).packages['example.org/m/lib'];
    expect(lib).toMatchObject({ goFiles: ['lib_nocgo.go'], cgoFiles: [], cFiles: [], imports: [] });
  });

  test('has what a tag selects', () => {
    const graph = load(sample(0).files, { tags: ['musl'], patterns: ['./tagged'] });
    expect(graph.packages['example.org/m/tagged']?.imports).toEqual(['plugin']);
  });

  test('knows std by name where no Go is installed', () => {
    const graph = load(sample(0).files, { patterns: ['.'] }, {});
    expect(graph.packages.net).toMatchObject({ standard: true, goFiles: [], dir: '' });
    expect(graph.errors).toEqual([]);
  });
});

test('the vendor folder is taken by itself', () => {
  const graph = load(sample(1).files, { dir: '/v/cmd/x' });
  expect(graph.packages['example.org/dep/sub']).toMatchObject({ dir: '/v/vendor/example.org/dep/sub' });
  expect(graph.modules['example.org/dep']).toEqual({
    path: 'example.org/dep',
    version: 'v1.1.0',
    dir: '/v/vendor/example.org/dep',
    main: false,
    goVersion: '1.19',
  });
});

test('of several versions the highest is chosen, and what stands for it', () => {
  const graph = load(sample(2).files, { dir: '/w' });
  expect(graph.packages['example.org/b']).toMatchObject({ dir: '/wb', goFiles: ['b.go'] });
  expect(graph.modules['example.org/b']).toMatchObject({ version: 'v1.3.0', goVersion: null });
});

test('the module cache spells capitals with a mark', () => {
  const files = {
    'm/go.mod': 'module example.org/m\ngo 1.21\nrequire example.org/DATA/x v1.0.0\n',
    'm/m.go': 'package m\nimport _ "example.org/DATA/x/y"\n',
    'cache/example.org/!d!a!t!a/x@v1.0.0/y/y.go': 'package y\n',
    'cache/cache/download/example.org/!d!a!t!a/x/@v/v1.0.0.mod': 'module example.org/DATA/x\ngo 1.13\n',
  };
  const graph = load(files, {});
  expect(graph.modules['example.org/DATA/x']).toMatchObject({ goVersion: '1.13', version: 'v1.0.0' });
});

describe('what is missing is an error with its place and chain', () => {
  const go = 'module example.org/m\ngo 1.21\n';
  test.each([
    [
      'import "example.org/none"',
      'no required module provides package example.org/none; to add it:\n\tgo get example.org/none',
    ],
    ['import "nothing/here"', 'package nothing/here is not in std'],
    [
      'import "example.org/m/empty"',
      'no required module provides package example.org/m/empty; to add it:\n\tgo get example.org/m/empty',
    ],
    ['import "example.org/m/win"', 'build constraints exclude all Go files in /m/win'],
  ])('%s', (line, message) => {
    const graph = load(
      { 'm/go.mod': go, 'm/m.go': `package m\n\n${line}\n`, 'm/win/x_windows.go': 'package win\n' },
      { patterns: ['.'] },
    );
    const [error] = graph.errors;
    expect(error).toMatchObject({ message, position: 'm.go:3:8' });
    expect(error?.chain[0]).toBe('example.org/m');
  });

  test('a module that the cache lacks', () => {
    const files = { 'm/go.mod': `${go}require a.org/a v1.0.0\n`, 'm/m.go': 'package m\n\nimport _ "a.org/a/b"\n' };
    expect(load(files, {}).errors).toMatchObject([
      {
        package: 'a.org/a/b',
        message: 'module a.org/a@v1.0.0 is not in the module cache; to download it:\n\tgo mod download a.org/a@v1.0.0',
      },
    ]);
  });

  test('a file that does not parse', () => {
    const files = { 'm/go.mod': go, 'm/m.go': 'package m\n', 'm/b/b.go': 'package b\nimport (\n' };
    expect(load(files, {}).errors).toEqual([
      {
        package: 'example.org/m/b',
        chain: ['example.org/m/b'],
        message: 'an import path is expected',
        position: 'b/b.go:3',
      },
    ]);
  });
});

describe('a Failure', () => {
  const module = { 'm/go.mod': 'module example.org/m\ngo 1.21\n', 'm/m.go': 'package m\n' };
  test.each([
    ['without a module', { 'x/m.go': 'package m\n' }, {}, 'no Go module found', '/m'],
    ['for a go.mod that does not parse', { 'm/go.mod': 'modul x\n' }, {}, 'modul is no word of go.mod', '/m/go.mod:1'],
    [
      'for a newer Go',
      { 'm/go.mod': 'module x\ngo 1.99\n' },
      {},
      'Go 1.99 is asked for, and Go 1.26.8 is installed',
      '/m/go.mod',
    ],
    ['for a folder that is not there', module, { patterns: ['./none'] }, 'there is no such package', '/m/none'],
    [
      'for PACKAGE@VERSION',
      module,
      { patterns: ['example.org/x@v1.0.0'] },
      'PACKAGE@VERSION cannot be loaded from files alone',
      'example.org/x@v1.0.0',
    ],
    ['for all', module, { patterns: ['all'] }, 'this pattern cannot be loaded from files alone', 'all'],
    ['for no match', module, { patterns: ['./x...'] }, 'no packages found', './x... in /m'],
  ])('%s', (_name, files, over, message, where) => {
    expect(() => load(files as Record<string, string>, over)).toThrow(expect.objectContaining({ message, where }));
  });

  test('when a go.mod of before 1.17 needs one that the cache lacks', () => {
    const files = { 'm/go.mod': 'module m.org/m\ngo 1.16\nrequire x.org/x v1.0.0\n', 'm/m.go': 'package m\n' };
    expect(() => load(files, {})).toThrow(expect.objectContaining({ where: 'x.org/x v1.0.0' }));
  });
});

test('a go.mod that asks for less than it needs is a Failure, as for Go', () => {
  const files = {
    'm/go.mod': 'module m.org/m\ngo 1.16\nrequire a.org/a v1.0.0\nrequire b.org/b v1.0.0\nreplace a.org/a => ../a\n',
    'm/m.go': 'package m\n',
    'a/go.mod': 'module a.org/a\nrequire b.org/b v1.1.0\n',
    'cache/cache/download/b.org/b/@v/v1.0.0.mod': 'module b.org/b\n',
    'cache/cache/download/b.org/b/@v/v1.1.0.mod': 'module b.org/b\n',
  };
  expect(() => load(files, {})).toThrow(expect.objectContaining({ where: '/m/go.mod:4', action: 'run: go mod tidy' }));
});

test.each([
  [['./...'], ['example.org/m', 'example.org/m/a', 'example.org/m/a/b']],
  [['./a/...'], ['example.org/m/a', 'example.org/m/a/b']],
  [['./a...'], ['example.org/m/a', 'example.org/m/a/b']],
  [['example.org/m/a/...'], ['example.org/m/a', 'example.org/m/a/b']],
  [['./.../b'], ['example.org/m/a/b']],
  [
    ['/m/a', '.'],
    ['example.org/m', 'example.org/m/a'],
  ],
  [['example.org/m/a/b'], ['example.org/m/a/b']],
])('the pattern %j names %j', (patterns, expected) => {
  const files = {
    'm/go.mod': 'module example.org/m\ngo 1.25\nignore ./out\nignore node_modules\n',
    'm/m.go': 'package m\n',
    'm/a/a.go': 'package a\n',
    'm/a/b/b.go': 'package b\n',
    'm/a/node_modules/n.go': 'package n\n',
    'm/out/o.go': 'package o\n',
    'm/vendor/x/x.go': 'package x\n',
  };
  const graph = load(files, { patterns, mod: 'readonly' });
  expect(Object.keys(graph.packages).sort()).toEqual(expected);
});
