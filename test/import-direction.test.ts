import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Which rooms a room may import from, beside itself; docs/design.md tells the flow. `cli` may import all. */
const allowed: Record<string, string[]> = {
  model: [],
  io: ['model'],
  libc: ['model', 'io'],
  gomod: ['model', 'io'],
  buildlog: ['model', 'io', 'libc'],
  go: ['model', 'io', 'gomod'],
  c: ['model', 'io', 'libc'],
  elf: ['model', 'io'],
  scan: ['model', 'io', 'go'],
  graph: ['model', 'io', 'go', 'gomod', 'scan'],
  compile: ['model', 'io', 'libc', 'go', 'gomod', 'c', 'scan'],
  confirm: ['model', 'io', 'gomod', 'elf', 'compile', 'buildlog'],
  link: ['model', 'io', 'libc', 'elf', 'compile'],
  rules: ['model', 'libc', 'gomod'],
  check: ['model', 'io', 'libc', 'go', 'c', 'scan', 'graph', 'compile', 'link', 'rules'],
  remedies: ['model', 'io', 'go', 'gomod', 'graph', 'check'],
  report: ['model'],
  patch: ['model', 'io', 'gomod'],
  toolchain: ['model', 'io', 'libc', 'elf', 'gomod'],
  recipe: ['model', 'io', 'elf', 'compile', 'toolchain'],
  verify: ['model', 'io', 'go', 'gomod', 'elf', 'libc', 'graph', 'rules', 'check'],
  build: ['model', 'io', 'libc', 'gomod', 'check', 'remedies', 'report', 'toolchain', 'patch', 'verify', 'buildlog'],
};

/** Modules through which a room would touch the disk, the network or a child process. */
const outside = /^node:(fs|fs\/promises|child_process|net|http|https|os|worker_threads)$/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

interface Import {
  from: string;
  room: string;
  to: string;
}

const imports: Import[] = sources(src).flatMap((path) => {
  const room = relative(src, path).split('/')[0] ?? '';
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)].map((match) => {
    const target = match[1] ?? '';
    const to = target.startsWith('.') ? (relative(src, join(path, '..', target)).split('/')[0] ?? '') : target;
    return { from: relative(src, path), room, to };
  });
});

it('imports go one way', () => {
  const wrong = imports.filter(({ room, to }) => {
    if (room === 'cli' || to === room || !(to in allowed || to === 'cli')) return false;
    return !allowed[room]?.includes(to);
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}/`)).toEqual([]);
});

it('every room has its place in the flow', () => {
  const rooms = new Set(imports.map(({ room }) => room));
  expect([...rooms].filter((room) => room !== 'cli' && !(room in allowed))).toEqual([]);
});

it('only cli/ and io/ touch the disk, the network or child processes', () => {
  const wrong = imports.filter(({ room, to }) => room !== 'cli' && room !== 'io' && outside.test(to));
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});
