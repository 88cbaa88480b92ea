import type { Files } from '../io/files.ts';
import type { CgoDirective } from '../model/facts.ts';
import type { Place } from '../model/place.ts';
import type { Target } from '../model/target.ts';
import type { PkgConfigUse } from '../model/view.ts';
import { meets, type PcFile, type Requirement, readPcFile, readRequirements } from './pc-file.ts';

/** What `#cgo pkg-config` lines bring: flags only when everything was found, since pkg-config then fails as a whole. */
export interface PkgConfigAnswer {
  uses: PkgConfigUse[];
  /** Output of `--cflags`. */
  cflags: string[];
  /** Output of `--libs`. */
  libs: string[];
}

/** Bytes above which a .pc file is not read: they have a few hundred. */
const largest = 1 << 20;

/** Modules by name in the folders of a target; a glibc system's own folders are none of them. */
class Modules {
  readonly #folders: string[];
  readonly #files: Files;
  readonly #known = new Map<string, PcFile | null>();
  readonly #places = new Map<PcFile, string>();

  constructor(folders: string[], files: Files) {
    this.#folders = folders;
    this.#files = files;
  }

  find(name: string): PcFile | null {
    let file = this.#known.get(name);
    if (file === undefined) {
      file = this.#read(name);
      this.#known.set(name, file);
    }
    return file;
  }

