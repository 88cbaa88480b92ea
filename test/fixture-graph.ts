import { buildTags } from '../src/go/build-tags.ts';
import { evaluateConstraint, fileNameMatches, matchesCgoConstraint, parseConstraint } from '../src/go/constraint.ts';
import type { GoReader } from '../src/go/reader.ts';
import type { GraphPackage, PackageGraph } from '../src/model/package-graph.ts';
import type { Target } from '../src/model/target.ts';

/** The module that every fixture is, and its one package. */
export const fixtureModule = 'example.org/m';
const dir = '/m';
const flagKinds = { CPPFLAGS: 'cppflags', CFLAGS: 'cflags', CXXFLAGS: 'cxxflags', LDFLAGS: 'ldflags' } as const;
/** Files of std packages with cgo that a rule asks about. */
const stdCgoFiles: Record<string, string[]> = { net: ['cgo_unix.go'], 'os/user': ['cgo_lookup_unix.go'] };

function emptyPackage(importPath: string, standard: boolean): GraphPackage {
  return {
    importPath,
    name: standard ? importPath : 'main',
    dir: standard ? `/goroot/src/${importPath}` : dir,
    standard,
    module: standard ? null : fixtureModule,
    imports: [],
    goFiles: [],
    cgoFiles: standard ? (stdCgoFiles[importPath] ?? []) : [],
    ignoredGoFiles: [],
    cFiles: [],
    cxxFiles: [],
    hFiles: [],
    sFiles: [],
    otherFiles: [],
    sysoFiles: [],
    cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: [] },
    pkgConfig: [],
  };
}

/** The graph of a fixture's files (path from the module's root to text): package main in the root, and what it imports of std. */
export function fixtureGraph(
  files: Record<string, string | Uint8Array>,
  target: Target,
  reader: GoReader,
): PackageGraph {
  const tags = buildTags(target);
  const main = emptyPackage(fixtureModule, false);
  const imports = new Set<string>();
  for (const [path, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.includes('/')) continue;
    const ending = path.slice(path.lastIndexOf('.'));
    if (ending === '.h') main.hFiles.push(path);
    if (ending === '.syso' && fileNameMatches(path, target.goos, target.goarch)) main.sysoFiles.push(path);
    if (ending === '.c' && target.cgo) main.cFiles.push(path);
    if (ending === '.cc' && target.cgo) main.cxxFiles.push(path);
    if (ending !== '.go') continue;
    const facts = reader.read(typeof content === 'string' ? new TextEncoder().encode(content) : content, path);
    const constraint = facts.constraint === null ? null : parseConstraint(facts.constraint);
    const cgo = facts.imports.some((one) => one.path === 'C');
    const holds = constraint === null || evaluateConstraint(constraint, tags);
    if (!holds || !fileNameMatches(path, target.goos, target.goarch) || (cgo && !target.cgo)) {
      main.ignoredGoFiles.push(path);
      continue;
    }
    (cgo ? main.cgoFiles : main.goFiles).push(path);
    for (const one of facts.imports) if (one.path !== 'C' && one.path !== 'unsafe') imports.add(one.path);
    for (const { constraint: condition, variable, words } of facts.directives) {
      if (condition !== '' && !matchesCgoConstraint(condition, tags)) continue;
      const flags = words.map((word) => word.replace(/\$\{SRCDIR\}/g, dir));
      if (variable === 'pkg-config') main.pkgConfig.push(...flags);
      else if (variable in flagKinds) main.cgoFlags[flagKinds[variable as keyof typeof flagKinds]].push(...flags);
    }
  }
  main.imports = [...imports].sort();
  const packages = Object.fromEntries(
    [...main.imports.map((path) => emptyPackage(path, true)), main].map((pkg) => [pkg.importPath, pkg]),
  );
  return {
    modules: {
      [fixtureModule]: { path: fixtureModule, version: '', dir, main: true, goVersion: '1.21' },
    },
    packages,
    programs: [{ id: fixtureModule, kind: 'program', roots: [fixtureModule], packages: Object.keys(packages) }],
    errors: [],
  };
}
