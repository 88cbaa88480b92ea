import type { Files } from '../io/files.ts';
import type { CgoDirective } from '../model/facts.ts';
import type { Target } from '../model/target.ts';
import type { PkgConfigUse } from '../model/view.ts';

/** What `#cgo pkg-config` lines bring. */
export interface PkgConfigAnswer {
  uses: PkgConfigUse[];
  cflags: string[];
  libs: string[];
}

export function lookUpPackages(directives: readonly CgoDirective[], target: Target, files: Files): PkgConfigAnswer {
  const uses: PkgConfigUse[] = [];
  for (const directive of directives) {
    if (directive.variable !== 'pkg-config') continue;
    for (const name of directive.words) {
      if (name.startsWith('--')) continue;
      const found = target.pkgConfigPath.some((folder) => files.size(`${folder}/${name}.pc`) !== null);
      uses.push({ name, place: directive.place, state: found ? 'found' : 'absent', missingRequires: [] });
    }
  }
  return { uses, cflags: [], libs: [] };
}
