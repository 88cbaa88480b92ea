import type { GraphPackage } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import type { CompileView, LinkWord } from '../model/view.ts';

/** What cmd/go takes for CGO_LDFLAGS when the environment has none (cmd/go/internal/work, DefaultCFlags). */
const defaultFlags = ['-g', '-O2'];

/**
 * The words that packages bring to the link line, in link order: for each package with cgo the environment's CGO_LDFLAGS
 * once more, then its own `#cgo LDFLAGS`, then what pkg-config gives.
 */
export function linkWords(packages: GraphPackage[], compiled: Record<string, CompileView>, target: Target): LinkWord[] {
  const environment = target.cgoFlags.ldflags.length > 0 ? target.cgoFlags.ldflags : defaultFlags;
  return packages.flatMap((pkg) => {
    if (pkg.cgoFiles.length === 0) return [];
    const own = ownWords(pkg, compiled[pkg.importPath], target.cgoFlags.ldflags.length);
    return [...environment.map((word) => ({ word, place: null })), ...own].map((word) => ({
      ...word,
      package: pkg.importPath,
    }));
  });
}

/** A package's own words. In the compile view those with a place come from `#cgo` lines, then follow the environment's, then pkg-config's. */
function ownWords(
  pkg: GraphPackage,
  view: CompileView | undefined,
  fromEnvironment: number,
): Pick<LinkWord, 'word' | 'place'>[] {
  if (view === undefined) return pkg.cgoFlags.ldflags.map((word) => ({ word, place: null }));
  const uses = view.flags.filter(({ variable }) => variable === 'LDFLAGS');
  const written = uses.filter(({ place }) => place !== null);
  const others = uses.filter(({ place }) => place === null).slice(fromEnvironment);
  // Go's own answer decides which lines hold; the view adds the places.
  const words = pkg.cgoFlags.ldflags.map((word) => ({
    word,
    place: written.find(({ flag }) => flag === word)?.place ?? null,
  }));
  return [...words, ...others.map(({ flag }) => ({ word: flag, place: null }))];
}
