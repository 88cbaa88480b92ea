import { buildTags } from '../go/build-tags.ts';
import { matchesCgoConstraint } from '../go/constraint.ts';
import type { CgoDirective, PackageFacts } from '../model/facts.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';
import type { FlagUse } from '../model/view.ts';
import { type FlagFilter, refusedFlags } from './flag-filter.ts';

/** The words that cmd/go gives to the compilers of a package, in order. */
export interface PackageWords {
  c: string[];
  cxx: string[];
}

/** What cmd/go passes when CGO_CFLAGS is not set (cmd/go/internal/work, DefaultCFlags), where the target does not have it. */
const defaults = ['-g', '-O2'];

/** `#cgo` lines that hold for a target. */
export function directivesFor(facts: PackageFacts, target: Target): CgoDirective[] {
  const tags = buildTags({ ...target, race: target.race });
  return facts.go
    .flatMap((file) => file.directives)
    .filter((directive) => matchesCgoConstraint(directive.constraint, tags));
}

/**
 * Words as cmd/go orders them: CPPFLAGS (environment, package, pkg-config), then CFLAGS or CXXFLAGS (environment,
 * package); the package's own folder is searched first.
 */
export function packageWords(pkg: GraphPackage, target: Target, pkgConfig: readonly string[]): PackageWords {
  const environment = target.cgoFlags;
  const before = ['-I', pkg.dir, ...environment.cppflags, ...pkg.cgoFlags.cppflags, ...pkgConfig];
  const own = (given: string[], flags: string[]) => [
    ...before,
    ...(given.some((word) => /^-[gO]/.test(word)) ? [] : defaults),
    ...given,
    ...flags,
  ];
  return {
    c: own(environment.cflags, pkg.cgoFlags.cflags),
    cxx: own(environment.cxxflags, pkg.cgoFlags.cxxflags),
  };
}

/** Every flag with the `#cgo` line it came from, and whether cmd/go refuses it. */
export function flagUses(
  pkg: GraphPackage,
  directives: readonly CgoDirective[],
  target: Target,
  pkgConfig: { cflags: readonly string[]; libs: readonly string[] },
  filter: FlagFilter,
): FlagUse[] {
  const uses: FlagUse[] = [];
  for (const variable of ['CPPFLAGS', 'CFLAGS', 'CXXFLAGS', 'LDFLAGS'] as const) {
    const words = directives
      .filter((directive) => directive.variable === variable)
      .flatMap((directive) => directive.words.map((word) => ({ word, place: directive.place })));
    const flags = words.map(({ word }) => word.replace(/\$\{SRCDIR\}/g, () => pkg.dir));
    const refused = refusedFlags(flags, variable, filter);
    uses.push(
      ...words.map(({ place }, index) => ({
        variable,
        flag: flags[index] as string,
        place,
        refused: refused.has(index),
      })),
    );
    const environment = target.cgoFlags[variable.toLowerCase() as 'cflags'];
    uses.push(...environment.map((flag) => ({ variable, flag, place: null, refused: false })));
  }
  const fromPkgConfig = (variable: 'CPPFLAGS' | 'LDFLAGS', flags: readonly string[]) => {
    const refused = refusedFlags(flags, variable === 'CPPFLAGS' ? 'CFLAGS' : variable, filter);
    uses.push(...flags.map((flag, index) => ({ variable, flag, place: null, refused: refused.has(index) })));
  };
  fromPkgConfig('CPPFLAGS', pkgConfig.cflags);
  fromPkgConfig('LDFLAGS', pkgConfig.libs);
  return uses;
}
