import { describe, expect, it } from 'vitest';
import { blamedNames, firstCause, isScored } from './diagnostic.ts';
import { buildLogPatterns } from './patterns.ts';
import { readBuildLog } from './read-log.ts';

describe('every pattern', () => {
  it.each(buildLogPatterns().map((pattern) => [pattern.example, pattern] as const))('reads %s', (example, pattern) => {
    const context = pattern.tool === 'clang' && pattern.where === 'located' ? '\n1 error generated.\n' : '';
    expect(readBuildLog(example + context).diagnostics).toMatchObject([
      { kind: pattern.kind, name: pattern.name, stage: pattern.stage, severity: pattern.severity },
    ]);
  });
});

it('names package, place and kind of a missing header, whoever compiled', () => {
  const gcc = readBuildLog(
    '# github.com/x/y\n$GOMODCACHE/x/y@v1/f.go:20:10: fatal error: linux/magic.h: No such file or directory\n   20 | #include <linux/magic.h>\n      |          ^~~~~~~~~~~~~~~\ncompilation terminated.\n',
  );
  expect(gcc.diagnostics).toEqual([
    expect.objectContaining({
      tool: 'gcc',
      package: 'github.com/x/y',
      file: '$GOMODCACHE/x/y@v1/f.go',
      line: 20,
      column: 10,
    }),
  ]);
  const clang = readBuildLog("./bridge.h:17:10: fatal error: 'other/api.h' file not found\n1 error generated.\n");
  expect(clang.diagnostics).toMatchObject([{ tool: 'clang', kind: 'missing-header', name: 'other/api.h' }]);
});

it('carries archive and member from the line before to the undefined references of GNU ld', () => {
  const log = readBuildLog(
    [
      '# reach',
      '/usr/lib/go/pkg/tool/linux_amd64/link: running musl-gcc failed: exit status 1',
      "/usr/bin/ld: /c/foo@v1/libfoo_linux_amd64.a(train.o): in function `TRAIN_buffer':",
      "train.c:(.text+0x8d9): undefined reference to `__fprintf_chk'",
      "/usr/bin/ld: train.c:(.text+0x9ab): undefined reference to `__fprintf_chk'",
      'collect2: error: ld returned 1 exit status',
    ].join('\n'),
  );
  expect(log.diagnostics).toHaveLength(2);
  expect(log.diagnostics[1]).toMatchObject({
    tool: 'ld',
    kind: 'undefined-symbol',
    name: '__fprintf_chk',
    archive: '/c/foo@v1/libfoo_linux_amd64.a',
    member: 'train.o',
  });
  expect(blamedNames(log)).toEqual(['__fprintf_chk']);
});

it('carries archive and member back to the symbol that lld names first', () => {
  const log = readBuildLog(
    'ld.lld: error: undefined symbol: __strdup\n>>> referenced by bar.o:(bar_fatal) in archive /c/libbar.a\n>>> referenced by bar.o:(other) in archive /c/libbar.a\n',
  );
  expect(log.diagnostics).toMatchObject([{ tool: 'lld', name: '__strdup', member: 'bar.o', archive: '/c/libbar.a' }]);
});

it('reads the type that clang only points at, also through a macro', () => {
  const log = readBuildLog(
    [
      "b.c:41128:11: error: type specifier missing, defaults to 'int'; ISO C99 and later do not support implicit int [-Wimplicit-int]",
      ' 41128 |     got = osPread64(id->h, pBuf, cnt, offset);',
      '       |           ^',
      "b.c:38272:49: note: expanded from macro 'osPread64'",
      ' 38272 | #define osPread64 ((ssize_t(*)(int,void*,size_t,off64_t))aSyscall[10].pCurrent)',
      '       |                                                 ^',
      '1 error generated.',
    ].join('\n'),
  );
  expect(log.diagnostics).toMatchObject([{ kind: 'unknown-type', name: 'off64_t', line: 41128 }]);
});

