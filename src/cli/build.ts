import { diskStore, userCacheFolder } from '../io/store.ts';
import { exitCode } from '../model/failure.ts';
import { buildBeside } from './go-build.ts';
import { openPlanMemory } from './plan-memory.ts';

/**
 * `gomusl build`. Returns the exit code. A build of which nothing changed takes the plan that was made for it before;
 * all that makes a plan is then not even loaded.
 */
export async function run(words: string[]): Promise<number> {
  const environment = process.env;
  const store = diskStore(userCacheFolder(environment));
  const memory = openPlanMemory(words, process.cwd(), environment, store);
  // Most often the plan is the one of the build before: it is carried out while all else is loaded and judged.
  const guess = memory.guess();
  const beside = guess && buildBeside(guess, environment);
  const known = await memory.recall();
  if (known === null) return (await import('./build-afresh.ts')).buildAfresh(words, memory, store, beside);
  // What proves a new product is loaded while the compiler runs.
  const proving = known.changed ? import('./prove-products.ts') : null;
  const [{ carryOut }, { proveAgain }] = await Promise.all([import('./carry-out.ts'), import('./prove-again.ts')]);
  await carryOut(known.plan, { environment, store, begun: beside?.finish ?? null, findings: [] });
  if (!proveAgain(known.plan, known.products)) {
    const { proveProducts } = await (proving ?? import('./prove-products.ts'));
    memory.prove(await proveProducts(known.plan, null, { format: 'text', output: null, failOn: 'error' }));
  }
  return exitCode.clean;
}
