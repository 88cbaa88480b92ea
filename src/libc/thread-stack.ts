import { readTable } from '../io/data.ts';
import type { LibcRef, Target } from '../model/target.ts';
import { compareVersions } from './libc-ref.ts';

interface ThreadTable {
  musl: { since: string; bytes: number }[];
  muslMaximum: number;
}

/** Bytes of stack that a thread of this musl gets by default, and the most that a program header can ask for. */
export function threadStack(libc: LibcRef): { bytes: number; most: number } {
  const table = readTable('toolchain-threads.yaml') as ThreadTable;
  const row = table.musl.find(({ since }) => compareVersions(libc.version, since) >= 0);
  if (!row) throw new Error(`data/toolchain-threads.yaml has no entry for musl ${libc.version}`);
  return { bytes: row.bytes, most: table.muslMaximum };
}

/** Bytes of stack that a thread of a program for this target gets, by its linker flags, else by the toolchain, else by musl. */
export function targetThreadStack(target: Target): number {
  const wanted = target.cgoFlags.ldflags.map((flag) => /^-Wl,-z,stack-size=(\d+)$/.exec(flag)?.[1]).find(Boolean);
  return wanted ? Number(wanted) : (target.toolchain?.threadStackSize ?? threadStack(target.libc).bytes);
}
