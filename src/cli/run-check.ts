import { ownHeadersFolder } from '../build/own-headers.ts';
import { idleTags } from '../check/idle-tags.ts';
import { type Judged, judge } from '../check/judge.ts';
import { openSession } from '../check/session.ts';
import { type Confirmation, openConfirmation } from '../confirm/confirm.ts';
import { platforms } from '../go/platforms.generated.ts';
import type { GoEnvironment } from '../graph/load-request.ts';
import { bringsC, loadsIn } from '../graph/without-cgo.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { knownLibcs, openLibc } from '../libc/open.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { LibcRef, Target, Toolchain } from '../model/target.ts';
import { remedy } from '../remedies/fixpoint.ts';
import { rules } from '../rules/index.generated.ts';
import { surveyToolchains } from '../toolchain/find.ts';
import { kernelHeadersFolder } from '../toolchain/kernel-headers.ts';
import { compilerTarget, compilerTargets } from '../toolchain/targets.ts';
import { openBuiltLibraries } from './built-libraries.ts';
import type { CheckOptions } from './check-options.ts';
import { openFactsStore } from './facts-store.ts';
import { beginLoad, findGo, loadPackages } from './loading.ts';
import { findModulePatches } from './module-patching.ts';
import { ownStamp } from './own-stamp.ts';
import { requireSysroot } from './sysroot.ts';
import { toolchainRequest } from './toolchain-request.ts';
import { version } from './version.ts';
import { openViewStore } from './view-store.ts';

type Environment = Record<string, string | undefined>;

/** Toolchains that can serve, best first. A named one that is absent is a Failure; with `auto` there may be none. */
async function findToolchains(options: CheckOptions, goarch: string, environment: Environment): Promise<Toolchain[]> {
  const looked = await surveyToolchains(options.toolchain, toolchainRequest(goarch, environment), children, disk);
  const usable = looked.flatMap((one) => (one.toolchain ? [one.toolchain] : []));
  const failure = looked.find((one) => one.failure)?.failure;
  if (usable.length === 0 && options.toolchain !== 'auto' && failure) throw failure;
  return usable;
}

function sameLibc(a: LibcRef, b: LibcRef): boolean {
  return a.version === b.version && a.flavor === b.flavor;
}

/** The libc and the toolchain that the verdict is for, and what had to be assumed. */
function settle(
  options: CheckOptions,
  found: Toolchain[],
): { libc: LibcRef; toolchains: Toolchain[]; assumptions: string[] } {
  const name = (libc: LibcRef) => `musl ${libc.version}${libc.flavor === 'upstream' ? '' : ` (${libc.flavor})`}`;
  if (options.musl) {
    const asked = options.musl;
    const fitting = found.filter((one) => sameLibc(one.libc, asked));
    if (fitting.length > 0) return { libc: asked, toolchains: fitting, assumptions: [] };
    const other = found[0] ? `${found[0].name} here has ${name(found[0].libc)}` : 'no toolchain was found';
    return { libc: asked, toolchains: [], assumptions: [`${name(asked)}, by tables alone: ${other}`] };
  }
  if (found[0]) return { libc: found[0].libc, toolchains: found, assumptions: [] };
  const newest = knownLibcs()
    .filter((ref) => ref.flavor === 'upstream')
    .at(-1) as LibcRef;
  return { libc: newest, toolchains: [], assumptions: [`${name(newest)}, by tables alone: no toolchain was found`] };
}

/** What of the environment decides which flags cmd/go lets through: CGO_CFLAGS_ALLOW and its kin. */
function flagFilter(environment: Environment): Record<string, string> {
  const names = Object.keys(environment).filter((name) => /^CGO_[A-Z]+_(ALLOW|DISALLOW)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, environment[name] ?? '']));
}

function targetOf(
  options: CheckOptions,
  environment: Environment,
  go: GoEnvironment,
  libc: LibcRef,
  toolchain: Toolchain | null,
): Target {
  const cgo = options.cgo === 'auto' ? go.cgoEnabled !== false : options.cgo === 'on';
  return {
    goos: 'linux',
    goarch: options.goarch ?? go.goarch,
    goVersion: go.goVersion,
    tags: options.tags ?? go.flags.tags,
    cgo,
    buildmode: options.buildmode,
    race: options.race || go.flags.race,
    libc,
    toolchain,
    cgoFlags: go.cgoFlags,
    kernelHeadersDir: null,
    shims: [],
    gorootPatches: [],
    sysroot: options.sysroot,
    pkgConfigPath: [environment.PKG_CONFIG_PATH, environment.PKG_CONFIG_LIBDIR]
      .flatMap((folders) => (folders ?? '').split(':'))
      .filter((folder) => folder !== ''),
    cgoFilter: flagFilter(environment),
  };
}

