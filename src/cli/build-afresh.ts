import { isDeepStrictEqual } from 'node:util';
import { planText } from '../build/plan-text.ts';
import type { Store } from '../io/store.ts';
import { exitCode } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { toText } from '../report/text.ts';
import { type BuildOptions, buildHelp, readBuildOptions } from './build-options.ts';
import { beginSettings } from './build-settings.ts';
import { carryOut } from './carry-out.ts';
import { emit, emitText } from './emit.ts';
import type { BuildBeside } from './go-build.ts';
import { planBuild, requireMusl } from './plan-build.ts';
import type { PlanMemory } from './plan-memory.ts';
import { proveProducts } from './prove-products.ts';
import { runCheck } from './run-check.ts';
import { version } from './version.ts';

type Environment = Record<string, string | undefined>;

/** A `gomusl build` that looks at all there is; `beside` is a run of a plan that is only guessed. Returns the exit code. */
export async function buildAfresh(
  words: string[],
  memory: PlanMemory,
  store: Store,
  beside: BuildBeside | null,
): Promise<number> {
  const environment = process.env;
  try {
    memory.record();
    const options = readBuildOptions(words, process.cwd(), environment);
    if (options === null) {
      process.stdout.write(buildHelp);
      return exitCode.clean;
    }
    const { plan, result } = await judgeAndPlan(options, environment, memory);
    const holds = beside !== null && plan !== null && samePlan(plan, beside);
    if (!holds) await beside?.cancel();
    if (plan === null) return result ? refuse(result, options) : exitCode.unfinished;
    if (options.dryRun) {
      tellPlan(plan, options);
      return exitCode.clean;
    }
    const { check } = options;
    await carryOut(plan, {
      environment,
      store,
      begun: holds ? beside.finish : null,
      findings: result?.findings ?? [],
      whenFailed: async (log) => {
        if (check.format === 'json') emit((await import('./failed-build.ts')).failedBuild(result, log), check);
      },
    });
    memory.prove(await proveProducts(plan, result, options.check));
    if (options.stats) await (await import('./build-stats.ts')).tellStats(plan, environment);
    return exitCode.clean;
  } catch (error) {
    await beside?.cancel();
    throw error;
  }
}

/** The plan is null where a person must act first. */
async function judgeAndPlan(
  options: BuildOptions,
  environment: Environment,
  memory: PlanMemory,
): Promise<{ plan: Plan | null; result: Result | null }> {
  await requireMusl(options, environment);
  const begun = beginSettings(options, environment);
  // Without remedies nothing is judged: the three settings are tried, and the result is proven all the same.
  const judged = options.check.remedies ? await runCheck(options.check, environment) : null;
  const result = judged?.result ?? null;
  if (result?.verdict === 'blocked') return { plan: null, result };
  const plan = await planBuild(options, judged, environment, begun);
  if (judged) await memory.keep(plan, judged.go);
  return { plan, result };
}

/** Which finding asks for a remedy does not change what is run. */
function samePlan(plan: Plan, { plan: other }: BuildBeside): boolean {
  return isDeepStrictEqual({ ...plan, remedies: [] }, { ...other, remedies: [] });
}

function tellPlan(plan: Plan, { check }: BuildOptions): void {
  const json = { schemaVersion: 1, kind: 'plan', tool: { name: 'gomusl', version }, plan };
  emitText(check.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : planText(plan), check.output);
}

/** Says what is in the way before any compiler starts. */
function refuse(result: Result, { check }: BuildOptions): number {
  if (check.format === 'json') emit({ ...result, kind: 'build' }, check);
  else process.stderr.write(toText(result));
  process.stderr.write('gomusl: nothing was built: see above what is in the way\n');
  return exitCode.findings;
}
