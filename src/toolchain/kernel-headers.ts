import { join } from 'node:path';
import { readTable } from '../io/data.ts';
import type { Files } from '../io/files.ts';
import { hostArchitecture } from '../io/host-architecture.ts';
import { diskStore, type TreeEntry, userCacheFolder } from '../io/store.ts';
import { installedFolder } from './candidates.ts';

interface KernelHeaderTable {
  folders: string[];
  native: string[];
  cross: string[];
  multiarch: Record<string, string>;
}

/** Debian's name of an architecture of Go, which is the prefix of its cross compilers too; null when it has none. */
export function multiarchName(goarch: string): string | null {
  const table = readTable('toolchain-kernel-headers.yaml') as KernelHeaderTable;
  return table.multiarch[goarch] ?? null;
}

/** Links to the folders of the kernel's headers on this machine; null when it has none for the architecture. */
export function kernelHeaderLinks(goarch: string, host: string, files: Files): Record<string, TreeEntry> | null {
  const table = readTable('toolchain-kernel-headers.yaml') as KernelHeaderTable;
  const multiarch = table.multiarch[goarch];
  if (!multiarch) return null;
  const places = table[goarch === host ? 'native' : 'cross'].map((place) => place.replace('{multiarch}', multiarch));
  const links: Record<string, TreeEntry> = {};
  for (const folder of table.folders) {
    // asm/ of a folder that all architectures share is the host's.
    const allowed = places.filter((place) => folder !== 'asm' || goarch === host || place.includes(multiarch));
    const place = allowed.find((candidate) => files.isDirectory(join(candidate, folder)));
    if (place) links[folder] = { link: join(place, folder) };
  }
  return links.linux && links.asm && links['asm-generic'] ? links : null;
}

/** Name of the kernel's headers for an architecture among what is installed; a bundle brings them. */
export function kernelHeadersName(goarch: string): string {
  return `kernel-headers-${goarch}`;
}

/** Folders of the kernel's headers on this machine by name, such as `linux`; null when it has none for the architecture. */
export function kernelHeaderPlaces(goarch: string, files: Files): Record<string, string> | null {
  const links = kernelHeaderLinks(goarch, hostArchitecture(), files);
  if (links === null) return null;
  return Object.fromEntries(Object.entries(links).flatMap(([name, to]) => ('link' in to ? [[name, to.link]] : [])));
}

/**
 * A folder with the kernel's headers alone, for `-idirafter`: links in the user's cache, made now or earlier; where this
 * machine has none for the architecture, those that a bundle brought. Null when there are none at all.
 */
export function kernelHeadersFolder(
  target: { goarch: string },
  environment: Record<string, string | undefined>,
  files: Files,
): string | null {
  const cache = userCacheFolder(environment);
  const links = kernelHeaderLinks(target.goarch, hostArchitecture(), files);
  if (links) return diskStore(cache).tree(`kernel-headers-${target.goarch}`, links);
  if (cache === null) return null;
  const brought = join(installedFolder(cache), kernelHeadersName(target.goarch));
  return files.isDirectory(join(brought, 'linux')) ? brought : null;
}
