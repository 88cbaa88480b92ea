import type { ProcessResult } from '../io/processes.ts';
import { digestOf, type Store } from '../io/store.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { goBuild } from './go-build.ts';

const say = (text: string) => process.stderr.write(`gomusl: ${text}\n`);

/** How a plan is carried out. */
export interface Carrying {
  environment: Record<string, string | undefined>;
  store: Store;
  /** A run of it that has begun already. */
  begun: (() => Promise<ProcessResult>) | null;
  /** What the check says. */
  findings: Finding[];
  /** Called with the log of a `go build` that failed. */
  whenFailed?: (log: string) => Promise<void>;
}

/** Carries the plan out. When `go build` fails, its log is explained, and a Failure is thrown. */
export async function carryOut(plan: Plan, carrying: Carrying): Promise<void> {
  const { environment, store, begun, findings, whenFailed } = carrying;
  for (const note of plan.notes) say(note);
  const warm = `zig-warm-${digestOf([plan.toolchain?.cc])}`;
  const isCold = plan.toolchain?.name === 'zig' && store.get(warm) === null;
  if (isCold) say('zig builds its own musl the first time, which takes a minute or two');
  const result = await (begun?.() ?? goBuild(plan, environment));
  if (result.stdout !== '') process.stdout.write(result.stdout);
  if (result.code !== 0) {
    const { explainFailure } = await import('./explain-failure.ts');
    process.stderr.write(await explainFailure(result.stderr, plan, findings, environment));
    await whenFailed?.(result.stderr);
    throw new Failure(exitCode.unfinished, 'go build failed', plan.dir, 'see what it said above');
  }
  if (isCold) store.put(warm, '');
}
