import { compareGoVersions, type GoVersion } from '../gomod/go-version.ts';
import type { PatchAnswer } from './patch.ts';

/** How the patches reach the build. */
export type Delivery = 'overlay' | 'copy';

/** What the user's surroundings say; values as `go env` prints them, null when not known. */
export interface Surroundings {
  /** GOROOT as the environment sets it; null when it does not. */
  goroot: string | null;
  gotoolchain: string | null;
  goflags: string | null;
}

const before = (version: GoVersion, minor: number) =>
  compareGoVersions(version, { major: 1, minor, patch: 0, pre: null, suffix: '' }) < 0;

/**
 * Ways in which a build would pass the patches by in silence, one sentence each, for whoever gets the result.
 * Sources: `go help environment`, the release notes of Go 1.21 and 1.24, and measurements told in docs/patches.md.
 */
export function traps(
  version: GoVersion,
  delivery: Delivery,
  answers: PatchAnswer[],
  surroundings: Surroundings,
  out: string,
): string[] {
  const notes: string[] = [];
  const { gotoolchain, goroot, goflags } = surroundings;
  if (!before(version, 21) && gotoolchain !== null && gotoolchain !== '' && gotoolchain !== 'local') {
    notes.push(`GOTOOLCHAIN is ${gotoolchain}: a go.mod could switch to an unpatched Go; set GOTOOLCHAIN=local.`);
  }
  if (delivery === 'copy') {
    if (goroot !== null && goroot !== out) notes.push(`GOROOT is set to ${goroot} and wins over the copy; unset it.`);
    if (overlayOf(goflags) !== null) {
      notes.push('GOFLAGS has -overlay: where it names a file of std, the copy is passed by.');
    }
    if (before(version, 10)) {
      notes.push(
        'This Go keeps std compiled, by whoever built it; what the patches touch is compiled at each build. For std ' +
          'wholly made with your own C compiler: CC=musl-gcc bin/go install -a std, in the copy.',
      );
    }
    if (before(version, 3)) {
      notes.push('This Go links with gcc, whatever CC says: add -extld=musl-gcc to -ldflags.');
    }
    if (answers.some(({ patch, state }) => state === 'needed' && patch.target === 'tool')) {
      notes.push('Go takes tools of one version for equal: give this copy a GOCACHE of its own.');
    }
  } else {
    const vet = before(version, 24) ? 'go vet and gopls do' : 'gopls does';
    notes.push(`${vet} not see the overlay; programs at run time and cmd/ do not either.`);
    const tools = answers.filter(({ patch, state }) => state === 'needed' && patch.target === 'tool');
    for (const { patch } of tools) notes.push(`${patch.name} changes ${patch.packages.join(', ')}: it needs --out.`);
  }
  return notes;
}

/** The file that `-overlay` in GOFLAGS names; null when there is none. */
export function overlayOf(goflags: string | null): string | null {
  for (const word of (goflags ?? '').split(/\s+/).reverse()) {
    const found = /^['"]?--?overlay=(.+?)['"]?$/.exec(word);
    if (found !== null) return found[1] ?? null;
  }
  return null;
}
