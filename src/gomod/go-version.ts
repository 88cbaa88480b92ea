/** A Go version: of a toolchain (`go1.22.4-1`), of a tree in development (`1.28-devel`, `devel go1.20-1a2b3c`), or as go.mod has it (`1.21`). */
export interface GoVersion {
  major: number;
  minor: number;
  /** 0 where the text has none: `go1.5` is the release before `go1.5.1`. */
  patch: number;
  /** What comes before the release itself; null for a release. */
  pre: { kind: 'devel' | 'beta' | 'rc'; number: number } | null;
  /**
   * What a distribution or an experiment adds, such as `-1`, ` X:boringcrypto`, or `b7` of Go's boringcrypto branch (its
   * README.boringcrypto.md); empty for upstream's own.
   */
  suffix: string;
}

const pattern =
  /^(devel )?(?:go)?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?(?:(beta|rc)(\d{1,4})|(-devel\b))?((?:b\d{1,4})?(?:[-+~ _].*)?)$/s;

/**
 * Reads the words of a VERSION file, of `go env GOVERSION` or of a go.mod. Null when it is no Go version.
 * Order of the parts: https://go.dev/doc/toolchain#version
 */
export function parseGoVersion(text: string): GoVersion | null {
  const found = pattern.exec(text.trim());
  if (found === null) return null;
  const [, develBefore, major, minor, patch, preKind, preNumber, develBehind, suffix] = found;
  return {
    major: Number(major),
    minor: Number(minor ?? 0),
    patch: Number(patch ?? 0),
    pre:
      develBefore !== undefined || develBehind !== undefined
        ? { kind: 'devel', number: 0 }
        : preKind === undefined
          ? null
          : { kind: preKind as 'beta' | 'rc', number: Number(preNumber) },
    suffix: suffix ?? '',
  };
}

const preOrder = { devel: 0, beta: 1, rc: 2 } as const;

/** Below 0 when a is older than b, 0 when they are the same release; suffixes of distributions do not count. */
export function compareGoVersions(a: GoVersion, b: GoVersion): number {
  const preOf = (version: GoVersion) => (version.pre === null ? 3 : preOrder[version.pre.kind]);
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    // Every pre-release belongs before the first release of its minor version.
    Number(a.pre === null) - Number(b.pre === null) ||
    preOf(a) - preOf(b) ||
    a.patch - b.patch ||
    (a.pre?.number ?? 0) - (b.pre?.number ?? 0)
  );
}

/** The version in upstream's spelling, such as `go1.22.4`; a first release keeps the `.0` that Go has since 1.21. */
export function formatGoVersion(version: GoVersion): string {
  const { major, minor, patch, pre } = version;
  if (pre !== null) return `go${major}.${minor}${pre.kind === 'devel' ? '-devel' : `${pre.kind}${pre.number}`}`;
  if (patch === 0 && major === 1 && minor < 21) return minor === 0 ? 'go1' : `go1.${minor}`;
  return `go${major}.${minor}.${patch}`;
}

/** The version with what a distribution added to it, such as `go1.22.4-1`. */
export function versionName(version: GoVersion): string {
  return formatGoVersion(version) + version.suffix;
}
