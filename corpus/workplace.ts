import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Machine, run } from './machine.ts';
import type { Row } from './row.ts';

/** A folder in which `go build` of one argument builds the row. */
export interface Workplace {
  folder: string;
  /** The argument: an import path. */
  target: string;
}

/** The row can't be had, or its module does not load: a sentence in Go's words. */
export class Unavailable extends Error {}

async function go(machine: Machine, folder: string, ...args: string[]): Promise<string> {
  const result = await run(['go', ...args], folder, machine.env);
  if (result.code !== 0) throw new Unavailable(machine.anonymous(`go ${args[0]}: ${result.stderr.trim()}`));
  return result.stdout;
}

/** Lays out the row: a program as in a clone of its module, a library under a program that uses its whole exported API. */
export async function layOut(row: Row, machine: Machine): Promise<Workplace> {
  const folder = join(machine.scratch, 'row');
  clear(folder);
  return row.kind === 'program' ? layOutProgram(row, machine, folder) : layOutLibrary(row, machine, folder);
}

/** Removes the row's folder. */
export function clear(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

async function layOutProgram(row: Row, machine: Machine, folder: string): Promise<Workplace> {
  const text = await go(machine, machine.scratch, 'mod', 'download', '-json', `${row.module}@${row.version}`);
  cpSync((JSON.parse(text) as { Dir: string }).Dir, folder, { recursive: true });
  makeWritable(folder);
  if (!existsSync(join(folder, 'go.mod'))) await go(machine, folder, 'mod', 'init', row.module);
  return { folder, target: row.package };
}

async function layOutLibrary(row: Row, machine: Machine, folder: string): Promise<Workplace> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'go.mod'), 'module reach\n');
  if (row.module !== 'std') {
    await go(machine, folder, 'get', `${row.module}@${row.version}`);
    // With a file of the program there, the build may add what the module's own go.mod forgot.
    writeFileSync(join(folder, 'main.go'), `package main\n\nimport _ "${row.package}"\n\nfunc main() {}\n`);
  }
  const tags = row.tags.length > 0 ? [`-tags=${row.tags.join(',')}`] : [];
  const text = await go(machine, folder, 'list', '-e', '-json=Dir,Name,GoFiles,CgoFiles', ...tags, row.package);
  const listed = JSON.parse(text) as { Dir?: string; Name?: string; GoFiles?: string[]; CgoFiles?: string[] };
  const files = [...(listed.GoFiles ?? []), ...(listed.CgoFiles ?? [])].map((file) => join(listed.Dir ?? '', file));
  if (files.length > 0) {
    const made = await run([await reachTool(machine), row.package, ...files], folder, machine.env);
    if (made.code !== 0) throw new Unavailable(machine.anonymous(`reach: ${made.stderr.trim()}`));
    writeFileSync(join(folder, 'main.go'), made.stdout);
  }
  return { folder, target: 'reach' };
}

/** The program of corpus/reach, compiled once per run. */
async function reachTool(machine: Machine): Promise<string> {
  const tool = join(machine.scratch, 'reach');
  if (!existsSync(tool)) {
    await go(
      { ...machine, env: { ...machine.env, CGO_ENABLED: '0' } },
      fileURLToPath(new URL('reach', import.meta.url)),
      'build',
      '-buildvcs=false',
      '-o',
      tool,
      '.',
    );
  }
  return tool;
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else if (!lstatSync(path).isSymbolicLink()) chmodSync(path, 0o644 | (lstatSync(path).mode & 0o111));
  }
}

/** What the row's module brings that only this module has: our own source may name none of it. */
export interface Belongings {
  /** Import paths outside std that use cgo. */
  cgoPackages: string[];
  /** Archives, objects and shared objects beside the Go files of those packages: base name and SHA-256. */
  objects: { name: string; sha256: string }[];
  /** Base names of their C and C++ files. */
  sources: string[];
}

/** Lists what belongs to the row's cgo packages. Empty when the row does not load. */
export async function belongings(row: Row, place: Workplace, machine: Machine): Promise<Belongings> {
  const tags = row.tags.length > 0 ? [`-tags=${row.tags.join(',')}`] : [];
  const fields = '-json=ImportPath,Dir,Standard,CgoFiles,CFiles,CXXFiles';
  const listed = await run(['go', 'list', '-e', '-deps', fields, ...tags, place.target], place.folder, {
    ...machine.env,
    CGO_ENABLED: '1',
  });
  const objects = new Map<string, string>();
  const sources = new Set<string>();
  const cgoPackages: string[] = [];
  for (const text of listed.stdout.split(/^(?=\{)/m)) {
    if (!text.startsWith('{')) continue;
    const found = JSON.parse(text) as {
      ImportPath: string;
      Dir?: string;
      Standard?: boolean;
      CgoFiles?: string[];
      CFiles?: string[];
      CXXFiles?: string[];
    };
    if (found.Standard || !found.CgoFiles || found.Dir === undefined) continue;
    cgoPackages.push(found.ImportPath);
    for (const source of [...(found.CFiles ?? []), ...(found.CXXFiles ?? [])]) sources.add(source);
    for (const path of objectFiles(found.Dir, 3)) {
      objects.set(basename(path), createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  }
  return {
    cgoPackages,
    objects: [...objects].map(([name, sha256]) => ({ name, sha256 })),
    sources: [...sources].sort(),
  };
}

function objectFiles(folder: string, depth: number): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 ? objectFiles(path, depth - 1) : [];
    return /\.(?:a|o|so|syso)(?:\.[\d.]+)?$/.test(entry.name) && entry.isFile() ? [path] : [];
  });
}
