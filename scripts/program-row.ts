import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { hostArchitecture } from '../src/io/host-architecture.ts';
import { root } from './generated.ts';

/** A row of corpus/programs.yaml; the words are told there. */
export interface Program {
  name: string;
  module: string;
  version: string;
  package: string;
  tags?: string[];
  cxx?: boolean;
  files?: Record<string, string>;
  run: string[];
  says: string;
  writes?: { path: string; matches: string };
}

/** What became of one program for one architecture and toolchain. */
export interface Outcome {
  name: string;
  version: string;
  goarch: string;
  toolchain: string;
  goVersion: string;
  /** Whether `gomusl build` ended well, and what it or `gomusl verify` said last. */
  built: boolean;
  verdict: string;
  libc: string;
  bytes: number;
  seconds: number;
  /** `yes`, or why not. */
  ran: string;
}

export function readPrograms(): Program[] {
  return parse(readFileSync(join(root, 'corpus/programs.yaml'), 'utf8')) as Program[];
}

const table = join(root, 'corpus/programs.generated.json');

/** What earlier runs found; empty before the first. */
export function readOutcomes(): Outcome[] {
  try {
    return JSON.parse(readFileSync(table, 'utf8')) as Outcome[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export function writeOutcomes(outcomes: Outcome[]): void {
  const key = ({ name, goarch, toolchain }: Outcome) => `${name} ${goarch} ${toolchain}`;
  const sorted = outcomes.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  writeFileSync(table, `[\n${sorted.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`);
}

/** Names of qemu's emulators, where Go's name is another. */
const emulated: Record<string, string> = { arm64: 'aarch64', amd64: 'x86_64', '386': 'i386' };

/** Absolute path of the static emulator for an architecture; null when there is none, or none is needed. */
export function emulator(goarch: string): string | null {
  const found = spawnSync('which', [`qemu-${emulated[goarch] ?? goarch}-static`], { encoding: 'utf8' });
  return goarch === hostArchitecture() || found.status !== 0 ? null : found.stdout.trim();
}

/**
 * Starts a static program in a root folder of its own that holds the program and the row's files alone. `yes`, or why
 * it does not do what the row wants.
 */
export function runInEmptyRoot(executable: string, program: Program, goarch: string): string {
  const qemu = emulator(goarch);
  if (qemu === null && goarch !== hostArchitecture()) return `not tried: no emulator of ${goarch} here`;
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-root-'));
  try {
    copyFileSync(executable, join(folder, 'program'));
    chmodSync(join(folder, 'program'), 0o755);
    if (qemu) copyFileSync(qemu, join(folder, 'qemu'));
    for (const [path, text] of Object.entries(program.files ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const words = [...(qemu ? ['/qemu'] : []), '/program', ...program.run];
    const options = { encoding: 'utf8', env: { HOME: '/' }, timeout: 600_000, input: '' } as const;
    const result = spawnSync('/usr/bin/unshare', ['-r', '/usr/sbin/chroot', folder, ...words], options);
    const said = `${result.stdout}${result.stderr}`.trim();
    if (result.status !== 0) return `no: it ended with ${result.status ?? result.signal}: ${said.slice(-200)}`;
    if (!new RegExp(program.says).test(said)) return `no: it said ${said.slice(-200)}`;
    if (program.writes === undefined) return 'yes';
    const text = readFileSync(join(folder, program.writes.path), 'utf8');
    return new RegExp(program.writes.matches).test(text) ? 'yes' : `no: it wrote ${text.slice(0, 200)}`;
  } catch (error) {
    return `no: ${(error as Error).message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
