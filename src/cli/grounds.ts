import { dirname, join } from 'node:path';
import { plainGoDigest } from '../go/plain-digest.ts';
import { answerTo, moment, type Question, type QuestionKind, type SourceTree, stampSources } from '../io/asked.ts';
import { disk } from '../io/disk.ts';
import { digestOf } from '../io/store.ts';

type Environment = Record<string, string | undefined>;

/** Folders whose files are not changed in place: GOROOT and the module cache. */
export interface Unchanging {
  goroot: string;
  modCache: string;
}

/** What an answer rests on beside what was asked of the disk. */
export interface Grounds extends Unchanging {
  /** Absolute path of the folder of the answer. */
  dir: string;
  /** Files that only have to be there. */
  present: Question[];
}

/** The state of all that an answer rests on. */
export interface KeptGrounds {
  /** Absolute paths of the modules on disk. */
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

/**
 * The state of what an answer rests on that was asked for since `started` (milliseconds since 1970); `before` is of an
 * earlier answer. Null where files changed meanwhile, or are too many.
 */
export function groundsOf(
  questions: Question[],
  { goroot, modCache, dir, present }: Grounds,
  environment: Environment,
  started: number,
  before: KeptGrounds | null,
): KeptGrounds | null {
  const asked = [...questions, ...questionsOfGo(dir, goroot, environment), ...present];
  const open = asked.filter(({ path }) => !path.startsWith(`${modCache}/`) && !path.startsWith(`${goroot}/src/`));
  const roots = moduleRoots([join(dir, 'x.go'), ...open.map(({ path }) => path)]);
  const sources = sourcesOf(roots);
  if (sources === null || sources.latest > started - moment) return null;
  const others = open.filter(({ kind, path }) => kind !== 'file' || !sources.files.has(path));
  if (others.length > mostAnswers) return null;
  const answers = others.map((one): KeptGrounds['answers'][number] => [one.kind, one.path, briefly(answerTo(one))]);
  return { roots, sources: withDigests(sources, before), answers };
}

/** The sources as they are now, where an answer that rests on this still holds; else null. */
export function sourcesThatHold(kept: KeptGrounds): KeptGrounds['sources'] | null {
  if (!kept.answers.every(([kind, path, answer]) => briefly(answerTo({ kind, path })) === answer)) return null;
  return alikeSources(kept);
}

function sourcesOf(roots: string[]): SourceTree | null {
  try {
    return stampSources(roots, mostFiles);
  } catch {
    return null; // a folder that is gone, or not for us to read
  }
}

/** The sources with digests, those of before where a file is as it was. */
function withDigests({ files }: SourceTree, before: KeptGrounds | null): KeptGrounds['sources'] {
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
function alikeSources({ roots, sources: before }: KeptGrounds): KeptGrounds['sources'] | null {
  const tree = sourcesOf(roots);
  if (tree === null || tree.files.size !== Object.keys(before).length) return null;
  const now: KeptGrounds['sources'] = {};
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
