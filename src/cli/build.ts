import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode } from '../model/failure.ts';
import { carryOut } from './carry-out.ts';
import { buildBeside } from './go-build.ts';
import { openPlanMemory } from './plan-memory.ts';
import { proveAgain } from './prove-again.ts';

/**
 * `gomusl build`. Returns the exit code. A build of which nothing changed takes the plan that was made for it before;
 * all that makes a plan is then not even loaded.
 */
export async function run(words: string[]): Promise<number> {
  const environment = process.env;
  const store = diskStore(userCacheFolder(environment));
  const memory = openPlanMemory(words, process.cwd(), environment, store);
  const known = memory.recall();
  if (known === null) {
    // Most often the plan is the one of the build before: it is carried out while all else is loaded and judged.
    const guess = memory.guess();
    const beside = guess && buildBeside(guess, environment);
    return (await import('./build-afresh.ts')).buildAfresh(words, memory, store, beside);
  }
  await carryOut(known.plan, { environment, store, begun: null, findings: [] });
  if (!proveAgain(known.plan, known.products)) {
    const { proveProducts } = await import('./prove-products.ts');
    memory.prove(await proveProducts(known.plan, null, { format: 'text', output: null, failOn: 'error' }));
  }
  return exitCode.clean;
}
