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
  /** Whether `-buildmode=pie` is asked for. */
  pie: boolean;
}

/** Whether the build goes without C, and why, in one sentence. An explicit CGO_ENABLED wins. */
export function decideKind(given: Circumstances): { kind: Plan['kind']; reason: string } {
  const { verdicts, cgoEnabled, race, pie } = given;
  if (pie && cgoEnabled === false) {
    // Seen with Go 1.26.8: its own linker gives every position-independent program an interpreter.
    const what = "without C there is no static position-independent program: Go's own linker makes a dynamic one";
    throw new Failure(exitCode.usage, what, '-buildmode=pie', 'leave it out, or CGO_ENABLED=0');
  }
  if (cgoEnabled === false) return { kind: 'pure', reason: 'CGO_ENABLED=0 is set.' };
  const pure = verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pure');
  if (!pure) {
    const isSure = verdicts.length > 0 && !verdicts.includes('unknown');
    return { kind: 'musl', reason: isSure ? 'A package outside std needs C.' : 'cgo is used, or may be.' };
  }
  if (race) return { kind: 'musl', reason: 'No package needs C, but -race does.' };
  if (pie) return { kind: 'musl', reason: 'No package needs C, but only a C linker makes a static -buildmode=pie.' };
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
