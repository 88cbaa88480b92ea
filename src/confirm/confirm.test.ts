import { describe, expect, it } from 'vitest';
import { type Answer, fakeCompiler } from '../../test/fake-compiler.ts';
import { parseFixture } from '../../test/fixture.ts';
import { fixtureRequest, fixtureTarget } from '../../test/fixture-target.ts';
import { openSession } from '../check/session.ts';
import { refusedFlags } from '../compile/flag-filter.ts';
import { loadFromFiles } from '../graph/files-loader.ts';
import { memoryFiles } from '../io/memory.ts';
import { openLibc } from '../libc/open.ts';
import type { Target } from '../model/target.ts';
import { openConfirmation } from './confirm.ts';

const settings = '-- target.yaml --\nmusl: 1.2.5\ntoolchain: gcc\n-- findings.yaml --\n[]\n';
const undeclared = 'int run(int x) { return strfry(x); }\n';
const go = (preamble: string, uses = 'C.run(1)') =>
  `package main\n\n/*\n${preamble}\n*/\nimport "C"\n\nfunc main() { ${uses} }\n`;

/** Confirms the package of `files`: what the compiler was given, and what came of it. */
async function confirmed(
  files: Record<string, string>,
  answers: Parameters<typeof fakeCompiler>[0],
  change: Partial<Target> = {},
  clock: () => number = () => 0,
) {
  const content: Record<string, string | Uint8Array> = {
    '/goroot/VERSION': 'go1.26.8\n',
    '/goroot/src/runtime/cgo/cgo.go': 'package cgo\n',
    '/m/go.mod': 'module example.org/m\n',
    '/include/stddef.h': 'typedef unsigned long size_t;\ntypedef long ptrdiff_t;\n',
  };
  for (const [name, text] of Object.entries(files)) content[`/m/${name}`] = text;
  const disk = memoryFiles(content);
  const target = { ...fixtureTarget(parseFixture(`${settings}-- /include/stddef.h --\n`)), ...change };
  const compiler = fakeCompiler(answers, content);
  const confirmation = openConfirmation({ ...compiler, files: disk, environment: { HOME: '/home' } }, clock);
  const session = openSession({
    files: disk,
    loadGraph: async (wanted) => loadFromFiles(fixtureRequest(wanted), disk),
    openLibc,
    goroot: '/goroot',
    confirm: confirmation.confirm,
  });
  const views = await session.load(target);
  const view = views.compiled['example.org/m'];
  if (!view) throw new Error('the fixture has no view');
  return {
    ...compiler,
    view,
    unanswered: views.unanswered,
    left: Object.keys(content).filter((name) => /scratch/.test(name)),
  };
}

describe('what is compiled', () => {
  it('is each undecided file alone, with the words that cmd/go passes, and never linked', async () => {
    const files = {
      'main.go': go('#cgo CFLAGS: -DX=1 -Iinc\nint run(int);'),
      'run.c': undeclared,
      'fine.c': 'int fine;\n',
    };
    const { commands, view, left } = await confirmed(
      files,
      { 'run.c': { defines: ['run'] } },
      { kernelHeadersDir: '/kernel' },
    );
    expect(commands).toHaveLength(1);
    const [words = []] = commands;
    expect(words.slice(4, 5)).toEqual(['/bin/cc']);
    expect(words.slice(9)).toEqual([
      '-I',
      '/m',
      '-O2',
      '-g',
      '-DX=1',
      '-I/m/inc',
      '-idirafter',
      '/kernel',
      '-o',
      '/scratch/gomusl-confirm-1/unit.o',
      '-c',
      './run.c',
    ]);
    expect(view.units.find(({ file }) => file === 'run.c')).toMatchObject({
      names: [],
      references: [],
      defines: ['run'],
    });
    expect(left).toEqual([]);
  });

  it('is nothing when reading decides all, or cgo would not come to it', async () => {
    const sure = { 'main.go': go('#include <no-such.h>\nint run(int);'), 'run.c': undeclared };
    expect((await confirmed(sure, {})).commands).toEqual([]);
    expect(
      (await confirmed({ 'main.go': go('int run(int);'), 'run.c': 'int run(int x) { return x; }' }, {})).commands,
    ).toEqual([]);
    const absent = { 'main.go': go('#cgo pkg-config: gone\nint run(int);'), 'run.c': undeclared };
    expect((await confirmed(absent, {})).commands).toEqual([]);
  });

  it('is nothing of a package with a flag that loads code, whatever the environment allows', async () => {
    const loading = [
      '-fplugin=./p.so',
      '-fplugin-arg-p-x',
      '-iplugindir=.',
      '-B.',
      '-B',
      '-specs=s',
      '--specs=s',
      '-wrapper',
    ];
    const more = ['@args', '-Xclang', '-load', '-O@x', '-DX=@x', '-Wp,@x', '-Wa,@x', '-Wl,@x', '-fuse-ld=./x', '-x@c'];
    const writing = ['-dumpdir', '-save-temps', '-o', '-MD', '-MF', '-fdump-tree-all', '--coverage', '-ftest-coverage'];
    for (const flag of [...loading, ...more, ...writing]) {
      expect([flag, ...refusedFlags([flag], 'CFLAGS', { version: null, environment: {} })]).toEqual([flag, 0]);
    }
    const loads = { 'main.go': go('#cgo CFLAGS: -fplugin=./p.so\nint run(int);'), 'run.c': undeclared };
    const { commands, unanswered } = await confirmed(loads, {}, { cgoFilter: { CGO_CFLAGS_ALLOW: '.*' } });
    expect(commands).toEqual([]);
    expect(unanswered).toEqual([
      expect.stringMatching(/^--confirm: a flag that only CGO_\*_ALLOW lets pass .*: run\.c$/),
    ]);
  });
});

