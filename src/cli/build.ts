import { rmSync, writeFileSync } from 'node:fs';
import { decideKind } from '../build/decide.ts';
import { demandedTarget, plannedRemedies } from '../build/demands.ts';
import { ldflagsOf } from '../build/go-flags.ts';
import { compileObjects, type ObjectSource } from '../build/objects.ts';
import { makePlan } from '../build/plan.ts';
import { planText } from '../build/plan-text.ts';
import { notAsPromised, type Proof, prove, provenLine } from '../build/prove.ts';
import { shimLink } from '../build/shims.ts';
import type { Judged } from '../check/judge.ts';
import { readExecutable } from '../elf/executable.ts';
import { readGoSettings } from '../graph/go-environment.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { digestOf, diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import type { Target, Toolchain } from '../model/target.ts';
import { toText } from '../report/text.ts';
import { rules } from '../rules/index.generated.ts';
import { findToolchain } from '../toolchain/find.ts';
import { compilerCommands } from '../toolchain/wrapper.ts';
import { productNoteSource } from '../verify/product-note.ts';
import { verifyExecutables } from '../verify/verify-executables.ts';
import { type BuildOptions, buildHelp, readBuildOptions } from './build-options.ts';
import { overlayFor } from './build-overlay.ts';
import { plannedPrograms, readGoFlags } from './build-settings.ts';
import { emit, emitText } from './emit.ts';
import { runCheck } from './run-check.ts';
import { version } from './version.ts';

type Environment = Record<string, string | undefined>;

const say = (text: string) => process.stderr.write(`gomusl: ${text}\n`);

/** `gomusl build`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const options = readBuildOptions(words, process.cwd());
  if (options === null) {
    process.stdout.write(buildHelp);
    return exitCode.clean;
  }
  const environment = process.env;
  // Without remedies nothing is judged: the three settings are tried, and the result is proven all the same.
  const judged = options.check.remedies ? await runCheck(options.check, environment) : null;
  if (judged?.result.verdict === 'blocked') return refuse(judged.result, options);
  const plan = await planBuild(options, judged, environment);
  if (options.dryRun) {
    const json = `${JSON.stringify({ schemaVersion: 1, kind: 'plan', tool: { name: 'gomusl', version }, plan }, null, 2)}\n`;
    emitText(options.check.format === 'json' ? json : planText(plan), options.check.output);
    return exitCode.clean;
  }
  for (const note of plan.notes) say(note);
  const store = diskStore(userCacheFolder(environment));
  const warm = `zig-warm-${digestOf([plan.toolchain?.cc])}`;
  const isCold = plan.toolchain?.name === 'zig' && store.get(warm) === null;
  if (isCold) say('zig builds its own musl the first time, which takes a minute or two');
  const result = await children.run(plan.command, {
    cwd: plan.dir,
    env: { ...environment, ...plan.environment, PWD: plan.dir },
    stderr: 'inherit',
  });
  if (result.stdout !== '') process.stdout.write(result.stdout);
  if (result.code !== 0) {
    throw new Failure(exitCode.unfinished, 'go build failed', plan.dir, 'see what it said above');
  }
  if (isCold) store.put(warm, '');
  return finish(plan, judged, options);
}

/** Says what is in the way before any compiler starts. */
function refuse(result: Result, { check }: BuildOptions): number {
  if (check.format === 'json') emit({ ...result, kind: 'build' }, check);
  else process.stderr.write(toText(result));
  say('nothing was built: see above what is in the way');
  return exitCode.findings;
}

