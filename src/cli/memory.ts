import { dirname, join } from 'node:path';
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
import { ownStamp } from './own-stamp.ts';

type Environment = Record<string, string | undefined>;

/** Folders whose files are not changed in place: GOROOT and the module cache. */
export interface Unchanging {
  goroot: string;
  modCache: string;
}

interface Kept<Said> {
  said: Said;
  self: string;
  environment: string;
  /** Absolute paths of the modules on disk that the answer rests on. */
  roots: string[];
  /** By path: the stamp of a source, and the digest of a Go file of which only that matters. */
  sources: Record<string, [stamp: string, digest: string | null]>;
  /** All else that was asked of the disk, and the answers. */
  answers: [kind: QuestionKind, path: string, answer: string][];
}

/** More files than these take longer to look at than a check would. */
const mostFiles = 50_000;
const mostAnswers = 20_000;
/** Go files beyond these are known by their stamps alone: to read each takes too long. */
const mostDigests = 5_000;
/** Milliseconds: what changed within that time may change again and keep its time. */
const moment = 20;
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

/** What an answer rests on beside what was asked of the disk. */
export interface Grounds extends Unchanging {
  /** Absolute path of the folder of the answer. */
  dir: string;
  /** Files that only have to be there. */
  present: Question[];
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
  recall(): { said: Said; changed: boolean } | null;
  /** What was said before, whatever changed since; null where there is nothing for these words and settings. */
  guess(): Said | null;
  /** Call before anything is asked of the disk. */
  record(): void;
  /** Notes what is said. Nothing is noted where files changed meanwhile, or are too many. */
  note(said: Said, grounds: Grounds): void;
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
    recall() {
      if (known === null) return null;
      if (!known.answers.every(([kind, path, answer]) => briefly(answerTo({ kind, path })) === answer)) return null;
      const sources = alikeSources(known);
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
    note(said, { goroot, modCache, dir, present }) {
      const written = splitQuoted(readEnvFile(environment, disk).GOFLAGS ?? '');
      if (!isSeen || identity.self === '' || questions === null) return;
      if (written.some((word) => passedOver.test(word))) return;
      const asked = [...questions(), ...questionsOfGo(dir, goroot, environment), ...present];
      const open = asked.filter(({ path }) => !path.startsWith(`${modCache}/`) && !path.startsWith(`${goroot}/src/`));
      const roots = moduleRoots([join(dir, 'x.go'), ...open.map(({ path }) => path)]);
      const sources = sourcesOf(roots);
      if (sources === null || sources.latest > started - moment) return;
      const others = open.filter(({ kind, path }) => kind !== 'file' || !sources.files.has(path));
      if (others.length > mostAnswers) return;
      const answers = others.map((one): Kept<Said>['answers'][number] => [one.kind, one.path, briefly(answerTo(one))]);
      kept = { ...identity, roots, sources: withDigests(sources, known), answers, said };
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
    const whole = Array.isArray(kept.answers) && Array.isArray(kept.roots) && typeof kept.sources === 'object';
    return whole && isSaid(kept.said) ? kept : null;
  } catch {
    return null; // cut short by a full disk: it is worked out again
  }
}

type Sources = Pick<Kept<unknown>, 'roots' | 'sources'>;

function sourcesOf(roots: string[]): SourceTree | null {
  try {
    return stampSources(roots, mostFiles);
  } catch {
    return null; // a folder that is gone, or not for us to read
  }
}

/** The sources with digests, those of before where a file is as it was. */
function withDigests({ files }: SourceTree, before: Sources | null): Sources['sources'] {
  const read = files.size <= mostDigests;
  const digestFor = (path: string, stamp: string) => {
    const known = before?.sources[path];
    return known?.[0] === stamp ? known[1] : digestOfFile(path);
  };
  return Object.fromEntries([...files].map(([path, stamp]) => [path, [stamp, read ? digestFor(path, stamp) : null]]));
}

function digestOfFile(path: string): string | null {
  // Tests are no part of a build: none is read.
  if (path.endsWith('_test.go')) return plainGoDigest(path, new Uint8Array(0));
  const bytes = path.endsWith('.go') ? disk.read(path) : null;
  return bytes === null ? null : plainGoDigest(path, bytes);
}

/** The sources as they are now, where they are judged as they were; else null. */
function alikeSources({ roots, sources: before }: Sources): Sources['sources'] | null {
  const tree = sourcesOf(roots);
  if (tree === null || tree.files.size !== Object.keys(before).length) return null;
  const now: Sources['sources'] = {};
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