/** Compiles what reading leaves undecided; null where nobody asked for it. */
function confirmationFor({ confirm }: CheckOptions, environment: Environment): Confirmation | null {
  if (!confirm) return null;
  const means = { processes: children, files: disk, scratch: diskScratch(), environment };
  return openConfirmation(means, () => performance.now());
}

/** What was judged, and by which Go. */
export interface CheckRun extends Judged {
  go: GoEnvironment;
}

/** What `gomusl lib add` has to be told to build for the toolchain that was asked for. */
function libraryFlags({ toolchain, goarch }: CheckOptions): string[] {
  return [...(toolchain === 'auto' ? [] : ['--toolchain', toolchain]), ...(goarch ? ['--goarch', goarch] : [])];
}

/** Throws a usage Failure for what Go does not know: `go list` takes any word. */
function requireArchitecture(goarch: string): void {
  if (platforms.arch.includes(goarch)) return;
  const known = Object.keys(compilerTargets()).join(', ');
  throw new Failure(exitCode.usage, 'Go has no such architecture', goarch, `use one of ${known}`);
}

/** Runs the whole check for the options and the environment of the person who asks. */
export async function runCheck(options: CheckOptions, environment: Environment): Promise<CheckRun> {
  const started = performance.now();
  const begun = beginLoad(options, environment);
  const go = await findGo(options, environment);
  const goarch = options.goarch ?? go.goarch;
  requireArchitecture(goarch);
  const found = await findToolchains(options, goarch, environment);
  const { libc, toolchains, assumptions } = settle(options, found);
  requireSysroot(options.sysroot, goarch, disk);
  const target = targetOf(options, environment, go, libc, toolchains[0] ?? null);
  const selected = ({ goarch, tags, cgo, race }: Target) => JSON.stringify([goarch, tags, cgo, race]);
  const loadGraph = async (wanted: Target) => {
    const isFirst = selected(wanted) === selected(target);
    const graph = await loadPackages(options, environment, wanted, go, isFirst ? begun : null);
    // Will most likely be asked for: `go list` runs while the files are searched here.
    if (isFirst && target.cgo && !bringsC(graph)) session.graph({ ...target, cgo: false }).catch(() => undefined);
    return graph;
  };
  const findPatches = findModulePatches(options.allow.includes('module-patches'));
  const confirmation = confirmationFor(options, environment);
  if (confirmation && !target.toolchain)
    assumptions.push('--confirm: no compiler was asked, for no toolchain was found');
  const confirm = confirmation?.confirm;
  const stamp = ownStamp();
  const store = diskStore(userCacheFolder(environment));
  const session = openSession({
    files: disk,
    loadGraph,
    openLibc,
    goroot: go.goroot,
    findPatches,
    ...(confirm && { confirm }),
    ...(stamp !== null && {
      facts: openFactsStore(store, stamp, go.modCache, options.dir, disk),
      views: openViewStore(store, stamp),
    }),
  });
  const kernelHeadersDir = kernelHeadersFolder(target, environment, disk);
  const libraries = openBuiltLibraries(userCacheFolder(environment), libraryFlags(options), kernelHeadersDir);
  const means = {
    library: libraries.library,
    kernelHeadersDir,
    ownHeaders: () => ownHeadersFolder(diskStore(userCacheFolder(environment))),
    alternatives: options.toolchain === 'auto' ? toolchains.slice(1) : [],
    files: disk,
    takesTags: options.allow.includes('tags'),
  };
  const judged = await judge({
    target,
    session,
    rules,
    openLibc,
    seekRemedies: options.remedies ? (from, plain, again) => remedy(from, plain, means, again) : null,
    loadsWithoutCgo: async (program) =>
      !target.cgo || loadsIn(await session.graph({ ...target, cgo: false }), program, await session.graph(target)),
    completeRemedies: libraries.complete,
    assumptions,
    notesOn: (graph) =>
      idleTags(target.tags, graph, disk).map(
        (tag) => `The tag ${tag} selects nothing: no file and no #cgo line of any package depends on it.`,
      ),
    toolVersion: version,
  });
  // What needs C needs a musl toolchain, and Go has cgo for no other architecture.
  if (judged.result.runs.some(({ verdict }) => verdict !== 'pure')) compilerTarget(goarch);
  if (options.stats) {
    const took = (milliseconds: number) => `${Math.round(milliseconds)} ms`;
    process.stderr.write(`gomusl: check took ${took(performance.now() - started)}\n`);
    const { compilations, milliseconds } = confirmation?.spent ?? { compilations: 0, milliseconds: 0 };
    if (confirmation) process.stderr.write(`gomusl: compiled ${compilations} times, ${took(milliseconds)}\n`);
  }
  const { given } = options;
  const isGiven = given.flags.length > 0 || given.packages.length > 0;
  return { ...judged, result: isGiven ? { ...judged.result, given } : judged.result, go };
}
