import { parseGoVersion } from '../gomod/go-version.ts';
import { platforms } from './platforms.generated.ts';

/** What the build tags of a target follow from. `goVersion` as `go env GOVERSION` prints it. */
export interface TagSource {
  goos: string;
  goarch: string;
  goVersion: string;
  tags: readonly string[];
  cgo: boolean;
  race?: boolean;
}

/**
 * All tags that hold for a target, as go/build's matchTag answers: GOOS and what it implies, `unix`, GOARCH, `gc`,
 * `cgo`, `race`, `go1.1` up to the version's own, default feature tags, and the user's.
 * GOEXPERIMENT tags are not known here and do not hold, unless `tags` has them.
 */
export function buildTags(source: TagSource): Set<string> {
  const found = new Set<string>(source.tags);
  found.add('gc').add(source.goos).add(source.goarch);
  const implied = platforms.implies[source.goos];
  if (implied !== undefined) found.add(implied);
  const version = parseGoVersion(source.goVersion);
  const minor = version?.major === 1 ? version.minor : null;
  if (platforms.unix.includes(source.goos) && (minor === null || minor >= 19)) found.add('unix');
  if (source.cgo) found.add('cgo');
  if (source.race) found.add('race');
  for (let number = 1; number <= (minor ?? 0); number++) found.add(`go1.${number}`);
  for (const tag of platforms.features[source.goarch] ?? []) found.add(tag);
  if (found.has('goexperiment.boringcrypto')) found.add('boringcrypto');
  return found;
}
