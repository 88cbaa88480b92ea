import { writeFileSync } from 'node:fs';
import { overruledVariables } from '../build/contradictions.ts';
import { decideKind } from '../build/decide.ts';
import { demandedTarget, plannedRemedies, plannedTags } from '../build/demands.ts';
import { ldflagsOf } from '../build/go-flags.ts';
import { compileObjects, type ObjectSource } from '../build/objects.ts';
import { makePlan } from '../build/plan.ts';
import { reproducible } from '../build/reproducible.ts';
import { shimLink } from '../build/shims.ts';
import type { Judged } from '../check/judge.ts';
import { readGoSettings } from '../graph/go-environment.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { hostArchitecture } from '../io/host-architecture.ts';
import { diskScratch } from '../io/scratch.ts';
import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Plan, PlannedRemedy } from '../model/plan.ts';
import type { Target, Toolchain } from '../model/target.ts';
import { noteLibraries } from '../recipe/noted.ts';
import { findToolchain, surveyToolchains } from '../toolchain/find.ts';
import { takenByLinker } from '../toolchain/linker-tries.ts';
import { staticPieWords } from '../toolchain/static-pie.ts';
import { compilerTarget } from '../toolchain/targets.ts';
import { compilerCommands } from '../toolchain/wrapper.ts';
import { productNoteSource } from '../verify/product-note.ts';
import { patchedModules } from './build-modules.ts';
import type { BuildOptions } from './build-options.ts';
import { overlayFor } from './build-overlay.ts';
import { type BegunSettings, beginSettings, plannedPrograms } from './build-settings.ts';
import { plannedLibraries } from './pkg-config-script.ts';
import { toolchainRequest } from './toolchain-request.ts';
import { version } from './version.ts';

type Environment = Record<string, string | undefined>;

/**
 * Plans the build, and prepares what the plan names: objects, scripts, headers and overlays in the user's cache. A
 * dry run does the same, so that what it prints can be run.
 */
export async function planBuild(
  options: BuildOptions,
  judged: Judged | null,
  environment: Environment,
  begun: BegunSettings = beginSettings(options, environment),
): Promise<Plan> {
  const { check } = options;
  const settings = readGoSettings(environment, disk);
  const cacheFolder = userCacheFolder(environment);
  const store = diskStore(cacheFolder);
  const target = judged && demandedTarget(judged);
  const tags = plannedTags(judged, check.tags);
  const programs =
    tags === check.tags
      ? await begun.programs
      : await plannedPrograms({ ...options, check: { ...check, tags } }, environment);
  const explicit = check.cgo === 'auto' ? settings.cgoEnabled : check.cgo === 'on';
  const verdicts = judged?.result.runs.map((run) => run.verdict) ?? [];
  const goflags = await begun.goflags;
  const pie = check.buildmode === 'pie' || goflags.some((word) => /^--?buildmode=pie$/.test(word));
  const { kind, reason } = decideKind({ verdicts, cgoEnabled: explicit, race: check.race, pie });
  const goarch = check.goarch ?? settings.goarch ?? target?.goarch ?? hostArchitecture();
  const toolchain = kind === 'pure' ? null : await chosenToolchain(target, options, goarch, environment);
  const tries = { store, processes: children, files: disk, scratch: diskScratch(), environment };
  const compilers = toolchain && compilerCommands(toolchain, store, await takenByLinker(toolchain, tries));
  const shims = toolchain && target ? shimLink(target.shims, goarch, toolchain) : { sources: [], flags: [] };
  const objects =
    toolchain && compilers && check.remedies
      ? await ownObjects(shims.sources, target?.libraries ?? [], toolchain, compilers.cc, environment)
      : [];
  const modules = target && (await patchedModules(target, check, settings, store, environment));
  const findings = judged?.result.findings ?? [];
  const vendored = modules?.overlay ?? new Map();
  const overlay =
    target && (target.gorootPatches.length > 0 || vendored.size > 0)
      ? await overlayFor(target, options, findings, vendored, goflags, store, environment)
      : { path: null, left: [] };
  const isLeft = ({ remedy }: PlannedRemedy) => remedy.kind === 'goroot-patch' && overlay.left.includes(remedy.patch);
  const wantedFlags = target?.cgoFlags ?? settings.cgoFlags;
  const given = {
    goWords: [...options.goWords.filter((word) => !/^-buildmode=default$/.test(word)), ...(modules?.words ?? [])],
    ldflags: [...ldflagsOf(goflags), ...options.ldflags],
    compilerFlags: [],
    notes: [],
  };
  const words = options.reproducible ? reproducible(given.goWords, given.ldflags, cacheFolder) : given;
  return makePlan({
    dir: check.dir,
    goWords: words.goWords,
    patterns: options.patterns,
    tags,
    programs,
    ldflags: words.ldflags,
    kind,
    reason,
    toolchain,
    // The three settings set CXX only where the toolchain has one.
    compilers: compilers && !check.remedies && !toolchain?.cxx ? { ...compilers, cxx: null } : compilers,
    toolchainChoice: check.toolchain,
    ownFlags: settings.cgoFlags,
    wantedFlags: {
      ...wantedFlags,
      cflags: [...wantedFlags.cflags, ...words.compilerFlags],
      cxxflags: [...wantedFlags.cxxflags, ...words.compilerFlags],
    },
    kernelHeadersDir: target?.kernelHeadersDir ?? null,
    ownHeadersDir: target?.ownHeadersDir ?? null,
    staticWords:
      toolchain && pie && check.remedies ? await staticPieWords(toolchain, environment, children, disk) : ['-static'],
    libraries: target && check.remedies ? plannedLibraries(target, store, environment) : null,
    objects: [...objects, ...shims.flags],
    overlay: overlay.path,
    environment: modules?.environment ?? {},
    remedies: judged ? plannedRemedies(judged).filter((one) => !isLeft(one)) : [],
    goarch: check.goarch,
    goToolchain: environment.GOTOOLCHAIN,
    verifies: !options.prints && check.buildmode !== 'c-archive',
    notes: [
      ...overruledVariables(environment, toolchain),
      ...(judged && (settings.flags.overlay ?? options.goWords.find((word) => word.startsWith('-overlay=')))
        ? ['what your -overlay puts in is built, and was not judged: the check looks at the disk']
        : []),
      ...words.notes,
      ...new Set(judged?.result.runs.flatMap((run) => run.notes ?? [])),
      ...overlay.left.map((name) => `the patch ${name} does not fit this Go and is left out: see gomusl patch-goroot`),
    ],
  });
}

