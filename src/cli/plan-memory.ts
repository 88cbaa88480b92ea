import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainGoDigest } from '../go/plain-digest.ts';
import { readEnvFile } from '../graph/go-environment.ts';
import { splitQuoted } from '../graph/go-flags.ts';
import {
  answerTo,
  type Question,
  type QuestionKind,
  recordQuestions,
  type SourceTree,
  stampSources,
} from '../io/asked.ts';
import { disk } from '../io/disk.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { Plan } from '../model/plan.ts';

type Environment = Record<string, string | undefined>;

/** Folders whose files are not changed in place: GOROOT and the module cache. */
export interface Unchanging {
  goroot: string;
  modCache: string;
}

/** A product that was proven: Go's build id has a hash of its content, by which `go build` itself knows it again. */
export interface ProvenProduct {
  buildId: string;
  size: number;
  line: string;
}

interface Kept {
  plan: Plan;
  self: string;
  environment: string;
  /** Absolute paths of the modules on disk that the build reads. */
  roots: string[];
  /** By path: the stamp of a source, and the digest of a Go file of which only that matters. */
  sources: Record<string, [stamp: string, digest: string | null]>;
  /** All else that was asked of the disk, and the answers. */
  answers: [kind: QuestionKind, path: string, answer: string][];
  products: Record<string, ProvenProduct>;
}

/** More files than these take longer to look at than a check would. */
const mostFiles = 50_000;
const mostAnswers = 20_000;
/** Go files beyond these are known by their stamps alone: to read each takes too long. */
const mostDigests = 5_000;
/** Milliseconds: what changed within that time may change again and keep its time. */
const moment = 20;
const longestText = 8_000_000;
/** Plans that are kept, and days for which one is kept that nobody asks for. */
const mostPlans = 64;
const planDays = 60;

/** Names of variables, by their beginning, that can change what check and plan say. */
const telling =
  /^(GO|CGO_|CC$|CXX$|AR$|FC$|PATH$|HOME$|XDG_|PKG_CONFIG|ZIG|CPATH$|C_INCLUDE|CPLUS_INCLUDE|LIBRARY_PATH|COMPILER_PATH|GCC_|REALGCC$|TMPDIR$|LANG$|LC_)/;

/**
 * Words of builds that are not remembered: other files come into them than the questions to the disk would show, or
 * they tell more than that a product is proven.
 */
const passedOver =
  /^--?(overlay|mod=mod|modfile|C|no-remedies|dry-run|format|output|stats|help|toolexec|n|v|x|json|work)\b|@/;

/**
 * Remembers what check and plan said of a build, with the state of all files that they rest on: their questions to the
 * disk are recorded. A build of which nothing changed costs what `go build` costs and a look at these files.
 */
export interface PlanMemory {
  /**
   * What was said before, if all is as it was; null where anything differs. `changed` where sources did that change
   * nothing of what is said.
   */
  recall(): { plan: Plan; products: Record<string, ProvenProduct>; changed: boolean } | null;
  /** The plan of the build before, whatever changed since; null where there is none for these words and settings. */
  guess(): Plan | null;
  /** Call before check and plan begin. */
  record(): void;
  /** Keeps what they said. Nothing is kept where files changed meanwhile, or are too many. */
  keep(plan: Plan, unchanging: Unchanging): void;
  /** Adds the products that were proven since. */
  prove(products: Record<string, ProvenProduct>): void;
}

export function openPlanMemory(words: string[], dir: string, environment: Environment, store: Store): PlanMemory {
  const goflags = splitQuoted(environment.GOFLAGS ?? '');
  const isSeen = ![...words, ...goflags].some((word) => passedOver.test(word));
  const key = `plan-${digestOf([dir, words])}.json`;
  const identity = {
    self: answerTo({ kind: 'file', path: fileURLToPath(import.meta.url) }),
    environment: digestOf(
      Object.entries(environment)
        .filter(([name]) => telling.test(name))
        .sort(),
    ),
  };
  let questions: (() => Question[]) | null = null;
  let started = 0;
  let kept: Kept | null = null;
  const before = isSeen ? parsed(store.get(key)) : null;
  const known = before?.self === identity.self && before.environment === identity.environment ? before : null;
  return {
    recall() {
      if (known === null) return null;
      if (!known.answers.every(([kind, path, answer]) => briefly(answerTo({ kind, path })) === answer)) return null;
      const sources = alikeSources(known);
      if (sources === null) return null;
      kept = { ...known, sources };
      const changed = Object.entries(sources).some(([path, [stamp]]) => stamp !== known.sources[path]?.[0]);
      return { ...kept, changed };
    },
    guess: () => known?.plan ?? null,
    record() {
      started = Date.now();
      questions = recordQuestions();
    },
    keep(plan, { goroot, modCache }) {
      const written = splitQuoted(readEnvFile(environment, disk).GOFLAGS ?? '');
      if (!isSeen || questions === null || written.some((word) => passedOver.test(word))) return;
      const asked = [...questions(), ...questionsOfGo(dir, goroot, environment), ...filesOf(plan)];
      const open = asked.filter(({ path }) => !path.startsWith(`${modCache}/`) && !path.startsWith(`${goroot}/src/`));
      const roots = moduleRoots([join(dir, 'x.go'), ...open.map(({ path }) => path)]);
      const sources = sourcesOf(roots);
      if (sources === null || sources.latest > started - moment) return;
      const others = open.filter(({ kind, path }) => kind !== 'file' || !sources.files.has(path));
      if (others.length > mostAnswers) return;
      const answers = others.map((one): Kept['answers'][number] => [one.kind, one.path, briefly(answerTo(one))]);
      kept = { ...identity, roots, sources: withDigests(sources), answers, plan, products: {} };
    },
    prove(products) {
      if (kept === null) return;
      const text = JSON.stringify({ ...kept, products: { ...kept.products, ...products } });
      if (text.length > longestText) return;
      store.put(key, text);
      store.prune('plan-', mostPlans, planDays);
    },
  };
}

