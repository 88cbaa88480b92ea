import { rmSync } from 'node:fs';
import { planText } from '../build/plan-text.ts';
import { notAsPromised, type Proof, prove, provenLine } from '../build/prove.ts';
import type { Judged } from '../check/judge.ts';
import { readExecutable } from '../elf/executable.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { digestOf, diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { toText } from '../report/text.ts';
import { rules } from '../rules/index.generated.ts';
import { verifyExecutables } from '../verify/verify-executables.ts';
import { type BuildOptions, buildHelp, readBuildOptions } from './build-options.ts';
import { emit, emitText } from './emit.ts';
import { planBuild, requireMusl } from './plan-build.ts';
import { runCheck } from './run-check.ts';
import { version } from './version.ts';

const say = (text: string) => process.stderr.write(`gomusl: ${text}\n`);

/** `gomusl build`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const options = readBuildOptions(words, process.cwd(), process.env);
  if (options === null) {
    process.stdout.write(buildHelp);
    return exitCode.clean;
  }
  const environment = process.env;
  await requireMusl(options, environment);
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
