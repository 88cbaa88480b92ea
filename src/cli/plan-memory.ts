import type { Question } from '../io/asked.ts';
import type { Store } from '../io/store.ts';
import type { Plan } from '../model/plan.ts';
import type { Unchanging } from './grounds.ts';
import { openMemory } from './memory.ts';

/** A product that was proven: Go's build id has a hash of its content, by which `go build` itself knows it again. */
export interface ProvenProduct {
  buildId: string;
  size: number;
  line: string;
}

/** A plan and what was proven of its products, by path. */
interface Planned {
  plan: Plan;
  products: Record<string, ProvenProduct>;
}

/**
 * Words of builds that are not remembered: other files come into them than the questions to the disk would show, or
 * they tell more than that a product is proven.
 */
const passedOver =
  /^--?(overlay|mod=mod|modfile|C|no-remedies|dry-run|format|output|stats|help|toolexec|n|v|x|json|work)\b|@/;

/**
 * Remembers what check and plan said of a build. A build of which nothing changed costs what `go build` costs and a look
 * at the files that the plan rests on.
 */
export interface PlanMemory {
  /**
   * What was said before, if all is as it was; null where anything differs. `changed` where sources did that change
   * nothing of what is said.
   */
  recall(): Promise<(Planned & { changed: boolean }) | null>;
  /** The plan of the build before, whatever changed since; null where there is none for these words and settings. */
  guess(): Plan | null;
  /** Call before check and plan begin. */
  record(): void;
  /** Keeps what they said. Nothing is kept where files changed meanwhile, or are too many. */
  keep(plan: Plan, unchanging: Unchanging): Promise<void>;
  /** Adds the products that were proven since. */
  prove(products: Record<string, ProvenProduct>): void;
}

export function openPlanMemory(
  words: string[],
  dir: string,
  environment: Record<string, string | undefined>,
  store: Store,
): PlanMemory {
  const isSaid = ({ plan, products }: Planned) =>
    plan.command[0] === 'go' && plan.command[1] === 'build' && typeof products === 'object';
  const request = { kind: 'plan', words, dir, environment, store, passedOver, isSaid } as const;
  const memory = openMemory<Planned>(request);
  return {
    async recall() {
      const known = await memory.recall();
      return known && { ...known.said, changed: known.changed };
    },
    guess: () => memory.guess()?.plan ?? null,
    record: memory.record,
    keep: (plan, unchanging) => memory.note({ plan, products: {} }, { ...unchanging, dir, present: filesOf(plan) }),
    prove: (proven) => memory.keep(({ plan, products }) => ({ plan, products: { ...products, ...proven } })),
  };
}

/** Objects, scripts and overlays that the plan names: they may be swept from the cache. */
function filesOf(plan: Plan): Question[] {
  const words = plan.command.filter((word) => !word.startsWith('-o='));
  const text = [...words, ...Object.values(plan.environment)].join(' ');
  return [...text.matchAll(/\/[^\s'"=]+/g)].map(([path]) => ({ kind: 'presence', path }));
}
