import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Processes } from '../io/processes.ts';
import type { Scratch } from '../io/scratch.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { Toolchain } from '../model/target.ts';
import { programPath } from './candidates.ts';
import { zigArguments } from './wrapper.ts';

/** Milliseconds for one link; zig may have to build its musl first. */
const longest = 600_000;

/** What it takes to try a linker, and to keep what was learned. */
export interface TryMeans {
  store: Store;
  processes: Processes;
  files: Files;
  scratch: Scratch;
  environment: Record<string, string | undefined>;
}

/**
 * The flags of `goTries` (data/toolchain-arguments.yaml) that zig takes, each tried as cmd/link tries it: by a link that
 * must succeed without words of refusal. Kept for as long as the compiler's file has its size and time. Another
 * toolchain answers fast, and is asked by cmd/link itself: none.
 */
export async function takenByLinker(toolchain: Toolchain, means: TryMeans): Promise<string[]> {
  if (toolchain.name !== 'zig') return [];
  const { store, files, environment } = means;
  const flags = zigArguments().goTries;
  const program = programPath(toolchain.cc[0] ?? '', environment, files);
  const key = `linker-${digestOf([toolchain.cc, files.size(program), files.modified(program), flags])}`;
  const known = store.get(key);
  if (known !== null) return known.split('\n').filter((flag) => flags.includes(flag));
  const taken = await tryFlags(flags, toolchain, means);
  store.put(key, taken.join('\n'));
  return taken;
}

async function tryFlags(flags: string[], toolchain: Toolchain, means: TryMeans): Promise<string[]> {
  const { processes, scratch, environment } = means;
  const folder = scratch.folder('gomusl-linker-');
  const taken: string[] = [];
  try {
    scratch.write(join(folder, 'try.c'), 'int main() { return 0; }\n');
    for (const flag of flags) {
      const command = [...toolchain.cc, '-o', 'try', flag, 'try.c'];
      const env = { ...environment, LC_ALL: 'C' };
      const { code, stdout, stderr } = await processes.run(command, { cwd: folder, env, timeout: longest });
      if (code === 0 && !/unrecognized|unknown/.test(stdout + stderr)) taken.push(flag);
    }
  } finally {
    scratch.remove(folder);
  }
  return taken;
}
