import { rmSync } from 'node:fs';
import { notAsPromised, type Proof, prove, provenLine } from '../build/prove.ts';
import { readExecutable } from '../elf/executable.ts';
import { disk } from '../io/disk.ts';
import type { ExecutableView } from '../model/executable.ts';
import { Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import type { OutputOptions } from './check-options.ts';
import type { ProvenProduct } from './plan-memory.ts';
import { version } from './version.ts';

const say = (text: string) => process.stderr.write(`gomusl: ${text}\n`);

/**
 * Proves every product; one that is not what was promised is removed, and a Failure says why. Returns the proofs to
 * remember.
 */
export async function proveProducts(
  plan: Plan,
  judged: Result | null,
  output: OutputOptions,
): Promise<Record<string, ProvenProduct>> {
  const paths = plan.programs.flatMap((program) => program.output ?? []);
  if (!plan.verifies || paths.length === 0) {
    const nothing = 'compiled; go build writes no executable for this, so there is nothing to prove';
    say(plan.verifies ? nothing : 'not proven: what go build gives for this is no executable');
    return {};
  }
  const proofs: Proof[] = [];
  let faulty: Failure | null = null;
  const proven: Record<string, ProvenProduct> = {};
  for (const path of paths) {
    const size = disk.size(path) ?? 0;
    const view = readProduct(path);
    const proof = view instanceof Failure ? null : prove(view, plan);
    if (proof) proofs.push(proof);
    const fault = view instanceof Failure ? view.message : proof?.fault;
    if (proof === null || fault) {
      rmSync(path, { force: true });
      faulty ??= notAsPromised(path, fault ?? '');
      continue;
    }
    const line = provenLine(proof, size);
    say(line);
    const buildId = proof.view.buildIds.go;
    if (buildId !== null) proven[path] = { buildId, size, line };
  }
  if (output.format === 'json' && proofs.length > 0) await emitAll(proofs, judged, output);
  if (faulty !== null) throw faulty;
  return proven;
}

/** A linker that lies may write anything, or nothing: the failure says what. */
function readProduct(path: string): ExecutableView | Failure {
  try {
    return readExecutable(path, disk);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function emitAll(proofs: Proof[], judged: Result | null, output: OutputOptions): Promise<void> {
  const { verifyExecutables } = await import('../verify/verify-executables.ts');
  const { emit } = await import('./emit.ts');
  const { rules } = await import('../rules/index.generated.ts');
  const views = proofs.map(({ view }) => view);
  const verified = verifyExecutables(views, rules, version);
  const findings = [...(judged?.findings ?? []), ...verified.findings];
  const runs = [...(judged?.runs ?? []), ...verified.runs];
  emit({ ...verified, kind: 'build', runs, findings }, output);
}
