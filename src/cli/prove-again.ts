import { readGoBuildId } from '../elf/build-id.ts';
import { disk } from '../io/disk.ts';
import type { Plan } from '../model/plan.ts';
import type { ProvenProduct } from './plan-memory.ts';

/**
 * Whether all products are those that were proven before, by Go's build id; then says of each what it is. False where
 * one has to be looked at.
 */
export function proveAgain(plan: Plan, before: Record<string, ProvenProduct>): boolean {
  const known = plan.programs.flatMap(({ output }) => {
    const proven = output === null ? undefined : before[output];
    if (output === null || proven === undefined || proven.size !== disk.size(output)) return [];
    return proven.buildId === readGoBuildId(output, disk) ? [proven.line] : [];
  });
  if (!plan.verifies || known.length === 0 || known.length < plan.programs.length) return false;
  for (const line of known) process.stderr.write(`gomusl: ${line}\n`);
  return true;
}
