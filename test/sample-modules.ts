/** Small modules of our own, as maps of path to text, for tests of the loaders. `dir` is where the patterns are read. */
export interface SampleModule {
  name: string;
  dir: string;
  files: Record<string, string>;
}

const cgo = {
  'm/go.mod': 'module example.org/m\n\ngo 1.21\n\nrequire example.org/a v1.2.0\n\nreplace example.org/a => ../a\n',
  'm/main.go':
    'package main\n\nimport (\n\t"example.org/a"\n\t"example.org/m/lib"\n)\n\nfunc main() { a.F(); lib.G() }\n',
  'm/main_test.go': 'package main\n\nimport "testing"\n\nfunc TestX(t *testing.T) {}\n',
  'm/lib/lib.go': `package lib

// #cgo CFLAGS: -Iinc -I /abs -DX="a b"
// #cgo linux,!android LDFLAGS: -L\${SRCDIR}/lib -lm
// #cgo darwin LDFLAGS: -lnever
// #cgo pkg-config: zlib
// #cgo noescape f
// int f(void);
import "C"

func G() { C.f() }
`,
  'm/lib/lib_nocgo.go': '//go:build !cgo\n\npackage lib\n\nfunc G() {}\n',
  'm/lib/lib_windows.go': 'package lib\n',
  'm/lib/doc.go': '/*\nPackage documentation is left out.\n*/\npackage documentation\n',
  'm/lib/f.c': 'int f(void) { return 0; }\n',
  'm/lib/f_windows.c': '',
  'm/lib/old.c': '// +build ignore\n\nint g;\n',
  'm/lib/f.h': '',
  'm/lib/f_amd64.s': '',
  'm/lib/g_arm64.S': '',
  'm/lib/x_linux.syso': '',
  'm/lib/_hidden.go': 'package hidden\n',
  'm/tests/only_test.go': 'package tests\n',
  'm/other/windows_windows.go': 'package other\n',
  'm/testdata/t.go': 'package broken',
  'm/_skip/s.go': 'package skip\n',
  'm/nested/go.mod': 'module example.org/nested\n',
  'm/nested/n.go': 'package nested\n',
  'm/tagged/t.go': '//go:build musl\n\npackage tagged\n\nimport _ "plugin"\n',
  'a/go.mod': 'module example.org/a\n\ngo 1.18\n',
  'a/a.go': 'package a\n\nimport _ "net"\n\nfunc F() {}\n',
};

export const sampleModules: SampleModule[] = [
  { name: 'cgo, constraints and a replaced folder', dir: 'm', files: cgo },
  {
    name: 'a vendor folder',
    dir: 'v/cmd/x',
    files: {
      'v/go.mod': 'module example.org/v\n\ngo 1.20\n\nrequire example.org/dep v1.1.0\n',
      'v/cmd/x/main.go': 'package main\n\nimport _ "example.org/dep/sub"\n\nfunc main() {}\n',
      'v/vendor/modules.txt': '# example.org/dep v1.1.0\n## explicit; go 1.19\nexample.org/dep/sub\n',
      'v/vendor/example.org/dep/sub/s.go': 'package sub\n\nimport _ "os/user"\n',
    },
  },
  {
    name: 'versions chosen over several go.mod files',
    dir: 'w',
    files: {
      'w/go.mod': `module example.org/w

go 1.16

require (
	example.org/a v1.0.0
	example.org/c v1.0.0
)

replace (
	example.org/a => ../wa
	example.org/b v1.1.0 => ../wb-old
	example.org/b => ../wb
	example.org/c => ../wc
)
`,
      'w/w.go': 'package w\n\nimport (\n\t_ "example.org/a"\n\t_ "example.org/c"\n)\n',
      'wa/go.mod': 'module example.org/a\n\ngo 1.15\n\nrequire example.org/b v1.3.0\n',
      'wa/a.go': 'package a\n\nimport _ "example.org/b"\n',
      'wb/go.mod': 'module example.org/b\n',
      'wb/b.go': 'package b\n',
      'wb-old/go.mod': 'module example.org/b\n',
      'wb-old/old.go': 'package b\n',
      'wc/go.mod': 'module example.org/c\n\nrequire example.org/b v1.1.0\n',
      'wc/c.go': 'package c\n\nimport _ "example.org/b"\n',
    },
  },
  {
    name: 'a workspace',
    dir: 'work/one',
    files: {
      'work/go.work': 'go 1.21\n\nuse (\n\t./one\n\t./two\n)\n',
      'work/one/go.mod': 'module example.org/one\n\ngo 1.21\n',
      'work/one/main.go': 'package main\n\nimport _ "example.org/two/x"\n\nfunc main() {}\n',
      'work/two/go.mod': 'module example.org/two\n\ngo 1.20\n',
      'work/two/x/x.go': 'package x\n',
    },
  },
];
