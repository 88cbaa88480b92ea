import { expect, it } from 'vitest';
import { idleTags } from '../src/check/idle-tags.ts';
import { judge } from '../src/check/judge.ts';
import { openSession } from '../src/check/session.ts';
import { loadFromFiles } from '../src/graph/files-loader.ts';
import { memoryFiles } from '../src/io/memory.ts';
import { openLibc } from '../src/libc/open.ts';
import { remedy } from '../src/remedies/fixpoint.ts';
import { toText } from '../src/report/text.ts';
import { rules } from '../src/rules/index.generated.ts';
import { parseFixture } from './fixture.ts';
import { fixtureRequest, fixtureTarget } from './fixture-target.ts';

/** A program that links one archive, whose one member needs these symbols. */
function linking(target: string, needs: string[]): string {
  return [
    'A program with an archive that was built for glibc.',
    '-- target.yaml --',
    target,
    '-- main.go --',
    'package main\n',
    '// #cgo LDFLAGS: ' + '$' + '{SRCDIR}/libold.a',
    '// int old(void);',
    'import "C"\n',
    'func main() { C.old() }',
    '-- libold.a.yaml --',
    `- { name: old.o, defines: [old], needs: [${needs.join(', ')}] }`,
    '-- findings.yaml --',
    '[]\n',
  ].join('\n');
}

it('leaves a flag to the script that calls zig, and says before the build which has no equal', async () => {
  const line = (flag: string) =>
    linking('musl: 1.2.5\ntoolchain: clang', []).replace('LDFLAGS: ', `LDFLAGS: -Wl,${flag} `);
  const remedied = await judged(line('-Bsymbolic-functions'));
  expect(remedied.verdict).toBe('static-with-remedies');
  expect((await judged(line('--allow-multiple-definition'))).verdict).toBe('blocked');
});

/** Verdict, remedies in place, and symbols that shims define in the target of the build. */
async function judged(text: string, takesTags = false) {
  const fixture = parseFixture(text);
  const target = fixtureTarget(fixture);
  const own = Object.entries(fixture.files).map(([name, content]) => [
    /^\/(include|kernel|own)\//.test(name) ? name : `/m/${name}`,
    content,
  ]);
  const files = memoryFiles({
    '/goroot/VERSION': 'go1.26.8\n',
    '/goroot/src/syscall/syscall.go': 'package syscall\n',
    '/goroot/src/runtime/runtime.go': 'package runtime\n',
    '/goroot/src/runtime/cgo/cgo.go': 'package cgo\n\nimport "C"\n',
    '/m/go.mod': 'module example.org/m\n\ngo 1.21\n',
    ...Object.fromEntries(own),
  });
  const session = openSession({
    files,
    loadGraph: async (wanted) => loadFromFiles(fixtureRequest(wanted), files),
    openLibc,
    goroot: '/goroot',
  });
  const means = { kernelHeadersDir: '/kernel', ownHeaders: () => '/own', alternatives: [], files, takesTags };
  const { result, targets } = await judge({
    target,
    session,
    rules,
    openLibc,
    seekRemedies: (from, plain, again) => remedy(from, plain, means, again),
    loadsWithoutCgo: async () => false,
    assumptions: [],
    notesOn: (graph) => idleTags(target.tags, graph, files),
    toolVersion: '0',
  });
  const run = result.runs[0];
  if (!run) throw new Error('a fixture is one program');
  const remedied = targets[run.id];
  return {
    result,
    verdict: result.verdict,
    remedies: run.remedies,
    shims: remedied?.shims ?? [],
    tags: remedied?.tags,
  };
}

it('takes a shim for each symbol that has one, and judges again', async () => {
  const { verdict, shims } = await judged(linking('musl: 1.2.5', ['__fprintf_chk', 'fopen64', '__strdup']));
  expect(verdict).toBe('static-with-remedies');
  expect(shims).toEqual(['__fprintf_chk', 'fopen64', '__strdup']);
});

it('stays blocked when one symbol is refused, or when layouts differ on the architecture', async () => {
  expect((await judged(linking('musl: 1.2.5', ['__fprintf_chk', '__longjmp_chk']))).verdict).toBe('blocked');
  expect((await judged(linking('{ musl: 1.2.5, goarch: "386" }', ['fopen64']))).verdict).toBe('blocked');
});

it("links zig's unwinder for code that unwinds", async () => {
  const { verdict, remedies } = await judged(linking('{ musl: 1.2.5, toolchain: clang }', ['_Unwind_RaiseException']));
  expect(verdict).toBe('static-with-remedies');
  expect(remedies).toEqual([{ kind: 'linker-flag', automatic: true, flags: ['-lunwind'] }]);
});

