import { splitQuoted } from '../graph/go-flags.ts';
import { type Question, recordQuestions } from '../io/asked.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { Grounds, KeptGrounds } from './grounds.ts';
import { ownStamp } from './own-stamp.ts';

type Environment = Record<string, string | undefined>;

interface Kept<Said> extends KeptGrounds {
  said: Said;
  self: string;
  environment: string;
}

const longestText = 8_000_000;
/** Answers of a kind that are kept, and days for which one is kept that nobody asks for. */
const mostKept = 64;
const keptDays = 60;

/** Names of variables, by their beginning, that can change what check and plan say. */
const telling =
  /^(GO|CGO_|CC$|CXX$|AR$|FC$|PATH$|HOME$|XDG_|PKG_CONFIG|ZIG|CPATH$|C_INCLUDE|CPLUS_INCLUDE|LIBRARY_PATH|COMPILER_PATH|GCC_|REALGCC$|TMPDIR$|LANG$|LC_)/;

/** What is remembered, and by what it is known. */
export interface MemoryRequest<Said> {
  /** Keys begin with it. */
  kind: 'plan' | 'check';
  words: string[];
  dir: string;
  environment: Environment;
  store: Store;
  /** Words, of GOFLAGS too, with which nothing is remembered. */
  passedOver: RegExp;
  /** Whether a text of the cache has the shape of what is said. */
  isSaid: (said: Said) => boolean;
}

/**
 * Remembers what was said for the same words in the same folder, with the state of all files that it rests on: the
 * questions to the disk are recorded.
 */
export interface Memory<Said> {
  /**
   * What was said before, if all is as it was; null where anything differs. `changed` where sources did that change
   * nothing of what is said.
   */
  recall(): Promise<{ said: Said; changed: boolean } | null>;
  /** What was said before, whatever changed since; null where there is nothing for these words and settings. */
  guess(): Said | null;
  /** Call before anything is asked of the disk. */
  record(): void;
  /** Notes what is said. Nothing is noted where files changed meanwhile, or are too many. */
  note(said: Said, grounds: Grounds): Promise<void>;
  /** Writes what was noted or recalled, as `change` makes it. */
  keep(change: (said: Said) => Said): void;
}

export function openMemory<Said>(request: MemoryRequest<Said>): Memory<Said> {
  const { kind, words, environment, store, passedOver } = request;
  const isSeen = ![...words, ...splitQuoted(environment.GOFLAGS ?? '')].some((word) => passedOver.test(word));
  const key = `${kind}-${digestOf([request.dir, words])}.json`;
  const identity = {
    self: ownStamp() ?? '',
    environment: digestOf(
      Object.entries(environment)
        .filter(([name]) => telling.test(name))
        .sort(),
    ),
  };
  let questions: (() => Question[]) | null = null;
  let started = 0;
  let kept: Kept<Said> | null = null;
  const before = isSeen && identity.self !== '' ? parsed(store.get(key), request.isSaid) : null;
  const known = before?.self === identity.self && before.environment === identity.environment ? before : null;
  return {
    async recall() {
      if (known === null) return null;
      const sources = (await import('./grounds.ts')).sourcesThatHold(known);
      if (sources === null) return null;
      kept = { ...known, sources };
      const changed = Object.entries(sources).some(([path, [stamp]]) => stamp !== known.sources[path]?.[0]);
      return { said: kept.said, changed };
    },
    guess: () => known?.said ?? null,
    record() {
      started = Date.now();
      questions = recordQuestions();
    },
    async note(said, rests) {
      if (!isSeen || identity.self === '' || questions === null) return;
      const asked = questions();
      const [{ readEnvFile }, { disk }, { groundsOf }] = await Promise.all([
        import('../graph/go-environment.ts'),
        import('../io/disk.ts'),
        import('./grounds.ts'),
      ]);
      const written = splitQuoted(readEnvFile(environment, disk).GOFLAGS ?? '');
      if (written.some((word) => passedOver.test(word))) return;
      const grounds = groundsOf(asked, rests, environment, started, known);
      kept = grounds && { ...identity, ...grounds, said };
    },
    keep(change) {
      if (kept === null) return;
      const text = JSON.stringify({ ...kept, said: change(kept.said) });
      if (text.length > longestText) return;
      store.put(key, text);
      store.prune(`${kind}-`, mostKept, keptDays);
    },
  };
}

function parsed<Said>(text: string | null, isSaid: (said: Said) => boolean): Kept<Said> | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Kept<Said>;
    const whole = [...kept.answers, ...Object.values(kept.sources)].every(Array.isArray) && Array.isArray(kept.roots);
    return whole && isSaid(kept.said) ? kept : null;
  } catch {
    return null; // cut short by a full disk: it is worked out again
  }
}
