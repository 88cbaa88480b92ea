// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${SRCDIR} is cgo's
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';

// What may stand on a link line in place of a plain object: `check` has to say of each what the linkers do with it.

const gomusl = fileURLToPath(new URL('../../bin/gomusl.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gomusl-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: string[], cwd: string) {
  return spawnSync(words[0] ?? '', words.slice(1), { cwd, encoding: 'utf8' });
}

/** Compiles `int answer(void)` for glibc into answer.o. */
function answer(dir: string, ...words: string[]): void {
  writeFileSync(join(dir, 'answer.c.txt'), 'int answer(void) { return 42; }\n');
  run(['gcc', '-O2', ...words, '-c', '-x', 'c', 'answer.c.txt', '-o', 'answer.o'], dir);
}

const slim = ['-flto', '-fno-fat-lto-objects'];

/** Lays the bytecode of an object to the gcc before this one. */
function olderBytecode(path: string): void {
  const bytes = readFileSync(path);
  const major = Number.parseInt(run(['gcc', '-dumpversion'], folder).stdout, 10);
  const at = bytes.indexOf(Uint8Array.from([major, 0, 0, 0, 1, 0]));
  bytes[at] = major - 1;
  writeFileSync(path, bytes);
}

/** A COFF object for amd64 with one section of resources, as tools for Windows icons write it. */
function windowsResources(): Uint8Array {
  const bytes = new Uint8Array(76 + 18 + 4);
  const view = new DataView(bytes.buffer);
  const text = (at: number) => bytes.set(new TextEncoder().encode('.rsrc'), at);
  view.setUint16(0, 0x8664, true);
  view.setUint16(2, 1, true);
  view.setUint32(8, 76, true);
  view.setUint32(12, 1, true);
  text(20);
  view.setUint32(36, 16, true);
  view.setUint32(40, 60, true);
  view.setUint32(56, 0x40000040, true);
  text(76);
  view.setUint16(88, 1, true);
  bytes[92] = 3;
  view.setUint32(94, 4, true);
  return bytes;
}

interface Case {
  ldflags: string;
  cflags?: string;
  files(dir: string): void;
  /** Toolchains whose linker makes a program of it. */
  links: string[];
}

const cases: Record<string, Case> = {
  script: {
    ldflags: '-L${SRCDIR} -lscript',
    files(dir) {
      answer(dir);
      run(['ar', 'rcs', 'libreal.a', 'answer.o'], dir);
      writeFileSync(join(dir, 'libscript.a'), '/* a script */ GROUP ( libreal.a )\n');
    },
    links: ['musl-gcc', 'zig'],
  },
  page: {
    ldflags: '${SRCDIR}/libpage.a',
    files: (dir) => writeFileSync(join(dir, 'libpage.a'), '<!DOCTYPE html><title>Not Found</title>\n'),
    links: [],
  },
  slim: { ldflags: '${SRCDIR}/answer.o', files: (dir) => answer(dir, ...slim), links: ['musl-gcc'] },
  stale: {
    ldflags: '${SRCDIR}/answer.o',
    files(dir) {
      answer(dir, ...slim);
      olderBytecode(join(dir, 'answer.o'));
    },
    links: [],
  },
  resources: {
    ldflags: '${SRCDIR}/answer.o',
    files(dir) {
      answer(dir);
      writeFileSync(join(dir, 'rsrc.syso'), windowsResources());
    },
    links: ['musl-gcc'],
  },
  empty: {
    ldflags: '${SRCDIR}/answer.o ${SRCDIR}/libempty.a',
    files(dir) {
      answer(dir);
      writeFileSync(join(dir, 'libempty.a'), '');
    },
    links: ['musl-gcc', 'zig'],
  },
  openmp: {
    cflags: '-fopenmp',
    ldflags: '-fopenmp',
    files(dir) {
      const loop = '#pragma omp parallel for reduction(+ : sum)\n\tfor (int at = 0; at < 42; at++) sum++;';
      writeFileSync(join(dir, 'answer.c'), `int answer(void) {\n\tint sum = 0;\n${loop}\n\treturn sum;\n}\n`);
    },
    links: [],
  },
};

beforeAll(() => {
  writeFileSync(join(folder, 'go.mod'), 'module example.org/kinds\n\ngo 1.21\n');
  for (const [name, { ldflags, cflags = '', files }] of Object.entries(cases)) {
    const dir = join(folder, name);
    mkdirSync(dir);
    files(dir);
    const preamble = `// #cgo CFLAGS: ${cflags}\n// #cgo LDFLAGS: ${ldflags}\n// int answer(void);\nimport "C"`;
    writeFileSync(join(dir, 'main.go'), `package main\n\n${preamble}\n\nfunc main() { println(C.answer()) }\n`);
  }
});

describe.each(['musl-gcc', 'zig'])('%s', (toolchain) => {
  const expected = Object.entries(cases).map(([name, { links }]) => [name, links.includes(toolchain)]);

  it('links what check says it links, and nothing else', () => {
    const words = ['--toolchain', toolchain, '--no-remedies'];
    const { stdout } = run(['node', gomusl, 'check', '--format', 'json', ...words, './...'], folder);
    const { runs } = JSON.parse(stdout) as Result;
    const said = runs.map(({ program, plain }) => [program.id.replace(/^.*\//, ''), plain.outcome === 'builds']);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected));
    const linked = Object.keys(cases).map((name) => {
      const { status } = run(['node', gomusl, 'build', ...words, '-o', `${name}.out`, `./${name}`], folder);
      return [name, status === 0 && run([join(folder, `${name}.out`)], folder).stderr === '42\n'];
    });
    expect(Object.fromEntries(linked)).toEqual(Object.fromEntries(expected));
  });
});
