import type { Diagnostic } from '../buildlog/diagnostic.ts';
import { readBuildLog } from '../buildlog/read-log.ts';
import { readObject } from '../elf/object.ts';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { Scratch } from '../io/scratch.ts';
import type { ObjectFacts } from '../model/object.ts';

/** What it takes to run a compiler. */
export interface CompilerMeans {
  processes: Processes;
  files: Files;
  scratch: Scratch;
  /** Of the person who asks. */
  environment: Record<string, string | undefined>;
}

/** One compilation: never a link, never anything that was built. */
export interface Compilation {
  /** The compiler's command and its flags, without input and output. */
  words: string[];
  /** Absolute path of the package's folder, in which cmd/go runs the compiler. */
  dir: string;
  /** A file of the package by name, or text that no disk has. */
  input: { file: string } | { text: string };
  /** Milliseconds that it may take. */
  timeout: number;
}

/** The object, or the compiler's errors; null when it gave neither: it was ended, or fell over. */
export type Compiled = { object: ObjectFacts } | { errors: Diagnostic[] } | null;

/** Name of the file that text is written to. */
export const textFile = 'preamble.c';

/** Bytes of messages that are kept. */
const longestMessages = 4 << 20;
/** Objects above this are not read: C files of 10 MB make objects of 30. */
const largestObject = 256 << 20;

/**
 * Bounds what the compiler takes, then becomes it: 4 GiB of address space (KiB), and files of 512 MiB (blocks of 512
 * bytes). Not every shell knows both. zig and gcc get by with a quarter of that.
 */
const bounded = 'ulimit -v 4194304 2>/dev/null; ulimit -f 1048576 2>/dev/null; exec "$@"';

/** What a driver says when its compiler was ended, or the disk is full: nothing of the unit. */
const fellOver = /signal terminated program|No space left on device|internal compiler error/;

/** Compiles one unit in a folder of its own, which is removed again. */
export async function compileOnce(compilation: Compilation, means: CompilerMeans): Promise<Compiled> {
  const { input, dir, timeout } = compilation;
  const folder = means.scratch.folder('gomusl-confirm-');
  try {
    const output = `${folder}/unit.o`;
    const source = 'file' in input ? input.file : `${folder}/${textFile}`;
    if ('text' in input) means.scratch.write(source, input.text);
    const command = [...compilation.words, '-o', output, '-c', source];
    // Whatever the compiler writes beside the object goes into the folder too.
    const env = { ...means.environment, LC_ALL: 'C', TERM: 'dumb', TMPDIR: folder, CLANG_MODULE_CACHE_PATH: folder };
    const options = { cwd: dir, env: { ...env, PWD: dir }, timeout, longestOutput: longestMessages };
    const ended = await means.processes.run(['/bin/sh', '-c', bounded, 'sh', ...command], options);
    if (ended.code === 0) {
      const size = means.files.size(output);
      const bytes = size === null || size > largestObject ? null : means.files.read(output);
      const object = bytes === null ? null : readObject(bytes);
      return object?.format === 'elf' && object.limits.length === 0 ? { object } : null;
    }
    const { diagnostics } = readBuildLog(ended.stderr);
    const errors = diagnostics.filter(({ severity, stage }) => severity === 'error' && stage === 'compile');
    return ended.code === null || errors.length === 0 || fellOver.test(ended.stderr) ? null : { errors };
  } finally {
    means.scratch.remove(folder);
  }
}
