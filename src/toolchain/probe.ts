import { join, normalize } from 'node:path';
import { readTable } from '../io/data.ts';
import type { Files } from '../io/files.ts';
import type { Processes, ProcessResult } from '../io/processes.ts';
import type { Scratch } from '../io/scratch.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { CompilerEnvironment, LibcRef, Toolchain } from '../model/target.ts';
import { compilerOf, includeFolders, type LinkCommand, linkCommand, macroTable } from './driver-output.ts';
import { compareVersions, muslOfArchive, muslOfZig } from './musl-version.ts';
import type { Candidate, ToolchainRequest } from './request.ts';
import { compilerTarget } from './targets.ts';

/** Milliseconds for a run that only preprocesses or prints; a compiler needs 30. */
const answerTime = 10_000;
/** Milliseconds for a link with zig, which builds its musl first: 53 s were seen on two slow cores. */
const linkTime = 600_000;

interface ThreadTable {
  musl: { since: string; bytes: number }[];
  muslMaximum: number;
  zigStackSize: number;
}

/** What it takes to ask one compiler. */
interface Asking {
  candidate: Candidate;
  request: ToolchainRequest;
  processes: Processes;
  files: Files;
}

/** The one line for a compiler that is not what a musl toolchain must be. */
function refusal(candidate: Candidate, what: string, action: string): Failure {
  return new Failure(exitCode.unfinished, what, candidate.cc.join(' '), action);
}

async function ask(asking: Asking, command: string[], timeout: number, cwd = '/'): Promise<ProcessResult> {
  const { candidate, request, processes } = asking;
  const env = { ...request.environment, LC_ALL: 'C' };
  let result: ProcessResult;
  try {
    result = await processes.run(command, { cwd, env, timeout });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOEXEC') throw error;
    throw refusal(candidate, 'the C compiler cannot be started', 'name another with --toolchain');
  }
  if (result.timedOut) {
    const what = `the C compiler did not answer within ${timeout / 1000} s`;
    throw refusal(candidate, what, 'name another with --toolchain');
  }
  return result;
}

/** The first line of what a compiler said, for a failure's one line. */
function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? 'nothing';
  return line.trim().slice(0, 160);
}

/** Macros and header folders of one language; checks that a compiler for this architecture and for musl answers. */
async function environmentOf(asking: Asking, command: string[], language: 'c' | 'c++'): Promise<CompilerEnvironment> {
  const { candidate, request } = asking;
  const plain = [...command, '-E', '-dM', '-v', '-x', language, '/dev/null'];
  const result = await ask(asking, plain, answerTime);
  const macros = result.code === 0 ? macroTable(result.stdout) : null;
  const includeDirs = includeFolders(result.stderr);
  if (!macros || !includeDirs || !macros.has('__STDC__')) {
    const said = firstLine(result.code === 0 ? result.stdout : result.stderr);
    const what = `the ${language === 'c' ? 'C' : 'C++'} compiler does not answer like gcc or clang (it said: ${said})`;
    throw refusal(candidate, what, 'name another with --toolchain');
  }
  const [macro = '', value] = compilerTarget(request.goarch).macro.split('=');
  if (!macros.has(macro) || (value !== undefined && macros.get(macro) !== value)) {
    const action = 'use one made for it, such as zig';
    throw refusal(candidate, `the compiler does not compile for ${request.goarch}`, action);
  }
  const withLibc = [...command, '-E', '-dM', '-include', 'features.h', '-x', language, '/dev/null'];
  const libcMacros = macroTable((await ask(asking, withLibc, answerTime)).stdout);
  if (!libcMacros?.has('_FEATURES_H') || libcMacros.has('__GLIBC__') || libcMacros.has('__UCLIBC__')) {
    const libc = libcMacros?.has('__GLIBC__') ? 'glibc' : 'something other than musl';
    throw refusal(candidate, `the compiler is for ${libc}`, 'install musl-gcc or zig');
  }
  return { macros: result.stdout, includeDirs };
}

/** What the driver would link with, as far as it says so without doing it. */
async function statedLink(asking: Asking): Promise<LinkCommand | null> {
  const command = [...asking.candidate.cc, '-static', '-###', '-x', 'c', '/dev/null'];
  return linkCommand((await ask(asking, command, answerTime)).stderr);
}

