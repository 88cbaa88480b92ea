import type { Remedy } from '../model/finding.ts';
import type { Target, Toolchain } from '../model/target.ts';

/** What an automatic remedy needs of the machine; absent parts make the remedy fail to apply. */
export interface RemedyMeans {
  /** Folder that has, or would have, kernel headers alone; null when there are none to be had. */
  kernelHeadersDir: string | null;
  /** Makes a folder with headers of our own where there is none yet, and gives its path. */
  ownHeaders?: () => string;
  /** Other toolchains that may be taken, best first; empty when the person chose one. */
  alternatives: Toolchain[];
  /** What a recipe has built for the target's toolchain; null when it is not built. Without it no recipe applies. */
  library?: (recipe: string, target: Target) => BuiltLibrary | null;
}

/** A library that a recipe built. */
export interface BuiltLibrary {
  /** Folders of the library and of what it needs, its own first. */
  folders: string[];
  /** Linker words for programs that name no library. */
  adds: string[];
}

/** Whether a toolchain has what a finding asks for: `c++`, `kernel-headers`, or `musl >= VERSION`. */
function satisfies(toolchain: Toolchain, requires: string): boolean {
  if (requires === 'c++') return toolchain.cxx !== null;
  if (requires === 'kernel-headers') return toolchain.kernelHeaders;
  const version = /^musl >= ([\d.]+)$/.exec(requires)?.[1];
  if (version === undefined) return false;
  return toolchain.libc.version.localeCompare(version, 'en', { numeric: true }) >= 0;
}

function adding(present: string[], wanted: string[]): string[] {
  return [...present, ...wanted.filter((flag) => !present.includes(flag))];
}

/** The target with the remedy in place; the same object when the remedy changes nothing or can't be applied. */
export function applyRemedy(target: Target, remedy: Remedy, means: RemedyMeans): Target {
  switch (remedy.kind) {
    case 'define': {
      const cflags = adding(target.cgoFlags.cflags, remedy.flags);
      if (cflags.length === target.cgoFlags.cflags.length) return target;
      return { ...target, cgoFlags: { ...target.cgoFlags, cflags } };
    }
    case 'linker-flag': {
      const ldflags = adding(target.cgoFlags.ldflags, remedy.flags);
      if (ldflags.length === target.cgoFlags.ldflags.length) return target;
      return { ...target, cgoFlags: { ...target.cgoFlags, ldflags } };
    }
    case 'arguments': {
      const translated = adding(target.translated ?? [], remedy.words);
      return translated.length === (target.translated ?? []).length ? target : { ...target, translated };
    }
    case 'kernel-headers':
      if (target.kernelHeadersDir !== null || means.kernelHeadersDir === null) return target;
      return { ...target, kernelHeadersDir: means.kernelHeadersDir };
    case 'own-headers': {
      const ownHeadersDir = target.ownHeadersDir ?? means.ownHeaders?.();
      return ownHeadersDir === target.ownHeadersDir || !ownHeadersDir ? target : { ...target, ownHeadersDir };
    }
    case 'shim': {
      const shims = adding(target.shims, remedy.symbols);
      return shims.length === target.shims.length ? target : { ...target, shims };
    }
    case 'goroot-patch': {
      const gorootPatches = adding(target.gorootPatches, [remedy.patch]);
      return gorootPatches.length === target.gorootPatches.length ? target : { ...target, gorootPatches };
    }
    case 'module-patch': {
      const present = target.modulePatches ?? [];
      return present.includes(remedy.patch) ? target : { ...target, modulePatches: [...present, remedy.patch] };
    }
    case 'recipe': {
      const built = means.library?.(remedy.recipe, target);
      if (!built) return target;
      const libraries = adding(target.libraries ?? [], built.folders);
      if (libraries.length === (target.libraries ?? []).length) return target;
      const ldflags = adding(target.cgoFlags.ldflags, built.adds);
      return { ...target, libraries, cgoFlags: { ...target.cgoFlags, ldflags } };
    }
    case 'toolchain': {
      if (target.toolchain && satisfies(target.toolchain, remedy.requires)) return target;
      const other = means.alternatives.find((one) => satisfies(one, remedy.requires));
      return other ? { ...target, toolchain: other, libc: other.libc } : target;
    }
    default:
      return target;
  }
}
