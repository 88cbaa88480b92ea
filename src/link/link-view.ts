import { emptyObject } from '../elf/object.ts';
import type { Files } from '../io/files.ts';
import type { Libc } from '../libc/libc.ts';
import type { GraphPackage, PackageGraph, Program } from '../model/package-graph.ts';
import type { Limit } from '../model/result.ts';
import type { Target } from '../model/target.ts';
import type { CompileView, LinkProblem, LinkView, LinkWord, SymbolUse, UndefinedSymbol } from '../model/view.ts';
import { callsOfCompiler, wordsOfDriver } from './compiler-flags.ts';
import { cxxReferences } from './cxx-names.ts';
import { type Inputs, inputsOf } from './inputs.ts';
import { readLine } from './line.ts';
import { asLinked, bareObject, type LinkInput, objectProblem, type Refuse } from './link-inputs.ts';
import { linkWords } from './link-words.ts';
import { openSteps } from './open-steps.ts';
import { ownCode } from './own-code.ts';
import { packageOrder } from './package-order.ts';
import { printedName, type Spelling } from './printed-name.ts';
import { alwaysProvided, driverProvides } from './providers.ts';
import {
  allSections,
  resolveAnyOrder,
  resolveInOrder,
  type Unanswered,
  unansweredInAll,
  unansweredInUsed,
  usedSections,
} from './resolve.ts';
import { type Loaded, SymbolTable } from './symbol-table.ts';

/**
 * What the linker pulls into one program, and where it stops: the line that cmd/link passes with -linkmode external and
 * -extldflags -static, resolved as the target's linker resolves it. Nothing is run; inputs are read from the disk.
 */
export function linkView(
  program: Program,
  graph: PackageGraph,
  compiled: Record<string, CompileView>,
  target: Target,
  files: Files,
  libc: Libc,
): LinkView {
  const packages = packageOrder(program, graph, compiled);
  const cxx = cxxPackage(packages);
  const view: LinkView = {
    program,
    target,
    packages: graph.packages,
    compiled,
    words: [],
    pulled: [],
    undefined: [],
    uses: [],
    ifuncs: [],
    problems: [],
    cxx,
    incomplete: graph.errors.length > 0,
    limits: [],
  };
  // Of std, the objects that Go brings built: boringcrypto's and the race detector's.
  const own = packages.filter((pkg) => !pkg.standard || pkg.sysoFiles.length > 0);
  if (!target.cgo || !own.some((pkg) => pkg.cgoFiles.length > 0 || pkg.sysoFiles.length > 0)) return view;
  view.words = linkWords(packages, compiled, target);
  // cmd/go would link with the host's g++ and glibc: another link than this one.
  if (cxx !== null && target.toolchain !== null && target.toolchain.cxx === null) return view;
  new Link(view, own, files, libc).run();
  return view;
}

/** cmd/go links with the C++ compiler as soon as one package has C++ sources (cmd/go/internal/work/gc.go, ld). */
function cxxPackage(packages: GraphPackage[]): LinkView['cxx'] {
  const found = packages.find((pkg) => pkg.cxxFiles.length > 0 && pkg.cgoFiles.length > 0);
  return found === undefined ? null : { package: found.importPath, file: found.cxxFiles[0] ?? '' };
}

/** One link, from its words to what is left undefined. */
class Link {
  readonly #view: LinkView;
  readonly #packages: GraphPackage[];
  readonly #files: Files;
  readonly #libc: Libc;
  readonly #inputs: Inputs;

  constructor(view: LinkView, packages: GraphPackage[], files: Files, libc: Libc) {
    this.#view = view;
    this.#packages = packages;
    this.#files = files;
    this.#libc = libc;
    this.#inputs = inputsOf(files);
  }