  #read(name: string): PcFile | null {
    if (name.includes('/')) return null;
    for (const folder of this.#folders) {
      const path = `${folder}/${name}.pc`;
      if ((this.#files.size(path) ?? largest) >= largest) continue;
      const bytes = this.#files.read(path);
      if (bytes === null) continue;
      const file = readPcFile(new TextDecoder().decode(bytes), folder);
      this.#places.set(file, folder);
      return file;
    }
    return null;
  }

  /** The folder that a file was found in. */
  folderOf(file: PcFile): string | undefined {
    return this.#places.get(file);
  }
}

/** The names on `#cgo pkg-config` lines, with version constraints, and the `--` options beside them. */
function asked(directives: readonly CgoDirective[]): {
  wanted: { need: Requirement; place: Place }[];
  options: string[];
} {
  const wanted: { need: Requirement; place: Place }[] = [];
  const options: string[] = [];
  for (const directive of directives) {
    if (directive.variable !== 'pkg-config') continue;
    options.push(...directive.words.filter((word) => word.startsWith('--')));
    const names = directive.words.filter((word) => !word.startsWith('--')).join(' ');
    wanted.push(...readRequirements(names).map((need) => ({ need, place: directive.place })));
  }
  return { wanted, options };
}

/** A module with all that it requires, itself first, each once. `absent` are names that no folder has, or not so new. */
function closure(need: Requirement, modules: Modules, hidden: boolean): { found: PcFile[]; absent: string[] } {
  const found: PcFile[] = [];
  const absent: string[] = [];
  const seen = new Set<string>();
  const walk = (one: Requirement): void => {
    const key = `${one.name} ${one.operator} ${one.version}`;
    if (seen.has(key)) return;
    seen.add(key);
    const file = modules.find(one.name);
    if (file === null || !meets(file.version, one)) {
      absent.push(one.name);
      return;
    }
    if (!found.includes(file)) found.push(file);
    for (const next of [...file.requires, ...(hidden ? file.requiresPrivate : [])]) walk(next);
  };
  walk(need);
  return { found, absent };
}

/** Modules with all that they require, each before what it requires: a linker that goes through once finds all. */
function inLinkOrder(wanted: readonly Requirement[], modules: Modules, hidden: boolean): PcFile[] {
  const ordered: PcFile[] = [];
  const seen = new Set<PcFile>();
  const visit = ({ name }: Requirement): void => {
    const file = modules.find(name);
    if (file === null || seen.has(file)) return;
    seen.add(file);
    for (const next of [...file.requires, ...(hidden ? file.requiresPrivate : [])].reverse()) visit(next);
    ordered.unshift(file);
  };
  for (const need of [...wanted].reverse()) visit(need);
  return ordered;
}

/** Where names are looked up, and what is asked of them. */
export interface LookUp {
  /** Folders that hold .pc files, in order. */
  folders: string[];
  /** Folders that such a file below it names lie below it too; null for none. */
  sysroot: string | null;
  /** `--static`. */
  isStatic: boolean;
}

/** What was found for names, in the order asked. */
export interface FoundNames {
  looked: { need: Requirement; file: PcFile | null; present: boolean; missing: string[] }[];
  cflags: string[];
  libs: string[];
}

/** Answers as pkg-config would from these folders alone; no flags when a name, or what it requires, is absent. */
export function lookUpNames(
  wanted: readonly Requirement[],
  { folders, sysroot, isStatic }: LookUp,
  files: Files,
): FoundNames {
  const modules = new Modules(folders, files);
  const looked: FoundNames['looked'] = [];
  const forFlags: PcFile[] = [];
  for (const need of wanted) {
    const file = modules.find(need.name);
    const all = closure(need, modules, true);
    const present = file !== null && meets(file.version, need);
    looked.push({ need, file, present, missing: present ? all.absent : [] });
    forFlags.push(...all.found);
  }
  if (looked.some(({ present, missing }) => !present || missing.length > 0)) return { looked, cflags: [], libs: [] };
  const placed = (file: PcFile, flags: string[]) =>
    sysroot !== null && modules.folderOf(file)?.startsWith(`${sysroot}/`)
      ? flags.map((flag) => withSysroot(flag, sysroot))
      : flags;
  const cflags = [...new Set(forFlags)].flatMap((file) => placed(file, file.cflags));
  const libs = inLinkOrder(wanted, modules, isStatic).flatMap((file) =>
    placed(file, [...file.libs, ...(isStatic ? file.libsPrivate : [])]),
  );
  return { looked, cflags: firstOfEach(cflags, /^-I/), libs: lastOfLibraries(firstOfEach(libs, /^-L/)) };
}

/** Folders in which a target's .pc files are looked for: those of the environment, of the sysroot, of recipes. */
export function pkgConfigFolders({ pkgConfigPath, sysroot, libraries = [] }: Target): string[] {
  const below = ['lib/pkgconfig', 'usr/lib/pkgconfig', 'share/pkgconfig', 'usr/share/pkgconfig'];
  return [
    ...pkgConfigPath,
    ...(sysroot === null ? [] : below.map((folder) => `${sysroot}/${folder}`)),
    ...libraries.map((folder) => `${folder}/lib/pkgconfig`),
  ];
}

/** Looks up the pkg-config names of a package in the target's folders alone. */
export function lookUpPackages(directives: readonly CgoDirective[], target: Target, files: Files): PkgConfigAnswer {
  const { wanted, options } = asked(directives);
  const found = lookUpNames(
    wanted.map(({ need }) => need),
    { folders: pkgConfigFolders(target), sysroot: target.sysroot, isStatic: options.includes('--static') },
    files,
  );
  const uses = found.looked.map(({ need, present, missing }, at): PkgConfigUse => {
    const { place } = wanted[at] as (typeof wanted)[number];
    return { name: need.name, place, state: present ? 'found' : 'absent', missingRequires: missing };
  });
  return { uses, cflags: found.cflags, libs: found.libs };
}

/** `-I/usr/include/x` of a library in a sysroot means a folder below it. */
function withSysroot(flag: string, sysroot: string): string {
  const match = /^(-[IL])(\/.*)$/.exec(flag);
  if (match === null || match[2]?.startsWith(`${sysroot}/`)) return flag;
  return `${match[1]}${sysroot}${match[2]}`;
}

/** Leaves out folders named before; the compilers' own folders are never named. */
function firstOfEach(flags: string[], folder: RegExp): string[] {
  const plain = flags.filter((flag) => !/^-(I\/usr\/include|L(\/usr)?\/lib)\/?$/.test(flag));
  return plain.filter((flag, at) => !folder.test(flag) || plain.indexOf(flag) === at);
}

/** Of a library named more than once the last counts, so that it stands behind all who need it. */
function lastOfLibraries(flags: string[]): string[] {
  return flags.filter((flag, at) => !flag.startsWith('-l') || flags.lastIndexOf(flag) === at);
}
