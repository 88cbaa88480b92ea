import type { PlannedLibraries } from '../build/plan.ts';
import { pkgConfigFolders } from '../compile/pkg-config.ts';
import { libraryHeaders } from '../compile/translation.ts';
import { disk } from '../io/disk.ts';
import type { Store } from '../io/store.ts';
import type { Target } from '../model/target.ts';

/** Command that answers as pkg-config does: this gomusl, as it was started. */
export function pkgConfigCommand(): string[] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'pkg-config'];
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** A script of one word that answers as pkg-config does, for cmd/go and for configure. */
export function pkgConfigScript(store: Store): string {
  const text = `#!/bin/sh\n# Written by gomusl.\nexec ${pkgConfigCommand().map(quoted).join(' ')} "$@"\n`;
  return `${store.tree('pkg-config', { 'pkg-config': { text, mode: 0o755 } })}/pkg-config`;
}

/** What a build takes of C libraries; a PKG_CONFIG of the person's stays, and gets the folders. */
export function plannedLibraries(
  target: Target,
  store: Store,
  environment: Record<string, string | undefined>,
): PlannedLibraries {
  const { sysroot, libraries = [] } = target;
  const own = sysroot === null ? [] : [`${sysroot}/lib`, `${sysroot}/usr/lib`];
  return {
    headers: libraryHeaders(target).filter(disk.isDirectory),
    archives: [...own, ...libraries.map((folder) => `${folder}/lib`)].filter(disk.isDirectory),
    pkgConfig: pkgConfigFolders(target),
    command: environment.PKG_CONFIG ? null : pkgConfigScript(store),
  };
}
