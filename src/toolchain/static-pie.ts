import { basename, dirname, join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';
import { linkCommand } from './driver-output.ts';

/** Milliseconds for a driver to print what it would link. */
const answerTime = 10_000;

/**
 * Words for the external linker with which a position-independent program becomes a static one, in place of `-static`:
 * musl starts such a program by rcrt1.o, which relocates it. Throws a failure when the toolchain has no way to it.
 *
 * - `zig cc` takes `-static` beside the `-pie` that cmd/link gives (seen with 0.17.1; it ignores `-static-pie`).
 * - A gcc that was built for musl knows `-static-pie`.
 * - The specs of musl-gcc do not: they name Scrt1.o whatever is asked for. So the objects that start and end a program
 *   are named here, and `--no-dynamic-linker` takes back what the specs say (musl's tools/musl-gcc.specs.sh).
 */
export async function staticPieWords(
  toolchain: Toolchain,
  environment: Record<string, string | undefined>,
  processes: Processes,
  files: Files,
): Promise<string[]> {
  if (toolchain.name === 'zig') return ['-static'];
  const command = [...toolchain.cc, '-static-pie', '-###', '-x', 'c', '/dev/null'];
  const said = await processes.run(command, { cwd: '/', env: { ...environment, LC_ALL: 'C' }, timeout: answerTime });
  const inputs = linkCommand(said.stderr)?.inputs ?? [];
  const named = (name: string) => inputs.find((path) => basename(path) === name);
  if (named('rcrt1.o')) return ['-static-pie'];
  const start = join(dirname(named('Scrt1.o') ?? '/'), 'rcrt1.o');
  const before = [named('crti.o'), named('crtbeginS.o')];
  const after = [named('crtendS.o'), named('crtn.o')];
  const objects = [start, ...before, ...after];
  if (objects.every((path) => path !== undefined && files.size(path) !== null)) {
    return ['-static', '-nostartfiles', '-Wl,-pie,--no-dynamic-linker,-z,text', ...(objects as string[])];
  }
  throw new Failure(
    exitCode.unfinished,
    'this toolchain links no position-independent static program: it has no rcrt1.o',
    toolchain.cc.join(' '),
    'leave out -buildmode=pie, or use zig',
  );
}
