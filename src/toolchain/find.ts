import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';
import { listCandidates } from './candidates.ts';
import { probeToolchain } from './probe.ts';
import { recall, remember } from './remembered.ts';
import type { Candidate, ToolchainRequest } from './request.ts';

/** One compiler that was looked at: what it is, or the failure that says why it will not do. */
export interface Looked {
  candidate: Candidate;
  toolchain: Toolchain | null;
  failure: Failure | null;
}

async function look(
  candidate: Candidate,
  request: ToolchainRequest,
  processes: Processes,
  files: Files,
): Promise<Looked> {
  const known = recall(candidate, request, files);
  if (known) return { candidate, toolchain: known, failure: null };
  try {
    const toolchain = await probeToolchain(candidate, request, processes, files);
    remember(candidate, toolchain, request, files);
    return { candidate, toolchain, failure: null };
  } catch (error) {
    if (error instanceof Failure) return { candidate, toolchain: null, failure: error };
    throw error;
  }
}

/** Looks at every compiler that a choice names, best first; with `auto`, at all that are found. */
export async function surveyToolchains(
  choice: string,
  request: ToolchainRequest,
  processes: Processes,
  files: Files,
): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const candidate of listCandidates(choice, request, files)) {
    looked.push(await look(candidate, request, processes, files));
  }
  return looked;
}

/**
 * The musl toolchain for a choice: `auto`, `musl-gcc`, `musl-cross`, `native`, `zig`, or a compiler by path or command.
 * Null when `auto` finds none. A choice that names one which is absent or is no musl toolchain throws a failure.
 */
export async function findToolchain(
  choice: string,
  request: ToolchainRequest,
  processes: Processes,
  files: Files,
): Promise<Toolchain | null> {
  let first: Failure | null = null;
  for (const candidate of listCandidates(choice, request, files)) {
    const { toolchain, failure } = await look(candidate, request, processes, files);
    if (toolchain && (!request.needsCxx || toolchain.cxx)) return toolchain;
    first ??= failure;
  }
  if (choice === 'auto') return null;
  if (first) throw first;
  const what = request.needsCxx ? 'no such toolchain with C++ for musl was found' : 'no such toolchain was found';
  const own = choice === 'zig' || request.needsCxx ? 'zig' : 'musl';
  throw new Failure(exitCode.unfinished, what, choice, `install it, or run gomusl toolchain install ${own}`);
}
