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
 * to stay in force. Patches of tools are left out: Go does not rebuild cmd/ through an overlay.
 */
export function gorootOverlay(
  goroot: string,
  answers: PatchAnswer[],
  folder: string,
  own: Record<string, string> = {},
): GorootOverlay {
  const forStd = answers.filter(({ patch, state }) => patch.target === 'std' && state === 'needed');
  const changed = new Map(forStd.flatMap(({ files }) => files).map((file) => [file.path, file.content]));
  for (const file of markerFiles(forStd)) changed.set(file.path, file.content);
  const overlay: GorootOverlay = { json: { Replace: { ...own } }, files: new Map() };
  for (const [path, content] of changed) {
    const key = `${goroot}/${path}`;
    const taken = own[key];
    if (taken !== undefined) {
      const what = `two overlays change one file of std: ${taken} stands for it already`;
      throw new Failure(
        exitCode.usage,
        what,
        key,
        'take it out of your own overlay, or leave the patch out with --only',
      );
    }
    overlay.json.Replace[key] = `${folder}/${path}`;
    overlay.files.set(`${folder}/${path}`, content);
  }
  return overlay;
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
