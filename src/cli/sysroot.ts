import { join } from 'node:path';
import { memberSource, readArchive } from '../elf/archive.ts';
import { readObjectSource } from '../elf/object.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** Archives that are looked at: a sysroot is of one architecture. */
const samples = 5;

/** Machine of an archive's first object that is ELF; null when it has none. */
function machineOf(path: string, files: Files): string | null {
  const archive = readArchive(path, files);
  for (const at of archive?.members.slice(0, samples).keys() ?? []) {
    const source = archive && memberSource(path, archive, at, files);
    const object = source ? readObjectSource(source) : null;
    if (object?.format === 'elf' && object.machine !== '') return object.machine;
  }
  return null;
}

/** Refuses a sysroot that cannot serve: no folder of libraries, one of glibc, or of another architecture. */
export function requireSysroot(sysroot: string | null, goarch: string, files: Files): void {
  if (sysroot === null) return;
  const refuse = (what: string, where: string, action: string): never => {
    throw new Failure(exitCode.usage, what, where, action);
  };
  const below = ['include', 'lib', 'usr/include', 'usr/lib'].map((name) => join(sysroot, name));
  if (!below.some(files.isDirectory)) {
    refuse('the sysroot has no folder include or lib', sysroot, 'give the folder above them');
  }
  for (const folder of below) {
    const glibc = join(folder, 'gnu/libc-version.h');
    if (files.exists(glibc)) refuse('the sysroot is of glibc', glibc, 'give one whose libraries were built for musl');
    const archives = (files.list(folder) ?? []).filter((name) => name.endsWith('.a')).slice(0, samples);
    for (const name of archives) {
      const machine = machineOf(join(folder, name), files);
      if (machine === null || machine === goarch) continue;
      refuse(`the sysroot is for ${machine}, not for ${goarch}`, join(folder, name), `give one for linux/${goarch}`);
    }
  }
}
