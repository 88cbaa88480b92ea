import { type CFile, type HeaderCache, openHeaderCache } from '../c/header-cache.ts';
import { parseGoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import type { Libc } from '../libc/libc.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { GraphPackage, PackageGraph } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { Target } from '../model/target.ts';
import type { CompileView, Unit } from '../model/view.ts';
import { sourceUnit } from './c-unit.ts';
import { exportedNames, exportHeader } from './export-header.ts';
import { ownersFor, rootOf } from './owner.ts';
import { directivesFor, flagUses, packageWords } from './package-flags.ts';
import { lookUpPackages } from './pkg-config.ts';
import { preambleUnit } from './preamble-unit.ts';
import type { Translation } from './translate.ts';
import { translationOf } from './translation.ts';

/**
 * What the C compiler sees of one package for one target: each Go file's preambles, then each C and C++ file.
 * `cache` keeps headers for the next package; without one they are read anew.
 */
export function compileView(
  pkg: GraphPackage,
  graph: PackageGraph,
  facts: PackageFacts,
  target: Target,
  files: Files,
  libc: Libc,
  cache: HeaderCache = openHeaderCache(files),
): CompileView {
  const root = rootOf(pkg, graph);
  const ownerOf = ownersFor(pkg, graph);
  const directives = target.cgo ? directivesFor(facts, target) : [];
  const pkgConfig = lookUpPackages(directives, target, files);
  const filter = { version: parseGoVersion(target.goVersion), environment: target.cgoFilter ?? {} };
  const limits: Limit[] = facts.limits.map(({ reason, file }) => ({ reason, package: pkg.importPath, file }));
  const units: Unit[] = [];
  const keep = ({ unit, limit }: { unit: Unit; limit: string | null }) => {
    units.push({ ...unit, unread: limit });
    if (limit !== null) limits.push(unreadLimit(limit, unit.file, pkg));
  };
  const cgo = facts.go.filter((file) => file.preambles.length > 0 || file.cNames.length > 0);
  if (target.cgo && pkg.cgoFiles.length > 0) {
    const words = packageWords(pkg, target, pkgConfig.cflags);
    const translation = (language: 'c' | 'c++') => translationOf(language, pkg, root, words, target, libc, cache);
    const c = translation('c');
    for (const file of cgo) keep(preambleUnit(file, `${root}/${file.path}`, c, ownerOf));
    const header = cache.parse('_cgo_export.h', exportText(facts, root, files), false);
    const made = new Map([['_cgo_export.h', header]]);
    const source = (name: string, language: 'c' | 'c++', base: Translation) => {
      const path = `${pkg.dir}/${name}`;
      const bytes = files.read(path);
      if (bytes !== null) keep(sourceUnit(path, bytes, base, ownerOf));
      else
        limits.push({
          reason: `The ${language} file can't be read.`,
          package: pkg.importPath,
          file: ownerOf(path).file,
        });
    };
    const cWithMade = withMade(c, made);
    for (const name of pkg.cFiles) source(name, 'c', cWithMade);
    if (pkg.cxxFiles.length > 0) {
      const cxx = withMade(translation('c++'), made);
      for (const name of pkg.cxxFiles) source(name, 'c++', cxx);
    }
  }
  const flags = target.cgo ? flagUses(pkg, directives, target, pkgConfig, filter) : [];
  return {
    package: pkg,
    target,
    units: reachedUnits(units, pkgConfig.uses, flags),
    flags,
    pkgConfig: pkgConfig.uses,
    directives,
    cNames: cgo.flatMap((file) => file.cNames),
    dynamicImports: facts.dynamicImports,
    exports: target.cgo ? cgo.flatMap((file) => file.exports) : [],
    calls: facts.go.flatMap((file) => file.calls),
    imports: facts.imports,
    limits,
  };
}

/** What is told of a unit of which `unread` could not be read. */
export function unreadLimit(unread: string, file: string, pkg: GraphPackage): Limit {
  return { reason: `Not all of it was read: ${unread}.`, package: pkg.importPath, file };
}

/** The same translation where files are found that no disk has. */
function withMade(base: Translation, made: Map<string, CFile>): Translation {
  return { ...base, search: { ...base.search, made, found: new Map() } };
}

/** Whether cmd/go stops at a package before it compiles anything of it. */
export function endsBeforeUnits({ flags, pkgConfig }: Pick<CompileView, 'flags' | 'pkgConfig'>): boolean {
  return (
    flags.some((flag) => flag.refused) ||
    pkgConfig.some((use) => use.state === 'absent' || use.missingRequires.length > 0)
  );
}

/**
 * What is sure to be reached, seen over the whole package: a flag that cmd/go refuses or a pkg-config name that is
 * absent ends its build before any unit, and a preamble that can't be translated ends it before the C files.
 */
export function reachedUnits(units: Unit[], pkgConfig: CompileView['pkgConfig'], flags: CompileView['flags']): Unit[] {
  const ends = endsBeforeUnits({ flags, pkgConfig });
  const fails = (unit: Unit) =>
    unit.refusal !== null ||
    unit.errors.some((error) => error.reached === 'true') ||
    unit.includes.some((use) => use.found === 'nowhere' && use.reached === 'true');
  const cgoEnds = ends || units.some((unit) => unit.kind === 'preamble' && fails(unit));
  const unknown = <T extends { reached: 'true' | 'unknown' }>(one: T): T => ({ ...one, reached: 'unknown' });
  return units.map((unit) =>
    ends || (cgoEnds && unit.kind !== 'preamble')
      ? {
          ...unit,
          includes: unit.includes.map(unknown),
          names: unit.names.map(unknown),
          errors: unit.errors.map(unknown),
        }
      : unit,
  );
}

function exportText(facts: PackageFacts, root: string, files: Files): Uint8Array {
  const exporting = facts.go.flatMap((file) => {
    const bytes = files.read(`${root}/${file.path}`);
    const exports = bytes === null ? [] : exportedNames(new TextDecoder().decode(bytes));
    return exports.length === 0 ? [] : [{ preambles: file.preambles.map((preamble) => preamble.text), exports }];
  });
  return new TextEncoder().encode(exportHeader(exporting));
}
