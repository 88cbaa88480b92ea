import { compareGoVersions, type GoVersion } from '../gomod/go-version.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { markerFiles } from './marker.ts';
import type { PatchAnswer } from './patch.ts';

/** An overlay for `go build -overlay`, and the files it names. */
export interface GorootOverlay {
  /** Content of the overlay file. */
  json: { Replace: Record<string, string> };
  /** Files to write before Go reads the overlay: absolute path to content. */
  files: Map<string, Uint8Array>;
}

/** First Go with `-overlay`. */
const firstOverlay: GoVersion = { major: 1, minor: 16, patch: 0, pre: null, suffix: '' };

/** Whether a Go can take std's patches by overlay. */
export function takesOverlay(version: GoVersion): boolean {
  return compareGoVersions(version, firstOverlay) >= 0;
}

/**
 * The overlay that makes `go` see std patched. `goroot` is the path as `go env GOROOT` prints it (the keys must be
 * spelled as Go spells them), `folder` an absolute folder for the patched files, `own` an overlay of the user that is
 * to stay in force.
 */
export function gorootOverlay(
  goroot: string,
  answers: PatchAnswer[],
  folder: string,
  own: Record<string, string> = {},
): GorootOverlay {
  const contents = overlayContents(goroot, answers);
  const copies = new Map([...contents.keys()].map((path) => [path, `${folder}${path.slice(goroot.length)}`]));
  const files = new Map([...contents].map(([path, content]) => [copies.get(path) ?? path, content]));
  return { json: mergedOverlay(copies, own), files };
}

/**
 * What the patched files of std have in them, with the markers, by the path that each stands for. Patches of tools are
 * left out: Go does not rebuild cmd/ through an overlay.
 */
export function overlayContents(goroot: string, answers: PatchAnswer[]): Map<string, Uint8Array> {
  const forStd = answers.filter(({ patch, state }) => patch.target === 'std' && state === 'needed');
  const changed = [...forStd.flatMap(({ files }) => files), ...markerFiles(forStd)];
  // A later patch of one file starts from what the earlier one made.
  return new Map(changed.map(({ path, content }) => [`${goroot}/${path}`, content]));
}

/** One overlay of `copies`, file to copy, and of a user's own; refuses what both change. */
export function mergedOverlay(copies: ReadonlyMap<string, string>, own: Record<string, string>): GorootOverlay['json'] {
  for (const path of copies.keys()) {
    const taken = own[path];
    if (taken === undefined) continue;
    const what = `two overlays change one file: ${taken} stands for it already`;
    throw new Failure(
      exitCode.usage,
      what,
      path,
      'take it out of your own overlay, or leave the patch out with --only',
    );
  }
  return { Replace: { ...own, ...Object.fromEntries(copies) } };
}

/** Reads a user's overlay file; relative paths in it start at `from`, as Go has it. */
export function readOverlay(path: string, from: string, files: Files): Record<string, string> {
  const refuse = (what: string): never => {
    throw new Failure(
      exitCode.usage,
      `the overlay cannot be merged: ${what}`,
      path,
      'repair it, or take -overlay out of GOFLAGS',
    );
  };
  const bytes = files.read(path);
  if (bytes === null) return refuse('the file does not exist');
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return refuse('it is no JSON');
  }
  const replace = (content as { Replace?: unknown } | null)?.Replace ?? {};
  if (typeof replace !== 'object' || Object.values(replace).some((value) => typeof value !== 'string')) {
    return refuse('Replace is no map of path to path');
  }
  const absolute = (text: string) => (text === '' || text.startsWith('/') ? text : `${from}/${text}`);
  return Object.fromEntries(Object.entries(replace).map(([key, value]) => [absolute(key), absolute(value as string)]));
}