describe('preambles', () => {
  it('are given as text with what Go uses of them; names of types are taken out again', async () => {
    const preamble = 'typedef int number;\nstatic int f(int x) { return gone(x); }\nextern int table;';
    const files = { 'main.go': go(preamble, 'C.f(C.number(1)); _ = C.table') };
    const complain = (text: string): Answer => {
      const line = text.split('\n').findIndex((one) => one.endsWith('(void (*)(void))number;'));
      return line < 0 ? {} : { said: `preamble.c:${line + 1}:9: error: expected expression before 'number'\n` };
    };
    const answers = { 'preamble.c': complain };
    const { texts, commands, view } = await confirmed(files, answers);
    expect(commands).toHaveLength(2);
    expect(texts[1]).toContain('(void (*)(void))f;');
    expect(texts[1]).not.toContain('(void (*)(void))number;');
    expect(view.units[0]?.names).toEqual([]);
  });

  it('that the compiler takes need what the object needs, and what Go takes without a call', async () => {
    const preamble = 'static int f(int x) { return gone(x) + lost(x); }\nextern int table;';
    const files = { 'main.go': go(preamble, 'C.f(1); _ = C.table') };
    const { view } = await confirmed(files, {
      'preamble.c': { defines: ['_gomusl_use_0'], needs: ['gone', '_CMalloc'] },
    });
    expect(view.units[0]).toMatchObject({ references: ['gone', 'table'], defines: [], implicitCalls: [] });
    expect(view.units[0]?.names.map(({ name }) => name)).toEqual(['gone']);
  });

  it('that were not C to our reading are no limit once the compiler takes or refuses them', async () => {
    const files = { 'main.go': go('static int odd(void) @ ;', 'C.odd()') };
    expect((await confirmed(files, { 'preamble.c': 'hangs' })).view.limits).toHaveLength(1);
    expect((await confirmed(files, { 'preamble.c': {} })).view.limits).toEqual([]);
    const stray = (text: string): Answer => {
      const line = text.split('\n').findIndex((one) => one.includes('@')) + 1;
      return { said: `preamble.c:${line}:22: error: stray '@' in program\n` };
    };
    const said = { 'preamble.c': stray };
    const { view } = await confirmed(files, said);
    expect(view.limits).toEqual([]);
    expect(view.units[0]?.refusal).toMatchObject({
      message: "stray '@' in program",
      place: { file: 'main.go', line: 4 },
    });
  });
});

describe('no answer', () => {
  const files = { 'main.go': go('int run(int);'), 'run.c': undeclared };

  it('leaves all as it was, and is told', async () => {
    const killed = 'gcc: fatal error: Killed signal terminated program cc1\n';
    for (const answer of ['hangs', { said: killed }, { said: 'sh: cc: not found\n' }] as Answer[]) {
      const { view, unanswered, left } = await confirmed(files, { 'run.c': answer });
      expect(view.units.find(({ file }) => file === 'run.c')?.names).toMatchObject([{ name: 'strfry', form: 'call' }]);
      expect(unanswered).toEqual(['--confirm: the compiler gave no answer: run.c']);
      expect(left).toEqual([]);
    }
  });

  it('is given when the time of all is used up', async () => {
    let time = 0;
    const clock = () => (time += 400_000);
    const more = { ...files, 'second.c': undeclared, 'third.c': undeclared };
    const { commands, unanswered } = await confirmed(more, {}, {}, clock);
    expect(commands).toHaveLength(2);
    expect(unanswered).toEqual(['--confirm: the compiler gave no answer: third.c']);
  });

  it('is asked of a file that includes what only cgo writes', async () => {
    const including = { 'main.go': go('int run(int);'), 'run.c': `#include "_cgo_export.h"\n${undeclared}` };
    const { commands, unanswered } = await confirmed(including, {});
    expect(commands).toEqual([]);
    expect(unanswered).toEqual(['--confirm: it includes what only cgo writes: run.c']);
  });
});