it('reads the text of #error, which clang shows in the excerpt alone', () => {
  const log = readBuildLog(
    'b.h:19:2: error: "new headers are needed"\n   19 | #error "new headers are needed"\n      |  ^\n1 error generated.\n',
  );
  expect(log.diagnostics).toMatchObject([{ kind: 'error-directive', name: '"new headers are needed"' }]);
});

it('tells a Go error from one of C', () => {
  const go = readBuildLog('# x/y\n./a.go:67:51: undefined: archive.Uncompressed\nnote: module requires Go 1.27\n');
  expect(isScored(go)).toBe(false);
  expect(firstCause(go)).toMatchObject({ tool: 'go', kind: 'go-error', line: 67 });
  const both = readBuildLog(
    './a.go:6:5: undefined: T\n./a.go:9:7: could not determine what C.RTLD_DEEPBIND refers to\n',
  );
  expect(isScored(both)).toBe(true);
  expect(firstCause(both)).toMatchObject({ tool: 'cgo', name: 'RTLD_DEEPBIND' });
});

it('takes what a driver says in a failed link for an error of the link', () => {
  const log = readBuildLog(
    '# reach\n$GOROOT/pkg/tool/linux_amd64/link: running zig failed: exit status 1\nerror: something new about an input\n',
  );
  expect(log.diagnostics).toMatchObject([{ stage: 'link', kind: 'other', package: 'reach' }]);
});

it('keeps warnings apart from errors', () => {
  const log = readBuildLog(
    "x.c:3:4: warning: implicit declaration of function 'f' [-Wimplicit-function-declaration]\nld: x.o: warning: Using 'dlopen' in statically linked applications requires at runtime the shared libraries\n",
  );
  expect(log.diagnostics).toMatchObject([{ severity: 'warning', kind: 'needs-glibc-at-run-time', name: 'dlopen' }]);
  expect(firstCause(log)).toBeNull();
});

it('reads an error that it does not know as one of the compiler, without a name', () => {
  const log = readBuildLog("# a/b\nx.c:3:4: error: expected ';' before 'int'\n");
  expect(log.diagnostics).toMatchObject([{ tool: 'gcc', stage: 'compile', kind: 'other', name: null, line: 3 }]);
});

it('sees through colours, carriage returns and typographic quotes', () => {
  const log = readBuildLog(
    '\x1b[1m\x1b[Kb.c:3:42:\x1b[m\x1b[K \x1b[01;31m\x1b[Kerror: \x1b[m\x1b[K\x1b]8;;https://x\x07‘\x1b[01mpread64\x1b[m’ undeclared\x1b]8;;\x07 here\r\n[1/3] cc\r[2/3] cc\rld.lld: error: undefined symbol: f\r\n',
  );
  expect(log.diagnostics.map((diagnostic) => diagnostic.name)).toEqual(['pread64', 'f']);
});

it('lets text of nobody pass, cut anywhere', () => {
  const log = 'warning: 3 vulnerabilities\nOK\n  12:34:56 done: 1:2: maybe\n>>> welcome\n#!/bin/sh\n# a comment line\n';
  for (let end = 0; end <= log.length; end++) expect(readBuildLog(log.slice(0, end)).diagnostics).toEqual([]);
  const real = "# p\n/usr/bin/ld: /c/a.a(m.o): in function `g':\nm.c:(.text+0x1): undefined reference to `__strdup'\n";
  for (let end = 0; end <= real.length; end++)
    expect(readBuildLog(real.slice(0, end)).diagnostics.length).toBeLessThan(2);
});

it('reads a line of a megabyte at once', () => {
  const begin = performance.now();
  readBuildLog(`${'a:'.repeat(500_000)}\n${' '.repeat(500_000)}error: x\n${"'".repeat(500_000)}`);
  expect(performance.now() - begin).toBeLessThan(1000);
});