function parsed(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Kept;
    const [go, build] = kept.plan.command;
    const whole = Array.isArray(kept.answers) && Array.isArray(kept.roots) && typeof kept.sources === 'object';
    return go === 'go' && build === 'build' && whole ? kept : null;
  } catch {
    return null; // cut short by a full disk: it is worked out again
  }
}

function sourcesOf(roots: string[]): SourceTree | null {
  try {
    return stampSources(roots, mostFiles);
  } catch {
    return null; // a folder that is gone, or not for us to read
  }
}

function withDigests({ files }: SourceTree): Kept['sources'] {
  const read = files.size <= mostDigests;
  return Object.fromEntries([...files].map(([path, stamp]) => [path, [stamp, read ? digestOfFile(path) : null]]));
}

function digestOfFile(path: string): string | null {
  const bytes = path.endsWith('.go') ? disk.read(path) : null;
  return bytes === null ? null : plainGoDigest(path, bytes);
}

/** The sources as they are now, where they are judged as they were; else null. */
function alikeSources({ roots, sources: before }: Kept): Kept['sources'] | null {
  const tree = sourcesOf(roots);
  if (tree === null || tree.files.size !== Object.keys(before).length) return null;
  const now: Kept['sources'] = {};
  for (const [path, stamp] of tree.files) {
    const known = before[path];
    if (known === undefined) return null;
    const alike = known[0] === stamp || (known[1] !== null && known[1] === digestOfFile(path));
    if (!alike) return null;
    now[path] = [stamp, known[1]];
  }
  const hasChanged = [...tree.files].some(([path, stamp]) => before[path]?.[0] !== stamp);
  return hasChanged && tree.latest > Date.now() - moment ? null : now;
}

function briefly(answer: string): string {
  return answer.length > 64 ? digestOf(answer) : answer;
}

/** What the go command reads beside sources: itself, its settings, and go.mod and go.work above the folder. */
function questionsOfGo(dir: string, goroot: string, environment: Environment): Question[] {
  const paths = [`${goroot}/VERSION`, `${goroot}/go.env`, `${goroot}/bin/go`];
  for (const bin of (environment.PATH ?? '').split(':')) if (bin.startsWith('/')) paths.push(`${bin}/go`);
  for (let folder = dir; folder !== dirname(folder); folder = dirname(folder)) {
    for (const name of ['go.mod', 'go.sum', 'go.work', 'go.work.sum']) paths.push(join(folder, name));
  }
  return paths.map((path) => ({ kind: 'file', path }));
}

/** Objects, scripts and overlays that the plan names: they may be swept from the cache. */
function filesOf(plan: Plan): Question[] {
  const words = plan.command.filter((word) => !word.startsWith('-o='));
  const text = [...words, ...Object.values(plan.environment)].join(' ');
  return [...text.matchAll(/\/[^\s'"=]+/g)].map(([path]) => ({ kind: 'presence', path }));
}

/** The folders with the go.mod of each Go file. */
function moduleRoots(paths: string[]): string[] {
  const known = new Map<string, string | null>();
  const rootOf = (folder: string): string | null => {
    const found = known.get(folder);
    if (found !== undefined) return found;
    const here = answerTo({ kind: 'presence', path: join(folder, 'go.mod') }) === '+';
    const root = here ? folder : folder === dirname(folder) ? null : rootOf(dirname(folder));
    known.set(folder, root);
    return root;
  };
  const roots = paths.flatMap((path) => (path.endsWith('.go') ? (rootOf(dirname(path)) ?? []) : []));
  // A module inside another one's folder is walked with it.
  const all = [...new Set(roots)].sort();
  return all.filter((root) => !all.some((other) => root.startsWith(`${other}/`)));
}
