import type { RuledFinding } from '../check/finish.ts';
import type { Views } from '../check/views.ts';
import { buildTags } from '../go/build-tags.ts';
import { fileNameMatches, parseCgoConstraint, parseConstraint, tagsNamed } from '../go/constraint.ts';
import { readHeader } from '../go/header.ts';
import { platforms } from '../go/platforms.generated.ts';
import { type PackageFolder, readPackageFolder } from '../graph/package-folder.ts';
import { readTable } from '../io/data.ts';
import type { Files } from '../io/files.ts';
import type { GraphPackage } from '../model/package-graph.ts';
import type { Target } from '../model/target.ts';

/** A build tag that would change a package of a module that brings errors. */
export interface TagCandidate {
  tag: string;
  /** What it does there, for a person: `it selects build_musl.go`. */
  effect: string;
}

/** Each costs a load of the whole program. */
const mostCandidates = 8;
/** Packages of one module that are searched for constraints. */
const mostPackages = 200;
/** Bytes in which a build constraint has to stand. */
const topOfFile = 32 * 1024;
/** Files that a sentence names. */
const namedFiles = 2;

const platformTags = new Set<string>([...platforms.os, ...platforms.arch]);
let reserved: Set<string> | undefined;

/** Whether a tag is one that a person may set to choose a variant. */
function isChoice(tag: string): boolean {
  reserved ??= new Set(readTable('reserved-tags.yaml') as string[]);
  return !platformTags.has(tag) && !reserved.has(tag) && !/^go1\.\d+$|^goexperiment\./.test(tag);
}

/** Tags that constraints of files left out and of `#cgo` lines name. */
function tagsOf(pkg: GraphPackage, { target, compiled }: Views, files: Files): string[] {
  const ofFiles = pkg.ignoredGoFiles
    .filter((name) => fileNameMatches(name, target.goos, target.goarch))
    .map((name) => {
      const bytes = files.readRange(`${pkg.dir}/${name}`, 0, topOfFile);
      const text = bytes === null ? null : readHeader(bytes).constraint;
      return text === null ? null : parseConstraint(text);
    });
  const ofLines = (compiled[pkg.importPath]?.directives ?? []).map((line) => parseCgoConstraint(line.constraint));
  const constraints = [...ofLines, ...ofFiles].flatMap((constraint) => constraint ?? []);
  return [...new Set(constraints.flatMap(tagsNamed))].filter(isChoice);
}

function folderWith(tags: string[], pkg: GraphPackage, target: Target, files: Files): PackageFolder | null {
  const { goos, goarch, cgo } = target;
  return readPackageFolder(pkg.dir, { goos, goarch, cgo, tags: buildTags({ ...target, tags }) }, files);
}

const goFiles = ({ lists }: PackageFolder) => [...(lists.GoFiles ?? []), ...(lists.CgoFiles ?? [])];

/** Exported functions and methods (`VM.Store`) of Go files, as gofmt lays them out. */
function exportedFunctions(pkg: GraphPackage, names: string[], files: Files): Set<string> {
  const functions = new Set<string>();
  for (const name of names) {
    const bytes = files.read(`${pkg.dir}/${name}`);
    const text = bytes === null ? '' : new TextDecoder().decode(bytes);
    for (const [, receiver = '', own = ''] of text.matchAll(/^func (?:\(\w*\s*\*?(\w+)[^)]*\) )?([A-Z]\w*)/gm)) {
      functions.add(receiver === '' ? own : `${receiver}.${own}`);
    }
  }
  return functions;
}

/** A package without a tag and with it. */
interface Change {
  before: PackageFolder;
  after: PackageFolder;
  /** Go files that the tag leaves out. */
  left: string[];
}

function changeBy(tag: string, pkg: GraphPackage, target: Target, files: Files): Change | null {
  const before = folderWith(target.tags, pkg, target, files);
  const after = folderWith([...target.tags, tag], pkg, target, files);
  if (!before || !after) return null;
  return { before, after, left: goFiles(before).filter((name) => !goFiles(after).includes(name)) };
}

/** Whether a tag takes exported functions away from a package: programs that call them would not compile. */
function takesFunctionsAway(tag: string, pkg: GraphPackage, target: Target, files: Files): boolean {
  const change = changeBy(tag, pkg, target, files);
  if (change === null || change.left.length === 0) return false;
  const { after, left } = change;
  const kept = exportedFunctions(pkg, goFiles(after), files);
  return [...exportedFunctions(pkg, left, files)].some((name) => !kept.has(name));
}

/** What adding a tag changes in a package; null when it takes in no file, leaves the flags alone, or breaks it. */
function effectOf(
  tag: string,
  pkg: GraphPackage,
  target: Target,
  files: Files,
): { text: string; files: string[] } | null {
  const change = changeBy(tag, pkg, target, files);
  if (change === null || (change.after.problem && !change.before.problem)) return null;
  const { before, after, left } = change;
  const flags = ({ lists }: PackageFolder) =>
    JSON.stringify(Object.entries(lists).filter(([name]) => /^Cgo(?:[A-Z]+FLAGS|PkgConfig)$/.test(name)));
  const taken = goFiles(after).filter((name) => !goFiles(before).includes(name));
  const more = taken.length - namedFiles;
  if (taken.length > 0) {
    const names = taken.slice(0, namedFiles).join(', ') + (more > 0 ? ` and ${more} more` : '');
    return { text: `it selects ${names}`, files: left };
  }
  if (flags(before) === flags(after)) return null;
  return { text: `it changes the #cgo flags of ${pkg.importPath}`, files: [...left, ...pkg.cgoFiles] };
}

/**
 * Tags one of which may take errors away: named by constraints in the modules that bring them, each of an effect there.
 * A tag that takes exported functions away is none. `musl` comes first, then what touches the very files that errors lie
 * in. `only` leaves all other tags out.
 */
export function tagCandidates(errors: RuledFinding[], views: Views, files: Files, only: string | null): TagCandidate[] {
  const { graph, target } = views;
  const own = [...new Set(errors.map((finding) => finding.package))].flatMap((path) => graph.packages[path] ?? []);
  const modules = new Set(own.flatMap(({ module }) => module ?? []));
  const others = Object.values(graph.packages).filter(({ module }) => module !== null && modules.has(module));
  const touched = new Set(errors.map((finding) => `${finding.package}/${finding.location?.file.split('/').at(-1)}`));
  const ranked = new Map<string, { rank: number; candidate: TagCandidate }>();
  const packages = [...new Set([...own, ...others.slice(0, mostPackages)])].filter(({ standard }) => !standard);
  const harmful = new Set<string>();
  for (const pkg of packages) {
    for (const tag of tagsOf(pkg, views, files)) {
      if (ranked.has(tag) || harmful.has(tag) || target.tags.includes(tag) || (only !== null && tag !== only)) continue;
      const effect = effectOf(tag, pkg, target, files);
      if (!effect) continue;
      if (packages.some((one) => takesFunctionsAway(tag, one, target, files))) {
        harmful.add(tag);
        continue;
      }
      const touches = effect.files.some((name) => touched.has(`${pkg.importPath}/${name}`));
      ranked.set(tag, { rank: tag === 'musl' ? 0 : touches ? 1 : 2, candidate: { tag, effect: effect.text } });
    }
  }
  const ordered = [...ranked.values()].sort((a, b) => a.rank - b.rank);
  return ordered.slice(0, mostCandidates).map(({ candidate }) => candidate);
}
