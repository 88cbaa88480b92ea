import { createHash } from 'node:crypto';
import type { Files } from '../io/files.ts';
import type { Toolchain } from '../model/target.ts';
import { programPath } from './candidates.ts';
import type { Candidate, ToolchainRequest } from './request.ts';

/** Changes when a probe learns something else than before. */
const generation = 2;

/** What was learned of a compiler, and the files that must be as they were for it to hold. */
interface Remembered {
  stamps: Record<string, [size: number | null, modified: number | null]>;
  toolchain: Toolchain;
}

function stampsOf(paths: string[], files: Files): Remembered['stamps'] {
  return Object.fromEntries(paths.map((path) => [path, [files.size(path), files.modified(path)]]));
}

function keyOf(candidate: Candidate, request: ToolchainRequest): string {
  const depth = request.scratch ? 'link' : 'preprocess';
  const identity = JSON.stringify([generation, candidate, request.goarch, depth, request.environment.REALGCC ?? '']);
  return `toolchain-${createHash('sha256').update(identity).digest('hex').slice(0, 24)}.json`;
}

/**
 * What an earlier run learned of a compiler, if its own file, its libc and its header folders are unchanged.
 */
export function recall(candidate: Candidate, request: ToolchainRequest, files: Files): Toolchain | null {
  const text = request.store.get(keyOf(candidate, request));
  if (text === null) return null;
  let remembered: Remembered;
  try {
    remembered = JSON.parse(text) as Remembered;
  } catch {
    return null; // cut short by a full disk: it is learned again
  }
  const paths = Object.keys(remembered.stamps ?? {});
  if (paths.length === 0 || JSON.stringify(stampsOf(paths, files)) !== JSON.stringify(remembered.stamps)) return null;
  return remembered.toolchain;
}

/** Keeps what was learned, with the stamps of the files that it rests on. */
export function remember(candidate: Candidate, toolchain: Toolchain, request: ToolchainRequest, files: Files): void {
  // musl's script starts this one, see its tools/musl-gcc.
  const behind = candidate.name === 'musl-gcc' ? [request.environment.REALGCC || 'gcc'] : [];
  const programs = [candidate.cc[0] ?? '', ...(candidate.cxx?.slice(0, 1) ?? []), ...behind];
  const compilers = programs.map((program) => programPath(program, request.environment, files));
  const folders = [...toolchain.c.includeDirs, ...(toolchain.cxxEnvironment?.includeDirs ?? [])];
  const rests = [...new Set([...compilers, ...toolchain.driverInputs, ...folders])];
  const remembered: Remembered = { stamps: stampsOf(rests, files), toolchain };
  request.store.put(keyOf(candidate, request), JSON.stringify(remembered));
}
