import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, statsLines, type Variant, variantsOf } from '../build/stats.ts';
import { children } from '../io/children.ts';
import { diskScratch } from '../io/scratch.ts';
import type { Plan } from '../model/plan.ts';

/**
 * Builds the programs of a plan in other ways as well, into a folder that is removed, and says on stderr what static
 * costs in size and link time. Each way runs twice: the first compiles, the second only links, and is timed.
 */
export async function tellStats(plan: Plan, environment: Record<string, string | undefined>): Promise<void> {
  const say = (text: string) => process.stderr.write(`gomusl: stats: ${text}\n`);
  const measured: Measured[] = [];
  for (const variant of variantsOf(plan)) {
    const one = await measure(variant, plan, environment);
    if (one !== null) measured.push(one);
    else say(`${variant.name}: does not link`);
  }
  for (const line of statsLines(measured)) say(line);
}

async function measure(
  { name, command, environment: own }: Variant,
  plan: Plan,
  environment: Record<string, string | undefined>,
): Promise<Measured | null> {
  const scratch = diskScratch();
  const folder = scratch.folder('gomusl-stats-');
  try {
    const [go = '', build = '', ...words] = command;
    let milliseconds = 0;
    for (const turn of ['first', 'second']) {
      const started = performance.now();
      const result = await children.run([go, build, `-o=${join(folder, turn)}/`, ...words], {
        cwd: plan.dir,
        env: { ...environment, ...own, PWD: plan.dir },
      });
      if (result.code !== 0) return null;
      milliseconds = performance.now() - started;
    }
    const products = readdirSync(join(folder, 'second'));
    const bytes = products.reduce((sum, product) => sum + statSync(join(folder, 'second', product)).size, 0);
    return { name, bytes, milliseconds };
  } finally {
    scratch.remove(folder);
  }
}