  run(): void {
    const view = this.#view;
    const { target } = view;
    const driver = wordsOfDriver(view.words, target, this.#refuse);
    const line = readLine([...view.words, ...libraryWords(target), ...driver]);
    const isDirectory = (path: string) => this.#files.isDirectory(path);
    const inLibc = (name: string) => name === 'c' || this.#libc.library(name) === 'empty';
    const opened = openSteps(line, { target, inputs: this.#inputs, isDirectory, inLibc, refuse: this.#refuse });
    const { inputs, parts } = opened;
    for (const { reason, package: owner } of opened.limits) this.#limit(reason, owner, null);
    if (view.cxx !== null) Object.assign(parts, { cxx: true, unwind: true });
    const table = new SymbolTable(alwaysProvided(target), line.wrapped);
    for (const symbol of line.defined) table.provide(symbol);
    const objects = this.#packages.flatMap((pkg) => this.#objectsOf(pkg, inputs));
    for (const { symbol, word } of line.wanted) {
      table.need(symbol, bareObject({ ...emptyObject('elf'), type: 'relocatable' }, '', '', word.package));
    }
    const { before, after } = this.#driverInputs();
    const all = [...before, ...objects, ...inputs, ...after];
    const lld = target.toolchain?.linker.name === 'lld';
    (lld ? resolveAnyOrder : resolveInOrder)(table, all, target, this.#refuse);
    if (before.length + after.length === 0) {
      const provides = driverProvides(target, this.#libc, parts);
      for (const symbol of [...table.wanted.keys()]) if (provides(symbol)) table.provide(symbol);
    }
    this.#report(table, line.undefinedAllowed, line.multipleAllowed, lld && this.#dropsUnused(line.optimised));
    // A file without a byte does no harm by itself: it is told where something is missing.
    for (const { path, step } of view.undefined.length > 0 ? opened.empty : []) {
      this.#refuse({ kind: 'malformed', file: path, detail: 'the file is empty' }, step.word);
    }
  }

  #definesUnread(path: string): boolean {
    const units = this.#view.compiled[path]?.units ?? [];
    return (this.#view.packages[path]?.cxxFiles.length ?? 0) > 0 || units.some(({ unread }) => unread !== null);
  }

  #dropsUnused(optimised: boolean): boolean {
    return (this.#view.target.toolchain?.linker.dropsUnusedSections ?? false) && optimised;
  }

  readonly #refuse: Refuse = (problem, word, shown) => {
    const found: LinkProblem = {
      ...problem,
      word: shown ?? word?.word ?? '',
      package: word?.package ?? '',
      place: word?.place ?? null,
    };
    // A line names the same library again and again; told once, where it stands first.
    const known = this.#view.problems.some(
      ({ kind, word: told, file, detail }) =>
        kind === found.kind && told === found.word && file === found.file && detail === found.detail,
    );
    if (!known) this.#view.problems.push(found);
  };

  #limit(reason: string, owner: string, file: string | null): void {
    this.#view.incomplete = true;
    this.#view.limits.push({ reason, package: owner === '' ? null : owner, file } satisfies Limit);
  }

  /** A package's own objects, as Go hands them to the linker: its cgo and C code, then its .syso files. */
  #objectsOf(pkg: GraphPackage, inputs: LinkInput[]): LinkInput[] {
    const objects: LinkInput[] = [];
    if (pkg.cgoFiles.length > 0) {
      const compiled = this.#view.compiled[pkg.importPath];
      const code = ownCode(pkg, compiled, this.#files, [
        ...cxxReferences(compiled?.units ?? [], inputs),
        ...callsOfCompiler(compiled, this.#view.words, this.#view.target),
      ]);
      for (const { reason, file } of code.limits) this.#limit(reason, pkg.importPath, file);
      objects.push({ kind: 'object', loaded: bareObject(code.facts, '', '', pkg.importPath) });
    }
    for (const name of pkg.sysoFiles) {
      const path = `${pkg.dir}/${name}`;
      const word: LinkWord = { word: name, package: pkg.importPath, place: null };
      const found = this.#inputs.open(path);
      const owner = pkg.importPath;
      if (found.kind === 'script') {
        this.#refuse({ kind: 'not-elf', file: path, detail: 'it is text' }, word);
      } else if (found.kind === 'archive') {
        objects.push({ ...found, whole: false, package: owner, word, taken: new Set() });
      } else if (found.kind === 'object' && found.facts.format !== 'empty') {
        const { target } = this.#view;
        const problem = objectProblem(found.facts, target);
        if (problem !== null) this.#refuse({ ...problem, file: path }, word);
        else objects.push({ kind: 'object', loaded: bareObject(asLinked(found.facts, target), path, '', owner) });
      }
    }
    return objects;
  }

  /** What the driver puts around the program's own inputs; its archives are one group. */
  #driverInputs(): { before: LinkInput[]; after: LinkInput[] } {
    const before: LinkInput[] = [];
    const after: LinkInput[] = [{ kind: 'group-start' }];
    for (const path of this.#view.target.toolchain?.driverInputs ?? []) {
      const found = this.#inputs.open(path);
      if (found.kind === 'archive') {
        after.push({
          kind: 'archive',
          archive: found.archive,
          whole: false,
          package: '',
          word: null,
          taken: new Set(),
        });
      } else if (found.kind === 'object') {
        before.push({ kind: 'object', loaded: bareObject(found.facts, path, '', '') });
      }
    }
    after.push({ kind: 'group-end' });
    return after.length === 2 ? { before: [], after: [] } : { before, after };
  }

