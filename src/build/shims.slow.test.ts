import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { children } from '../io/children.ts';
import { readLibcTable } from '../io/data.ts';
import { disk } from '../io/disk.ts';
import { diskStore } from '../io/store.ts';
import { ownHeaders } from '../libc/own-headers.ts';
import type { Toolchain } from '../model/target.ts';
import { findToolchain } from '../toolchain/find.ts';
import { compileObjects } from './objects.ts';
import { ownHeadersFolder } from './own-headers.ts';
import { shimLink } from './shims.ts';

const shims = new URL('./shims/', import.meta.url).pathname;
let folder = '';
let toolchain: Toolchain | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-shims-'));
  const store = diskStore(folder);
  const request = {
    goarch: 'amd64',
    environment: process.env,
    cacheFolder: folder,
    store,
    scratch: null,
    needsCxx: false,
  };
  toolchain = await findToolchain('auto', request, children, disk);
});
afterAll(() => rmSync(folder, { recursive: true }));

const families = (
  JSON.parse(readLibcTable('symbol-families')) as {
    id: string;
    shim?: string;
    symbols?: string[];
    forwards?: Record<string, string>;
  }[]
).filter((family) => family.shim !== undefined);

async function objectsFor(symbols: string[]): Promise<string[]> {
  if (!toolchain) throw new Error('no musl toolchain on this machine');
  const { sources, flags } = shimLink(symbols, 'amd64', toolchain);
  const means = {
    toolchain,
    cc: toolchain.cc,
    store: diskStore(folder),
    processes: children,
    files: disk,
    environment: process.env,
  };
  return [...(await compileObjects(sources, { ...means, write: writeFileSync })), ...flags];
}

it.each(['try-fortify', 'try-other', 'try-ucontext'])(
  '%s: each function does what code built for glibc expects',
  async (name) => {
    const text = readFileSync(join(shims, `${name}.test.c`), 'utf8');
    const listed = families
      .flatMap((family) => family.symbols ?? [])
      .filter((symbol) => new RegExp(`\\b${symbol}\\b`).test(text));
    const objects = await objectsFor(listed);
    const [cc = '', ...words] = toolchain?.cc ?? [];
    execFileSync(cc, [
      ...words,
      '-static',
      '-w',
      '-fno-builtin',
      '-O1',
      join(shims, `${name}.test.c`),
      ...objects,
      '-Wl,--eh-frame-hdr',
      '-o',
      join(folder, name),
    ]);
    const run = spawnSync(join(folder, name), { encoding: 'utf8', timeout: 60_000 });
    expect(`${run.status} ${run.signal} ${run.status === 0 ? '' : run.stderr}`).toBe('0 null ');
  },
);

it('every symbol of every shim is defined by it, and tried', async () => {
  const tried = ['try-fortify', 'try-other', 'try-ucontext']
    .map((name) => readFileSync(join(shims, `${name}.test.c`), 'utf8'))
    .join('');
  for (const { symbols = [] } of families) {
    if (symbols.length === 0) continue;
    const objects = await objectsFor(symbols);
    const defined = execFileSync(
      'nm',
      ['-g', '--defined-only', '-j', ...objects.filter((word) => word.endsWith('.o'))],
      { encoding: 'utf8' },
    ).split('\n');
    expect(symbols.filter((symbol) => !defined.includes(symbol))).toEqual([]);
    expect(symbols.filter((symbol) => !new RegExp(`\\b${symbol}\\b`).test(tried))).toEqual([]);
  }
});

it('what forwards reaches the function of musl, variable arguments included', async () => {
  const objects = await objectsFor(['__isoc23_sscanf', '__strdup', '__acos_finite', '__asprintf']);
  const text = `
    #include <math.h>
    #include <string.h>
    #include <stdlib.h>
    int __isoc23_sscanf(const char *, const char *, ...), __asprintf(char **, const char *, ...);
    char *__strdup(const char *);
    double __acos_finite(double);
    int main(void) {
      int n; double d; char *p;
      if (__isoc23_sscanf("7 2.5", "%d %lf", &n, &d) != 2 || n != 7 || d != 2.5) return 1;
      if (__asprintf(&p, "%d %.1f %s", 7, 2.5, "x") != 7 || strcmp(p, "7 2.5 x")) return 2;
      if (strcmp(__strdup("abc"), "abc") || __acos_finite(1) != 0) return 3;
      return 0;
    }`;
  writeFileSync(join(folder, 'forward.c'), text);
  const [cc = '', ...words] = toolchain?.cc ?? [];
  execFileSync(cc, [
    ...words,
    '-static',
    '-w',
    join(folder, 'forward.c'),
    ...objects,
    '-lm',
    '-o',
    join(folder, 'forward'),
  ]);
  expect(spawnSync(join(folder, 'forward')).status).toBe(0);
});

it("gives gcc's unwinder all that it needs in a program that uses thread keys, as Go's are", async () => {
  const objects = await objectsFor(['backtrace']);
  const text = `
    #include <pthread.h>
    int backtrace(void **, int);
    int main(void) {
      pthread_key_t key;
      void *trace[8];
      return pthread_key_create(&key, 0) != 0 || backtrace(trace, 8) < 1;
    }`;
  writeFileSync(join(folder, 'keys.c'), text);
  const [cc = '', ...words] = toolchain?.cc ?? [];
  execFileSync(cc, [...words, '-static', '-w', join(folder, 'keys.c'), ...objects, '-o', join(folder, 'keys')]);
  const run = spawnSync(join(folder, 'keys'), { timeout: 60_000 });
  expect(`${run.status} ${run.signal}`).toBe('0 null');
});

it('has headers in the place of those of glibc, which work as code written for it expects', async () => {
  if (!toolchain) throw new Error('no musl toolchain on this machine');
  const source = new URL('./headers/try-headers.test.c', import.meta.url).pathname;
  const used = [...readFileSync(source, 'utf8').matchAll(/^#include <([^>]+)>$/gm)].map((match) => match[1]);
  const headers = ownHeadersFolder(diskStore(folder));
  expect([...ownHeaders()].filter((name) => !used.includes(name) || !existsSync(join(headers, name)))).toEqual([]);
  const objects = await objectsFor(['backtrace', 'error', 'gnu_get_libc_version', '__libc_single_threaded']);
  const words = [
    '-static',
    '-Wall',
    '-Werror',
    '-idirafter',
    headers,
    source,
    ...objects,
    '-o',
    join(folder, 'headers'),
  ];
  execFileSync(toolchain.cc[0] ?? '', [...toolchain.cc.slice(1), ...words]);
  const { stdout, stderr, status } = spawnSync(join(folder, 'headers'), { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: 'all is well\n', status: 0 });
  expect(stderr).toMatch(/headers: said 0\n$/);
});
