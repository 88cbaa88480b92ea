import type { Diagnostic } from '../buildlog/diagnostic.ts';
import { reachedUnits, unreadLimit } from '../compile/compile-view.ts';
import { refusedFlags } from '../compile/flag-filter.ts';
import { ownersFor, rootOf } from '../compile/owner.ts';
import { directivesFor, type PackageWords, packageWords } from '../compile/package-flags.ts';
import { lookUpPackages } from '../compile/pkg-config.ts';
import { parseGoVersion } from '../gomod/go-version.ts';
import type { PackageFacts } from '../model/facts.ts';
import type { PackageGraph } from '../model/package-graph.ts';
import type { Place } from '../model/place.ts';
import type { CompileView, Unit } from '../model/view.ts';
import { type Compiled, type CompilerMeans, compileOnce } from './compiler-run.ts';
import { calledNames, openNames, questionsFor, takenNames } from './questions.ts';
import { accepted, refused, undeclared } from './settle.ts';
import { undecidedUnits } from './undecided.ts';

/** Milliseconds that one unit may take: the largest amalgamations known take 60 s. */
const longestUnit = 120_000;
/** Milliseconds that all units of a session may take; what comes after stays undecided. */
const longestAll = 600_000;

/** Asks a compiler about what reading left undecided. */
export interface Confirmation {
  /** The view with what the compiler says in place; `unanswered` are units that it could not be asked about, and why. */
  confirm(
    view: CompileView,
    facts: PackageFacts,
    graph: PackageGraph,
  ): Promise<{ view: CompileView; unanswered: string[] }>;
  /** Compilations so far, and the milliseconds that they took. */
  spent: { compilations: number; milliseconds: number };
}

/** A confirmation with the compiler of each view's target. `now` gives milliseconds. */
export function openConfirmation(means: CompilerMeans, now: () => number): Confirmation {
  const spent = { compilations: 0, milliseconds: 0 };
  const run = async (words: string[], dir: string, input: { file: string } | { text: string }): Promise<Compiled> => {
    const timeout = Math.min(longestUnit, longestAll - spent.milliseconds);
    if (timeout <= 0) return null;
    const begin = now();
    const compiled = await compileOnce({ words, dir, input, timeout }, means);
    spent.compilations++;
    spent.milliseconds += now() - begin;
    return compiled;
  };
  return {
    spent,
    async confirm(view, facts, graph) {
      const open = undecidedUnits(view);
      if (open.length === 0 || view.target.toolchain === null) return { view, unanswered: [] };
      const asking = new Asking(view, facts, graph, means, run);
      return asking.whole(open);
    },
  };
}

type Run = (words: string[], dir: string, input: { file: string } | { text: string }) => Promise<Compiled>;

/** One package and its compiler. */
class Asking {
  readonly #view: CompileView;
  readonly #facts: PackageFacts;
  readonly #graph: PackageGraph;
  readonly #words: PackageWords;
  readonly #run: Run;
  /** Whether a flag passes only by leave of CGO_CFLAGS_ALLOW or the like: such a flag may load code. */
  readonly #allowed: boolean;

  constructor(view: CompileView, facts: PackageFacts, graph: PackageGraph, means: CompilerMeans, run: Run) {
    const { package: pkg, target } = view;
    this.#view = view;
    this.#facts = facts;
    this.#graph = graph;
    this.#run = run;
    const { cflags } = lookUpPackages(directivesFor(facts, target), target, means.files);
    this.#words = packageWords(pkg, target, cflags);
    const filter = { version: parseGoVersion(target.goVersion), environment: {} };
    const own = {
      CFLAGS: [...pkg.cgoFlags.cflags, ...cflags],
      CPPFLAGS: pkg.cgoFlags.cppflags,
      CXXFLAGS: pkg.cgoFlags.cxxflags,
    };
    this.#allowed = Object.entries(own).some(([variable, words]) => refusedFlags(words, variable, filter).size > 0);
  }

  /** Asks about each unit in turn, up to the first that the compiler refuses: the build ends there. */
  async whole(open: Unit[]): Promise<{ view: CompileView; unanswered: string[] }> {
    const settled = new Map<Unit, Unit>();
    const unanswered: string[] = [];
    let ended: Unit['kind'] | null = null;
    for (const unit of open) {
      // cgo reads the preambles side by side; C files come after it, one by one.
      if (ended !== null && !(ended === 'preamble' && unit.kind === 'preamble')) break;
      const why = this.#obstacle(unit);
      const answer = why === null ? await this.#ask(unit) : null;
      if (answer === null) unanswered.push(`--confirm: ${why ?? 'the compiler gave no answer'}: ${unit.file}`);
      else settled.set(unit, answer.unit);
      if (answer?.fails) ended = unit.kind;
    }
    const { units, limits, package: pkg, pkgConfig, flags } = this.#view;
    const answered = [...settled].flatMap(([{ unread, file }]) =>
      unread === null ? [] : unreadLimit(unread, file, pkg),
    );
    const view = {
      ...this.#view,
      units: reachedUnits(
        units.map((unit) => settled.get(unit) ?? unit),
        pkgConfig,
        flags,
      ),
      limits: limits.filter(({ reason, file }) => !answered.some((one) => one.reason === reason && one.file === file)),
    };
    return { view, unanswered };
  }

