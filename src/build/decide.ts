import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/result.ts';

/** What speaks for or against C. */
export interface Circumstances {
  /** Verdicts of the programs; empty when nothing was judged. */
  verdicts: Verdict[];
  /** CGO_ENABLED where the person set it; null where not. */
  cgoEnabled: boolean | null;
  race: boolean;
}

/** Whether the build goes without C, and why, in one sentence. An explicit CGO_ENABLED wins. */
export function decideKind({ verdicts, cgoEnabled, race }: Circumstances): { kind: Plan['kind']; reason: string } {
  if (cgoEnabled === false) return { kind: 'pure', reason: 'CGO_ENABLED=0 is set.' };
  const pure = verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pure');
  if (!pure) return { kind: 'musl', reason: 'cgo is used, or may be.' };
  if (race) return { kind: 'musl', reason: 'No package needs C, but -race does.' };
  if (cgoEnabled) return { kind: 'musl', reason: 'No package needs C, but CGO_ENABLED=1 is set.' };
  return { kind: 'pure', reason: 'The verdict is pure: no package outside std needs C.' };
}

/** Refuses build modes that give no executable which could be static. */
export function refuseBuildmode(buildmode: string | undefined): void {
  const refused = ['c-shared', 'shared', 'plugin'];
  if (buildmode !== undefined && refused.includes(buildmode)) {
    const what = 'this build mode gives a shared object, which cannot be a static executable';
    throw new Failure(exitCode.usage, what, `-buildmode=${buildmode}`, 'use go build with a musl toolchain by hand');
  }
}