async function planBuild(options: BuildOptions, judged: Judged | null, environment: Environment): Promise<Plan> {
  const { check } = options;
  const settings = readGoSettings(environment, disk);
  const cacheFolder = userCacheFolder(environment);
  const store = diskStore(cacheFolder);
  const target = judged && demandedTarget(judged);
  const programs = await plannedPrograms(options, environment);
  const explicit = check.cgo === 'auto' ? settings.cgoEnabled : check.cgo === 'on';
  const verdicts = judged?.result.runs.map((run) => run.verdict) ?? [];
  const { kind, reason } = decideKind({ verdicts, cgoEnabled: explicit, race: check.race });
  const goarch = check.goarch ?? settings.goarch ?? target?.goarch ?? hostArchitecture();
  const toolchain = kind === 'pure' ? null : await chosenToolchain(target, options, goarch, environment);
  const compilers = toolchain && compilerCommands(toolchain, store);
  const shims = toolchain && target ? shimLink(target.shims, goarch, toolchain) : { sources: [], flags: [] };
  const objects =
    toolchain && compilers && check.remedies
      ? await ownObjects(shims.sources, toolchain, compilers.cc, environment)
      : [];
  const goflags = await readGoFlags(check.dir, environment);
  return makePlan({
    dir: check.dir,
    goWords: options.goWords.filter((word) => !/^-buildmode=default$/.test(word)),
    patterns: options.patterns,
    programs,
    ldflags: [...ldflagsOf(goflags), ...options.ldflags],
    kind,
    reason,
    toolchain,
    // The three settings set CXX only where the toolchain has one.
    compilers: compilers && !check.remedies && !toolchain?.cxx ? { ...compilers, cxx: null } : compilers,
    ownFlags: settings.cgoFlags,
    wantedFlags: target?.cgoFlags ?? settings.cgoFlags,
    kernelHeadersDir: target?.kernelHeadersDir ?? null,
    objects: [...objects, ...shims.flags],
    overlay:
      target && target.gorootPatches.length > 0 ? await overlayFor(target, options, goflags, store, environment) : null,
    remedies: judged ? plannedRemedies(judged) : [],
    goarch: check.goarch,
    goToolchain: environment.GOTOOLCHAIN,
    verifies: !options.prints && check.buildmode !== 'c-archive',
    notes: [],
  });
}

function hostArchitecture(): string {
  return { x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch;
}

async function chosenToolchain(
  target: Target | null,
  { check }: BuildOptions,
  goarch: string,
  environment: Environment,
): Promise<Toolchain> {
  const cacheFolder = userCacheFolder(environment);
  const request = { goarch, environment, cacheFolder, store: diskStore(cacheFolder), scratch: null, needsCxx: false };
  const toolchain = target?.toolchain ?? (await findToolchain(check.toolchain, request, children, disk));
  if (!toolchain) {
    const action = 'install musl-tools, put zig in PATH, or name a compiler with --toolchain';
    throw new Failure(exitCode.unfinished, 'no musl toolchain was found', `linux/${goarch}`, action);
  }
  const { libc } = toolchain;
  if (check.musl && (check.musl.version !== libc.version || check.musl.flavor !== libc.flavor)) {
    const what = `the toolchain has musl ${libc.version} (${libc.flavor}), not what --musl asks for`;
    throw new Failure(
      exitCode.usage,
      what,
      toolchain.cc.join(' '),
      'name another with --toolchain, or leave out --musl',
    );
  }
  return toolchain;
}

/** The note by which the product proves its musl, and the shims. */
function ownObjects(
  shims: ObjectSource[],
  toolchain: Toolchain,
  cc: string[],
  environment: Environment,
): Promise<string[]> {
  const facts = { toolchain: toolchain.name, flavor: toolchain.libc.flavor, gomusl: version };
  const sources = [{ name: 'note', text: productNoteSource(facts) }, ...shims];
  const store = diskStore(userCacheFolder(environment));
  const means = { toolchain, cc, store, processes: children, files: disk, environment, write: writeFileSync };
  return compileObjects(sources, means);
}

/** Proves every product; one that is not what was promised is removed. */
function finish(plan: Plan, judged: Judged | null, options: BuildOptions): number {
  const { check } = options;
  const written = plan.programs.filter((program) => program.output !== null);
  if (!plan.verifies || written.length === 0) {
    say(
      plan.verifies ? 'compiled; go build writes no executable for this, so there is nothing to prove' : 'not proven',
    );
    return exitCode.clean;
  }
  const proofs: Proof[] = [];
  for (const { output } of written) {
    const proof = prove(readExecutable(output ?? '', disk), plan);
    proofs.push(proof);
    if (proof.fault) rmSync(proof.view.path);
    else say(provenLine(proof, disk.size(proof.view.path) ?? 0));
  }
  if (check.format === 'json') {
    const verified = verifyExecutables(
      proofs.map(({ view }) => view),
      rules,
      version,
    );
    const findings = [...(judged?.result.findings ?? []), ...verified.findings];
    const runs = [...(judged?.result.runs ?? []), ...verified.runs];
    emit({ ...verified, kind: 'build', runs, findings }, check);
  }
  const faulty = proofs.find(({ fault }) => fault !== null);
  if (faulty) throw notAsPromised(faulty);
  return exitCode.clean;
}
