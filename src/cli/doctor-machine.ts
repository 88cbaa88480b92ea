import { accessSync, constants, statfsSync } from 'node:fs';
import { release } from 'node:os';
import { dirname } from 'node:path';
import type { Files } from '../io/files.ts';
import type { Looked } from '../toolchain/find.ts';

/** The system by its os-release(5) and kernel. */
export function systemLine(files: Files): string {
  const text = new TextDecoder().decode(files.read('/etc/os-release') ?? new Uint8Array());
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? 'a system without /etc/os-release';
  return `system: ${name}, kernel ${release()}`;
}

/** Where the cache is, whether it can be written, and how much room is left. */
export function cacheLine(folder: string | null): string {
  if (folder === null) return 'cache: no place: set HOME or XDG_CACHE_HOME';
  let present = folder;
  for (;;) {
    try {
      const { bavail, bsize } = statfsSync(present);
      accessSync(present, constants.W_OK);
      return `cache: ${folder}, ${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' || present === '/') {
        return `cache: ${folder} cannot be written (${code}): what is kept there is worked out again each time`;
      }
      present = dirname(present);
    }
  }
}

/** What a person may do about what the toolchains and the machine have not. */
export function adviceLines(goarch: string, looked: Looked[], hasKernelHeaders: boolean): string[] {
  const found = looked.flatMap(({ toolchain }) => toolchain ?? []);
  const zig = 'gomusl toolchain install zig';
  if (found.length === 0) {
    return [`advice: no musl toolchain for linux/${goarch}: ${zig}, or install musl-tools`];
  }
  const lacks = (what: string) => `advice: no toolchain here has ${what}: ${zig}, for programs that need it`;
  return [
    ...(found.some(({ cxx }) => cxx) ? [] : [lacks('C++ for musl')]),
    ...(hasKernelHeaders || found.some(({ kernelHeaders }) => kernelHeaders) ? [] : [lacks("the kernel's headers")]),
  ];
}