/** What zig links with: it says so only when it does it. */
async function doneLink(asking: Asking, scratch: Scratch): Promise<LinkCommand | null> {
  const folder = scratch.folder('gomusl-probe-');
  try {
    scratch.write(join(folder, 'probe.c'), 'int main(void) { return 0; }\n');
    // An optimisation level on the link line, as Go's default CGO_LDFLAGS has it.
    const command = [...asking.candidate.cc, '-O2', '-g', '-static', '-v', 'probe.c', '-o', 'probe'];
    const result = await ask(asking, command, linkTime, folder);
    if (result.code !== 0) {
      const said = firstLine(result.stderr.slice(Math.max(0, result.stderr.indexOf('error:'))));
      const what = `the toolchain cannot link a C program (it said: ${said})`;
      throw refusal(asking.candidate, what, 'run its command by hand, or name another with --toolchain');
    }
    return linkCommand(result.stderr);
  } finally {
    scratch.remove(folder);
  }
}

function inputFiles(link: LinkCommand, folders: string[], files: Files): string[] {
  const paths = link.inputs.map((word) => {
    if (!word.startsWith('-l')) return normalize(word);
    const name = `lib${word.slice(2)}.a`;
    return folders.map((folder) => join(folder, name)).find((path) => files.size(path) !== null);
  });
  // Without the object of the probe itself: zig keeps it in its cache, for gcc it does not exist.
  const present = paths.filter((path) => path !== undefined && files.size(path) !== null) as string[];
  return present.filter((path) => !path.endsWith('/probe.o'));
}

/** Stack of a thread by default: musl takes the larger of its own and what the program header asks for. */
function threadStack(libc: LibcRef, asked: number | null): number | null {
  const table = readTable('toolchain-threads.yaml') as ThreadTable;
  const own = table.musl.find((row) => compareVersions(libc.version, row.since) >= 0)?.bytes ?? null;
  return asked === null || own === null ? own : Math.max(own, Math.min(asked, table.muslMaximum));
}

/** Asks a compiler what it is. Throws a failure of one line when it is no musl toolchain for the architecture. */
export async function probeToolchain(
  candidate: Candidate,
  request: ToolchainRequest,
  processes: Processes,
  files: Files,
): Promise<Toolchain> {
  const asking: Asking = { candidate, request, processes, files };
  const c = await environmentOf(asking, candidate.cc, 'c');
  const compiler = compilerOf(macroTable(c.macros) ?? new Map());
  if (!compiler) throw refusal(candidate, 'the compiler is neither gcc nor clang', 'name another with --toolchain');
  const isZig = muslOfZig(c.includeDirs, files) !== null;
  const link = isZig ? request.scratch && (await doneLink(asking, request.scratch)) : await statedLink(asking);
  const folders = [...new Set((link?.folders ?? []).map((folder) => normalize(`${folder}/`).slice(0, -1)))];
  const libraryDirs = folders.filter((folder) => folder !== '' && files.isDirectory(folder));
  const driverInputs = link ? inputFiles(link, libraryDirs, files) : [];
  const archive = driverInputs.find((path) => path.endsWith('/libc.a'));
  const libc = muslOfZig(c.includeDirs, files) ?? (archive ? muslOfArchive(archive, files) : null);
  if (!libc)
    throw refusal(candidate, 'no musl libc.a was found that says its version', 'name another with --toolchain');
  let cxx = candidate.cxx;
  let cxxEnvironment: CompilerEnvironment | null = null;
  if (cxx) {
    try {
      cxxEnvironment = await environmentOf(asking, cxx, 'c++');
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      cxx = null;
    }
  }
  const table = readTable('toolchain-threads.yaml') as ThreadTable;
  return {
    name: candidate.name,
    cc: candidate.cc,
    cxx,
    compiler,
    linker: {
      name: isZig || link?.program.includes('lld') ? 'lld' : 'ld',
      dropsUnusedSections: isZig || (link?.dropsUnusedSections ?? false),
    },
    libc,
    c,
    cxxEnvironment,
    kernelHeaders: c.includeDirs.some((folder) => files.size(join(folder, 'linux/limits.h')) !== null),
    libraryDirs,
    driverInputs,
    threadStackSize: threadStack(libc, link?.stackSize ?? (isZig ? table.zigStackSize : null)),
  };
}
