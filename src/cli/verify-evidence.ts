import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readGoPackages } from '../elf/go-packages.ts';
import { readImports } from '../elf/imports.ts';
import { findInstalledGo } from '../graph/installed-go.ts';
import { disk } from '../io/disk.ts';
import type { ExecutableView, Licence } from '../model/executable.ts';
import { notedLibraries } from '../recipe/noted.ts';
import { bringersOf } from '../verify/blame.ts';
import { findLicences } from '../verify/licences.ts';
import { linkedC, type ModuleFiles, modulesOf } from '../verify/linked-c.ts';
import { listLinkedCode } from '../verify/linked-code.ts';
import { type Sbom, sbomOf } from '../verify/sbom.ts';
import { version } from './version.ts';

function modules(view: ExecutableView): ModuleFiles[] {
  if (view.go === null) return [];
  const { modCache } = findInstalledGo(process.env, view.machine, disk);
  return modulesOf(view.go, { modCache, dir: process.cwd() }, disk);
}

/** Adds what the modules of the program say, where their files are here: its C code, and who brought what is wrong. */
export function withModules(view: ExecutableView): ExecutableView {
  if (view.go === null) return view;
  const path = resolve(view.path);
  // A program without cgo has nothing that its functions' names would lead to.
  const packages = view.go.settings.CGO_ENABLED === '0' ? [] : readGoPackages(path, disk);
  const linked = linkedC(view, packages, modules(view), disk);
  const brought = bringersOf({ view, linked, imports: readImports(path, disk) }, disk);
  return { ...view, linkedC: listLinkedCode(linked, disk), builtWith: notedLibraries(view.note), brought };
}

/** The bill of materials of a program that `withModules` has seen. */
export function readSbom(view: ExecutableView): Sbom {
  const licences: Record<string, Licence[]> = {};
  for (const { path, dir } of modules(view)) if (dir !== null) licences[path] = findLicences(dir, disk);
  const sha256 = createHash('sha256')
    .update(readFileSync(resolve(view.path)))
    .digest('hex');
  return sbomOf({ view, sha256, licences, toolVersion: version });
}