  /** Needs of the program's own objects that something outside them answers, and the IFUNC symbols of all that it links. */
  #reportUses(table: SymbolTable, dropped: boolean): void {
    const told = new Set<string>();
    const tell = (list: SymbolUse[], symbol: string, { package: path, file, member }: Loaded) => {
      const key = `${list === this.#view.uses}\0${symbol}\0${path}`;
      if (told.has(key)) return;
      told.add(key);
      list.push({ symbol, package: path, file, member });
    };
    for (const { loaded, section } of dropped ? usedSections(table) : allSections(table)) {
      if (!isOwn(loaded)) continue;
      for (const name of section.refersTo.symbols) {
        const symbol = table.target(name);
        const definition = table.definition(symbol);
        if (definition === undefined) continue;
        if (definition.by === null || !isOwn(definition.by)) {
          if (loaded.file !== '') tell(this.#view.uses, symbol, loaded);
        } else if (definition.by.facts.symbols.some((one) => one.name === symbol && one.kind === 'ifunc')) {
          tell(this.#view.ifuncs, symbol, definition.by);
        }
      }
      for (const name of section.refersTo.ifuncs ?? []) tell(this.#view.ifuncs, name, loaded);
    }
  }

  #report(table: SymbolTable, undefinedAllowed: boolean, multipleAllowed: boolean, dropped: boolean): void {
    const view = this.#view;
    for (const loaded of table.loaded) {
      if (loaded.file === '' || loaded.package === '') continue;
      const { pulledFor } = loaded;
      view.pulled.push({
        file: loaded.file,
        member: loaded.member,
        package: loaded.package,
        for: pulledFor?.symbol ?? '',
        by: pulledFor === null ? '' : ownerOf(pulledFor.by),
      });
      for (const reason of loaded.facts.limits) {
        const member = loaded.member === '' ? '' : `(${loaded.member})`;
        this.#limit(`${reason.replace(/\.$/, '')} (${base(loaded.file)}${member}).`, loaded.package, null);
      }
    }
    this.#reportUses(table, dropped);
    for (const { symbol, first, second } of multipleAllowed ? [] : table.duplicates) {
      if (first.file === '' || second.file === '') continue;
      const word: LinkWord = { word: symbol, package: owningPackage(second), place: null };
      const detail = `${shown(first)} and ${shown(second)} define it`;
      this.#refuse({ kind: 'duplicate-definition', file: second.file, detail }, word);
    }
    // Both linkers stop before they resolve when an input is not there or no good, or when a flag is refused.
    const stopped = view.problems.some(({ kind }) => kind !== 'duplicate-definition');
    // What bitcode on the line defines is not read: it may be what is missing.
    const opaque = table.loaded.some(({ facts, member }) => facts.format === 'bitcode' && member === '');
    if (undefinedAllowed || stopped || opaque) return;
    const told = new Map<string, UndefinedSymbol>();
    for (const unanswered of dropped ? unansweredInUsed(table) : unansweredInAll(table)) {
      const entry = undefinedSymbol(unanswered, view.target.toolchain?.linker.name === 'lld' ? 'llvm' : 'gnu');
      // C++ files are not read for what they define, nor are files to their end beyond the limit: what the package itself
      // names may well be in one of them.
      if (entry.file === '' && this.#definesUnread(entry.package)) continue;
      entry.undecided = entry.file === '' && calledImplicitly(view.compiled[entry.package], entry.symbol);
      const key = `${entry.symbol}\0${entry.package}`;
      if (told.get(key)?.undecided !== false) told.set(key, entry);
    }
    view.undefined = [...told.values()];
  }
}

/** Whether the program brought it, as code or as a file, and not the driver. */
function isOwn(loaded: Loaded): boolean {
  return loaded.package !== '';
}

/** Libraries of a sysroot and of recipes stand behind all others. */
function libraryWords({ sysroot, libraries = [] }: Target): LinkWord[] {
  const own = sysroot === null ? [] : [`${sysroot}/lib`, `${sysroot}/usr/lib`];
  const folders = [...own, ...libraries.map((folder) => `${folder}/lib`)];
  return folders.map((folder) => ({ word: `-L${folder}`, package: '', place: null }));
}

function undefinedSymbol({ symbol, by }: Unanswered, spelling: Spelling): UndefinedSymbol {
  const path = [symbol];
  for (let at = by; at.pulledFor !== null && path.length < 32; at = at.pulledFor.by) path.unshift(at.pulledFor.symbol);
  return {
    symbol,
    printed: printedName(symbol, spelling),
    package: owningPackage(by),
    file: by.file,
    member: by.member,
    undecided: false,
    path,
  };
}

/** Whether the package's units name a symbol only in calls without a declaration. */
function calledImplicitly(compiled: CompileView | undefined, symbol: string): boolean {
  const naming = (compiled?.units ?? []).filter((unit) => unit.references?.includes(symbol));
  return naming.length > 0 && naming.every((unit) => unit.implicitCalls.includes(symbol));
}

/** The package that brought an object; for one of the driver's, the package for whose sake it was pulled. */
function owningPackage(loaded: Loaded): string {
  let at = loaded;
  while (at.package === '' && at.pulledFor !== null) at = at.pulledFor.by;
  return at.package;
}

function ownerOf(loaded: Loaded): string {
  return loaded.file === '' ? loaded.package : shown(loaded);
}

function shown(loaded: Loaded): string {
  return `${base(loaded.file)}${loaded.member === '' ? '' : `(${loaded.member})`}`;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
