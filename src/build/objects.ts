import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import { digestOf, type Store } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';

/** Milliseconds for one small C file; a cold zig builds nothing for it. */
const compileTime = 60_000;

/** Position-independent, since the program may be. */
const compileFlags = ['-O2', '-fPIE', '-ffunction-sections', '-fno-builtin', '-c'];

/** A C file of ours that is linked into a program. */
export interface ObjectSource {
  /** Name of the object, without `.o`. */
  name: string;
  text: string;
}

/** What compiles them. */
export interface ObjectMeans {
  toolchain: Toolchain;
  cc: string[];
  store: Store;
  processes: Processes;
  files: Files;
  environment: Record<string, string | undefined>;
  /** Writes a file. */
  write(path: string, text: string): void;
}

/**
 * Compiles C files of ours with the toolchain; absolute paths of the objects, in the order given. They are kept by
 * content and compiler: a path that changed from run to run would make Go link again each time.
 */
export async function compileObjects(sources: ObjectSource[], means: ObjectMeans): Promise<string[]> {
  if (sources.length === 0) return [];
  const { toolchain, cc, store } = means;
  const identity = [
    sources,
    compileFlags,
    toolchain.cc,
    toolchain.compiler,
    toolchain.libc,
    means.files.modified(cc[0] ?? ''),
  ];
  const folder = await store.made(`objects-${digestOf(identity)}`, async (place) => {
    for (const { name, text } of sources) {
      means.write(join(place, `${name}.c`), text);
      const command = [...cc, ...compileFlags, '-o', `${name}.o`, `${name}.c`];
      const result = await means.processes.run(command, {
        cwd: place,
        env: means.environment,
        timeout: compileTime,
      });
      if (result.code !== 0) {
        const silent = result.timedOut ? `it did not end within ${compileTime / 1000} s` : 'it said nothing';
        const said = result.stderr.split('\n').find((line) => line.includes('error')) ?? silent;
        const what = `the toolchain cannot compile an object of gomusl's own (${said.trim()})`;
        throw new Failure(exitCode.unfinished, what, cc.join(' '), 'name another with --toolchain');
      }
    }
  });
  return sources.map(({ name }) => join(folder, `${name}.o`));
}
