import { compareGoVersions, type GoVersion, parseGoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import { applyDiff } from './apply.ts';
import type { GoRange, HunkConflict, Patch, PatchAnswer, PatchedFile, Shape } from './patch.ts';
import { parseDiff } from './unified-diff.ts';

/** What the patched tree is to build for. Absent members are not known and exclude nothing. */
export interface PatchTarget {
  goos: string;
  goarch: string;
  cgo?: boolean;
  buildmode?: 'exe' | 'pie' | 'c-archive' | 'c-shared';
  /** Version of musl, such as `1.2.3`. */
  musl?: string;
}

/** A file of the tree above this size is not read: no source file of Go comes near it. */
const largestFile = 4_000_000;

/**
 * Says for each patch what it means for a tree: one of the five answers, with the patched files where it is needed.
 * Patches are tried in the order given, each on what the ones before it left, so that two may change one file.
 * `root` is the folder that the paths of the diffs start from; nothing is written.
 */
export function selectPatches(
  patches: Patch[],
  version: GoVersion,
  target: PatchTarget,
  root: string,
  files: Pick<Files, 'read' | 'size'>,
): PatchAnswer[] {
  const changed = new Map<string, Uint8Array>();
  return patches.map((patch) => {
    const answer = judge(patch, version, target, (path) => changed.get(path) ?? readSource(files, `${root}/${path}`));
    for (const file of answer.files) {
      file.original = readSource(files, `${root}/${file.path}`);
      changed.set(file.path, file.content);
    }
    return answer;
  });
}

function judge(
  patch: Patch,
  version: GoVersion,
  target: PatchTarget,
  read: (path: string) => Uint8Array | null,
): PatchAnswer {
  const answer = { patch, conflicts: [], files: [] };
  const { fixed } = patch.range;
  if (fixed !== null && compareGoVersions(version, wanted(fixed)) >= 0) {
    return { ...answer, state: 'fixed upstream', detail: `fixed upstream since ${since(patch, fixed)}` };
  }
  const reason = outside(patch, version, target);
  if (reason !== null) return { ...answer, state: 'not for this target', detail: reason };
  const shape = patch.shapes.find((candidate) => inRange(version, candidate.go)) ?? patch.shapes.at(-1);
  if (shape === undefined)
    return { ...answer, state: 'not for this target', detail: 'it has no text for this version' };
  const texts = new Map(shape.files.map(({ path }) => [path, latin1(read(path))]));
  const repaired = shape.files.find(({ path, fixed: sign }) => sign !== '' && texts.get(path)?.includes(sign));
  if (repaired !== undefined) {
    const detail = `fixed upstream: ${repaired.path} has upstream's own fix already`;
    return { ...answer, state: 'fixed upstream', detail };
  }
  return { patch, ...applyShape(patch, shape, texts) };
}

function applyShape(patch: Patch, shape: Shape, texts: Map<string, string | null>) {
  const outcomes = parseDiff(patch.diffs[shape.diff] ?? '', `${patch.name}/${shape.diff}`).map((diff) => ({
    path: diff.path,
    outcome: applyDiff(texts.get(diff.path) ?? null, diff),
  }));
  const conflicts = outcomes.flatMap(({ outcome }) => (outcome.state === 'conflict' ? outcome.conflicts : []));
  const files: PatchedFile[] = [];
  let applied = 0;
  for (const { path, outcome } of outcomes) {
    if (outcome.state === 'applied') applied++;
    if (outcome.state === 'fits') {
      const before = texts.get(path) ?? null;
      files.push({
        path,
        original: before === null ? null : Buffer.from(before, 'latin1'),
        content: Buffer.from(outcome.text, 'latin1'),
        offsets: outcome.offsets,
      });
      for (const { before: old, after } of shape.files.filter((entry) => entry.path === path)) {
        conflicts.push(...unmet(path, before ?? '', old, 'before'), ...unmet(path, outcome.text, after, 'after'));
      }
    }
  }
  if (conflicts.length > 0) {
    const detail = conflicts.length === 1 ? 'one place does not fit' : `${conflicts.length} places do not fit`;
    return { state: 'conflict' as const, detail, conflicts, files: [] };
  }
  if (applied === outcomes.length)
    return { state: 'applied' as const, detail: 'the tree has it', conflicts, files: [] };
  if (applied > 0) {
    const done = outcomes.find(({ outcome }) => outcome.state === 'applied')?.path ?? '';
    const missing = files[0]?.path ?? '';
    const reason = `${done} has the change already, this file has not`;
    conflicts.push({ file: missing, hunk: 1, reason, expected: [], line: null, found: [] });
    return { state: 'conflict' as const, detail: 'it is applied in part', conflicts, files: [] };
  }
  return { state: 'needed' as const, detail: `changes ${files.map(({ path }) => path).join(', ')}`, conflicts, files };
}

/** Conditions that do not hold: each text must stand exactly once. */
function unmet(file: string, text: string, wantedTexts: string[], when: 'before' | 'after'): HunkConflict[] {
  return wantedTexts.flatMap((wantedText) => {
    const count = text.split(Buffer.from(wantedText, 'utf8').toString('latin1')).length - 1;
    if (count === 1) return [];
    const reason = `${when} the change this text must stand once, and stands ${count} times`;
    return [{ file, hunk: 1, reason, expected: wantedText.split('\n'), line: null, found: [] }];
  });
}

function outside(patch: Patch, version: GoVersion, target: PatchTarget): string | null {
  const { range, needs } = patch;
  if (compareGoVersions(version, wanted(range.from)) < 0) return `the fault came with ${since(patch, range.from)}`;
  if (range.fixed === null && !inRange(version, range)) return `proven up to ${since(patch, range.to)} only`;
  if (!patch.goos.includes(target.goos)) return `it is for ${patch.goos.join(', ')}`;
  if (patch.goarch.length > 0 && !patch.goarch.includes(target.goarch)) return `it is for ${patch.goarch.join(', ')}`;
  if (needs.cgo !== undefined && target.cgo !== undefined && needs.cgo !== target.cgo) {
    return needs.cgo ? 'it is for programs with cgo' : 'it is for programs without cgo';
  }
  if (needs.buildmode !== undefined && target.buildmode !== undefined && !needs.buildmode.includes(target.buildmode)) {
    return `it is for -buildmode=${needs.buildmode.join(', ')}`;
  }
  if (needs.musl !== undefined && target.musl !== undefined && compareParts(target.musl, needs.musl) < 0) {
    return `it is for musl ${needs.musl} and later`;
  }
  return null;
}

/** Whether a version is in a range; a last version of two parts takes in all its releases. */
export function inRange(version: GoVersion, range: GoRange): boolean {
  if (compareGoVersions(version, wanted(range.from)) < 0) return false;
  const to = wanted(range.to);
  if (range.to.split('.').length === 2 && version.major === to.major && version.minor === to.minor) return true;
  return compareGoVersions(version, to) <= 0;
}

function wanted(text: string): GoVersion {
  const version = parseGoVersion(text);
  if (version === null) throw new Error(`a patch names ${text}, which is no version`);
  return version;
}

function since(patch: Patch, version: string): string {
  return typeof patch.target === 'string' ? `go${version}` : `${patch.target.module} v${version}`;
}

function compareParts(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readSource(files: Pick<Files, 'read' | 'size'>, path: string): Uint8Array | null {
  const size = files.size(path);
  return size === null || size > largestFile ? null : files.read(path);
}

function latin1(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('latin1');
}