it('repairs what may only go wrong at run time too', async () => {
  const text = `A program that changes its group on all threads.
-- target.yaml --
musl: 1.2.3
-- main.go --
package main

import "syscall"

// int f(void);
import "C"

func main() {
	syscall.Setgid(1)
}
-- findings.yaml --
[]
`;
  const { verdict, shims } = await judged(text);
  expect(verdict).toBe('static');
  expect(shims).toEqual(['sigaction-onstack']);
});

/** A header of the kernel is missing, and what the preamble says behind it is not even read before it is there. */
const behindKernelHeader = (line: string) => `A missing header hides what comes behind it.
-- target.yaml --
{ musl: 1.2.5, toolchain: gcc }
-- /include/stddef.h --
typedef unsigned long size_t;
typedef long ptrdiff_t;
-- /include/unistd.h --
#ifdef _LARGEFILE64_SOURCE
#define pread64 pread
#endif
long pread(int, void *, unsigned long, long);
-- /kernel/linux/limits.h --
#define PATH_MAX 4096
-- main.go --
package main

// #include <unistd.h>
// #include <linux/limits.h>
// ${line}
import "C"

func main() { C.f() }
-- findings.yaml --
[]
`;

it('says what the whole set of remedies leads to, not what the first one does', async () => {
  const helped = await judged(behindKernelHeader('static void *f(void) { return (void *)pread64; }'));
  expect(helped.verdict).toBe('static-with-remedies');
  expect(helped.remedies.map(({ kind }) => kind)).toEqual(['kernel-headers', 'define']);
  const blocked = await judged(behindKernelHeader('static int f(void) { return REG_STARTEND + PATH_MAX; }'));
  expect(blocked.verdict).toBe('blocked');
  expect(blocked.remedies.map(({ kind }) => kind)).toEqual(['kernel-headers']);
  expect(blocked.result.findings.map((one) => [one.ruleId, one.severity, one.evidence.after])).toEqual([
    ['GM102', 'error', undefined],
    ['GM104', 'error', 'remedies'],
  ]);
});

it('brings headers of its own, definitions of names, and the objects that they then ask for', async () => {
  const text = `Code that was written for glibc.
-- target.yaml --
{ musl: 1.2.5, toolchain: gcc }
-- /include/stddef.h --
typedef unsigned long size_t;
typedef long ptrdiff_t;
-- /include/glob.h --
#define GLOB_ERR 1
-- /include/stdint.h --
typedef unsigned long uint64_t;
-- /own/execinfo.h --
int backtrace(void **, int);
-- main.go --
package main

// #include <stddef.h>
// #include <glob.h>
// #include <stdint.h>
// #include <execinfo.h>
// typedef u_int64_t number;
// static int frames(void) { void *at[4]; return backtrace(at, 4); }
import "C"

func main() { println(C.frames(), C.GLOB_ONLYDIR) }
-- findings.yaml --
[]
`;
  const { verdict, remedies, shims } = await judged(text);
  expect(verdict).toBe('static-with-remedies');
  const defined = (flag: string) => ({ kind: 'define', automatic: true, variable: 'CGO_CFLAGS', flags: [flag] });
  expect(remedies.slice(0, 3)).toEqual([
    { kind: 'own-headers', automatic: true, headers: ['execinfo.h'] },
    defined('-DGLOB_ONLYDIR=0'),
    defined('-Du_int64_t=uint64_t'),
  ]);
  expect(shims).toContain('backtrace');
});

/** A program that links one of several archives, as tags choose; without any, one that no shim helps. */
function choosing(files: Record<string, string>, tags: string[] = []): string {
  const src = '$' + '{SRCDIR}';
  const own = {
    'target.yaml': `{ musl: 1.2.5, tags: [${tags.join(', ')}] }`,
    'main.go': 'package main\n\n// int old(void);\nimport "C"\n\nfunc main() { C.old() }\n',
    'link_plain.go': `//go:build !musl && !other\n\npackage main\n\n// #cgo LDFLAGS: ${src}/libold.a\nimport "C"\n`,
    'link_other.go': `//go:build other\n\npackage main\n\n// #cgo LDFLAGS: ${src}/libother.a\nimport "C"\n`,
    'link_windows.go': `package main\n\n// #cgo LDFLAGS: ${src}/libgood.a\nimport "C"\n`,
    'libold.a.yaml': '- { name: old.o, defines: [old], needs: [__longjmp_chk, fopen64] }',
    'libother.a.yaml': '- { name: old.o, defines: [old], needs: [no_such_function] }',
    'libgood.a.yaml': '- { name: old.o, defines: [old] }',
    'libnearly.a.yaml': '- { name: old.o, defines: [old], needs: [__strdup] }',
    ...files,
    'findings.yaml': '[]',
  };
  return ['Archives by tag.', ...Object.entries(own).flatMap(([name, text]) => [`-- ${name} --`, text]), ''].join('\n');
}