async function chosenToolchain(
  target: Target | null,
  { check }: BuildOptions,
  goarch: string,
  environment: Environment,
): Promise<Toolchain> {
  compilerTarget(goarch);
  const request = toolchainRequest(goarch, environment);
  const toolchain = target?.toolchain ?? (await findToolchain(check.toolchain, request, children, disk));
  if (!toolchain) {
    const action = 'install musl-tools, put zig in PATH, or name a compiler with --toolchain';
    throw new Failure(exitCode.unfinished, 'no musl toolchain was found', `linux/${goarch}`, action);
  }
  return toolchain;
}

/**
 * Holds `--musl` against the toolchains that are there, before anything is judged for a musl that nothing here can
 * link. Throws a failure when none has it.
 */
export async function requireMusl({ check }: BuildOptions, environment: Environment): Promise<void> {
  const { musl } = check;
  if (!musl) return;
  const goarch = check.goarch ?? readGoSettings(environment, disk).goarch ?? hostArchitecture();
  const request = toolchainRequest(goarch, environment);
  const looked = await surveyToolchains(check.toolchain, request, children, disk);
  const found = looked.flatMap(({ toolchain }) => toolchain ?? []);
  if (found.some(({ libc }) => libc.version === musl.version && libc.flavor === musl.flavor)) return;
  const names = found.map(({ name, libc }) => `${name} has musl ${libc.version} (${libc.flavor})`);
  const what = 'no toolchain has the musl that --musl asks for';
  const where = names.length > 0 ? names.join(', ') : 'none was found';
  throw new Failure(exitCode.usage, what, where, 'name another with --toolchain, or leave out --musl');
}

/** The note by which the product proves its musl and names the libraries of recipes in it, and the shims. */
function ownObjects(
  shims: ObjectSource[],
  folders: string[],
  toolchain: Toolchain,
  cc: string[],
  environment: Environment,
): Promise<string[]> {
  const libraries = noteLibraries(folders, disk);
  const own = { toolchain: toolchain.name, flavor: toolchain.libc.flavor, gomusl: version };
  const facts = libraries === null ? own : { ...own, libraries };
  const sources = [{ name: 'note', text: productNoteSource(facts) }, ...shims];
  const store = diskStore(userCacheFolder(environment));
  const means = { toolchain, cc, store, processes: children, files: disk, environment, write: writeFileSync };
  return compileObjects(sources, means);
}
