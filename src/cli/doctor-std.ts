import type { Files } from '../io/files.ts';
import { Failure } from '../model/failure.ts';
import { readOverlay } from '../patch/goroot-overlay.ts';
import { readManifest } from '../patch/manifest.ts';
import { patchesOfMarker } from '../patch/marker.ts';
import { overlayOf } from '../patch/traps.ts';

/**
 * What `gomusl toolchain doctor` says of the standard library that the Go command uses: whether its GOROOT is a copy
 * that `gomusl patch-goroot` made, and whether an overlay in GOFLAGS patches it. One line each; the first always there.
 */
export function stdLines(goroot: string, goflags: string, files: Files): string[] {
  try {
    const manifest = readManifest(goroot, files);
    const copy =
      manifest === null
        ? 'std of Go: as it came; gomusl patch-goroot says what musl wants patched'
        : `std of Go: a patched copy of ${manifest.source.goroot}, with ${listed(manifest.patches.map(shortName))}; ` +
          `gomusl patch-goroot --verify ${goroot} proves that it is unchanged`;
    const path = overlayOf(goflags);
    if (path === null) return [copy];
    const inOverlay = Object.values(readOverlay(path, '/', files)).flatMap((file) => patchesOfMarker(file, files));
    const overlay =
      inOverlay.length === 0
        ? 'has no patch of gomusl'
        : `patches std with ${listed([...new Set(inOverlay)].sort())}; go vet before 1.24 and gopls do not see it`;
    return [copy, `-overlay in GOFLAGS, ${path}: ${overlay}`];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`std of Go: ${error.message}: ${error.where}; ${error.action}`];
  }
}

function shortName({ name, hash }: { name: string; hash: string }): string {
  return `${name}@${hash.slice(0, 12)}`;
}

function listed(names: string[]): string {
  return names.length === 0 ? 'no patch' : names.join(', ');
}