const muslFile = (archive: string) => ({
  'link_musl.go': `//go:build musl\n\npackage main\n\n// #cgo LDFLAGS: ${'$'}{SRCDIR}/${archive}\nimport "C"\n`,
});

it('offers the one tag that helps, and takes it only where that is allowed', async () => {
  const text = choosing(muslFile('libgood.a'));
  const offered = await judged(text);
  expect(offered).toMatchObject({ verdict: 'blocked', tags: [] });
  expect(offered.result.findings.map((one) => [one.evidence.name, one.action, one.remedies.at(-1)])).toEqual(
    ['__longjmp_chk', 'fopen64'].map((name) => [
      name,
      'Build with -tags musl: it selects link_musl.go.',
      { kind: 'tag', automatic: false, tags: ['musl'] },
    ]),
  );
  expect(toText(offered.result)).toMatch(/\nnext: gomusl build -tags=musl example.org\/m\n$/);

  const taken = await judged(text, true);
  expect(taken).toMatchObject({ verdict: 'static-with-remedies', tags: ['musl'], shims: [] });
  expect(taken.remedies).toEqual([{ kind: 'tag', automatic: true, tags: ['musl'] }]);
  expect(taken.result.findings.map((one) => one.remedies[0])).toEqual([taken.remedies[0], taken.remedies[0]]);
});

it('judges a tag together with the remedies that it needs on top', async () => {
  const taken = await judged(choosing(muslFile('libnearly.a')), true);
  expect(taken).toMatchObject({ verdict: 'static-with-remedies', tags: ['musl'], shims: ['__strdup'] });
});

it('offers no tag that brings another error, does not load, or is of another platform', async () => {
  const broken = { 'link_musl.go': '//go:build musl\n\npackage other\n\nimport "C"\n' };
  const { verdict, tags, result } = await judged(choosing(broken), true);
  expect({ verdict, tags }).toEqual({ verdict: 'blocked', tags: [] });
  expect(result.findings.flatMap((one) => one.remedies).filter(({ kind }) => kind === 'tag')).toEqual([]);
});

it('offers no tag under which the library is only looked for at run time', async () => {
  const loading = {
    'link_musl.go':
      '//go:build musl\n\npackage main\n\n// #include <dlfcn.h>\n// int old(void) { return dlopen("libold.so", 1) != 0; }\nimport "C"\n',
  };
  const { verdict, result } = await judged(choosing(loading), true);
  expect(verdict).toBe('blocked');
  expect(result.findings.flatMap((one) => one.remedies).filter(({ kind }) => kind === 'tag')).toEqual([]);
});

it('offers no tag that takes exported functions away', async () => {
  const variants = (instead: string) => ({
    ...muslFile('libgood.a'),
    'store.go': '//go:build !musl\n\npackage main\n\ntype Store struct{}\n\nfunc (s *Store) Save() {}\n',
    'store_musl.go': `//go:build musl\n\npackage main\n\ntype Store struct{}\n\n${instead}\n`,
  });
  expect((await judged(choosing(variants('func (s *Store) Load() {}')), true)).verdict).toBe('blocked');
  expect((await judged(choosing(variants('func (*Store) Save() {}')), true)).verdict).toBe('static-with-remedies');
});

it('names a tag as alternative to a shim, keeps own tags, and says which of them select nothing', async () => {
  const shimmed = { 'libold.a.yaml': '- { name: old.o, defines: [old], needs: [fopen64] }', ...muslFile('libgood.a') };
  const { verdict, result } = await judged(choosing(shimmed, ['othre', 'netgo', 'windows']));
  expect(verdict).toBe('static-with-remedies');
  expect(result.findings[0]?.action).toMatch(
    / Or build with -tags othre,netgo,windows,musl: it selects link_musl.go.$/,
  );
  expect(result.runs[0]?.notes).toEqual(['othre', 'netgo', 'windows']);
  expect((await judged(choosing(muslFile('libgood.a'), ['other']))).result.runs[0]?.notes).toBeUndefined();
});
