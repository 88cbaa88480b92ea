import { compareGoVersions, type GoVersion } from '../gomod/go-version.ts';
import { sha256 } from '../io/sha256.ts';
import { compilerWrapper, launcher } from './launcher.ts';
import type { TreeList } from './manifest.ts';
import { markerFiles } from './marker.ts';
import type { PatchAnswer } from './patch.ts';

/** One change that a copy needs. */
export type CopyEdit =
  /** `expects` is the SHA-256 of the bytes that the new content was made from; null when it does not depend on them. */
  | { kind: 'write'; path: string; content: Uint8Array; mode: number; expects: string | null }
  | { kind: 'remove'; path: string };

const before = (version: GoVersion, minor: number) =>
  compareGoVersions(version, { major: 1, minor, patch: 0, pre: null, suffix: '' }) < 0;

/**
 * All that must change in a copy for the patches to take effect with no further step: the sources and their markers,
 * archives that an older Go would go on linking, the place where an older `go` looks for its tree, and the switch to
 * another toolchain. `readText` gives a small file of the source tree, null when there is none.
 */
export function copyEdits(
  version: GoVersion,
  answers: PatchAnswer[],
  list: TreeList,
  readText: (path: string) => string | null,
): CopyEdit[] {
  const needed = answers.filter(({ state }) => state === 'needed');
  const contents = new Map(
    [...needed.flatMap(({ files }) => files), ...markerFiles(needed)].map((file) => [file.path, file]),
  );
  const edits: CopyEdit[] = [...contents.values()].map(({ path, content, original }) => {
    const expects = original === null ? null : sha256(original);
    return { kind: 'write', path, content, mode: list.get(path)?.mode ?? 0o644, expects };
  });
  // Up to Go 1.19 std lies there compiled, and Go 1.4 to 1.9 never look whether its source has changed.
  if (before(version, 20)) {
    const stale = new Set(needed.flatMap(({ patch }) => patch.packages.map((name) => `${name}.a`)));
    for (const path of list.keys()) {
      const archive = /^pkg\/[a-z0-9]+_[a-z0-9]+(?:_[a-z0-9]+)*\/(.+)$/.exec(path)?.[1];
      if (archive !== undefined && stale.has(archive)) edits.push({ kind: 'remove', path });
    }
  }
  const command = list.get('bin/go');
  const script = launcher(version);
  if (script !== null && command !== undefined) {
    edits.push({
      kind: 'write',
      path: 'bin/go',
      content: Buffer.from(script),
      mode: command.mode | 0o111,
      expects: null,
    });
  }
  const compiler = compilerWrapper(version);
  if (compiler !== null) {
    edits.push({ kind: 'write', path: '.gomusl/cc', content: Buffer.from(compiler), mode: 0o755, expects: null });
  }
  if (!before(version, 21)) {
    const text = readText('go.env');
    const content = Buffer.from(keepToolchain(text ?? ''));
    edits.push({ kind: 'write', path: 'go.env', content, mode: list.get('go.env')?.mode ?? 0o644, expects: null });
  }
  return edits;
}

/** The first line for a key wins in go.env, so the line itself is replaced. */
function keepToolchain(text: string): string {
  const pattern = /^GOTOOLCHAIN=.*$/m;
  if (pattern.test(text)) return text.replace(pattern, 'GOTOOLCHAIN=local');
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}GOTOOLCHAIN=local\n`;
}
