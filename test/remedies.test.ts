import { expect, it } from 'vitest';
import { judge } from '../src/check/judge.ts';
import { openSession } from '../src/check/session.ts';
import { loadFromFiles } from '../src/graph/files-loader.ts';
import { memoryFiles } from '../src/io/memory.ts';
import { openLibc } from '../src/libc/open.ts';
import { remedy } from '../src/remedies/fixpoint.ts';
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

/** Verdict, remedies in place, and symbols that shims define in the target of the build. */
async function judged(text: string) {
  const fixture = parseFixture(text);
  const target = fixtureTarget(fixture);
  const own = Object.entries(fixture.files).map(([name, content]) => [`/m/${name}`, content]);
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
  const means = { kernelHeadersDir: null, alternatives: [] };
  const { result, targets } = await judge({
    target,
    session,
    rules,
    openLibc,
    seekRemedies: (from, plain, again) => remedy(from, plain, means, again),
    loadsWithoutCgo: async () => false,
    assumptions: [],
    toolVersion: '0',
  });
  const run = result.runs[0];
  if (!run) throw new Error('a fixture is one program');
  return { verdict: result.verdict, remedies: run.remedies, shims: targets[run.id]?.shims ?? [] };
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