  /** Why a unit is not given to the compiler; null when it is. */
  #obstacle(unit: Unit): string | null {
    if (this.#allowed) return 'a flag that only CGO_*_ALLOW lets pass could run code, so it was not compiled';
    if (unit.kind === 'cxx' && this.#view.target.toolchain?.cxx === null) return 'there is no C++ compiler for musl';
    // Its text depends on the types of Go functions.
    if (unit.includes.some(({ header }) => header === '_cgo_export.h')) return 'it includes what only cgo writes';
    return null;
  }

  async #ask(unit: Unit): Promise<{ unit: Unit; fails: boolean } | null> {
    if (unit.kind === 'preamble') return this.#askPreamble(unit);
    const { dir } = this.#view.package;
    const root = `${rootOf(this.#view.package, this.#graph)}/`;
    // With `./` before it no name is taken for an option.
    const file = `./${`${root}${unit.file}`.slice(dir.length + 1)}`;
    const compiled = await this.#run(this.#command(unit.kind), dir, { file });
    if (compiled === null) return null;
    if ('object' in compiled) return { unit: accepted(unit, compiled.object, []), fails: false };
    return { unit: refused(unit, compiled.errors, (error) => this.#place(error)), fails: true };
  }

  async #askPreamble(unit: Unit): Promise<{ unit: Unit; fails: boolean } | null> {
    const facts = this.#facts.go.find(({ path }) => path === unit.file);
    if (facts === undefined) return null;
    const called = calledNames(facts);
    const asked = openNames(unit);
    const { dir } = this.#view.package;
    const first = questionsFor(facts, called, asked);
    let compiled = await this.#run(this.#command('preamble'), dir, { text: first.text });
    if (compiled !== null && 'errors' in compiled) {
      const { errors } = compiled;
      const own = errors.filter((error) => first.nameAt(error) === null);
      const placeOf = (error: Diagnostic) =>
        error.line === null ? null : (first.placeOf(error.line, error.column ?? 1) ?? null);
      if (own.length > 0) {
        return { unit: refused(unit, own, (error) => this.#place(error) ?? placeOf(error)), fails: true };
      }
      // The rest are names of types and macros, or of nothing.
      const wrong = new Set(errors.map(first.nameAt));
      const nothing = asked.filter((name) => wrong.has(name));
      if (nothing.length > 0) return { unit: undeclared(unit, nothing), fails: true };
      const second = questionsFor(
        facts,
        called.filter((name) => !wrong.has(name)),
        asked,
      );
      compiled = await this.#run(this.#command('preamble'), dir, { text: second.text });
    }
    if (compiled === null || !('object' in compiled)) return null;
    return { unit: accepted(unit, compiled.object, takenNames(facts, unit)), fails: false };
  }

  /** As cmd/go 1.26 starts the compiler (internal/work/exec.go, ccompilerCmd), with messages that can be read. */
  #command(kind: Unit['kind']): string[] {
    const { target } = this.#view;
    const { toolchain, kernelHeadersDir, ownHeadersDir, sysroot } = target;
    const driver = (kind === 'cxx' ? toolchain?.cxx : toolchain?.cc) ?? [];
    return [
      ...driver,
      ...['-fPIC', '-pthread', '-fmessage-length=0'],
      ...(toolchain?.compiler.family === 'clang' ? ['-ferror-limit=0'] : ['-ftrack-macro-expansion=0']),
      ...(kind === 'cxx' ? this.#words.cxx : this.#words.c),
      ...(sysroot === null ? [] : ['-I', `${sysroot}/include`, '-I', `${sysroot}/usr/include`]),
      ...(ownHeadersDir === undefined ? [] : ['-idirafter', ownHeadersDir]),
      ...(kernelHeadersDir === null ? [] : ['-idirafter', kernelHeadersDir]),
    ];
  }

  /** The place of an error in a file of the package's module; null elsewhere. */
  #place({ file, line, column }: Diagnostic): Place | null {
    if (file === null || line === null) return null;
    const { package: pkg } = this.#view;
    const path = file.startsWith('/') ? file : `${pkg.dir}/${file}`;
    const owner = ownersFor(pkg, this.#graph)(path);
    return owner.module !== null || owner.file.startsWith('/') ? null : { file: owner.file, line, column: column ?? 1 };
  }
}
