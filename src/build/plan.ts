import { exitCode, Failure } from '../model/failure.ts';
import type { Plan, PlannedProgram, PlannedRemedy } from '../model/plan.ts';
import type { CgoFlags, Toolchain } from '../model/target.ts';
import { autoOrder } from '../toolchain/candidates.ts';
import { joinWords } from '../toolchain/words.ts';
import { withoutDynamic } from './contradictions.ts';
import { mergeLdflags } from './ldflags.ts';

/** How the toolchain's compilers are called: through our own scripts where its arguments need translation. */
export interface CompilerCommands {
  cc: string[];
  /** Null leaves CXX alone. */
  cxx: string[] | null;
}

/** Folders of C libraries for musl, and the command that answers as pkg-config from them alone. */
export interface PlannedLibraries {
  headers: string[];
  archives: string[];
  pkgConfig: string[];
  /** Null leaves PKG_CONFIG alone. */
  command: string | null;
}

/** All that decides what `gomusl build` does. */
export interface PlanRequest {
  dir: string;
  /** Words for `go build` but `-ldflags`, `-tags` and `-C`, in the order given. */
  goWords: string[];
  patterns: string[];
  /** Build tags; null leaves them to GOFLAGS. */
  tags: string[] | null;
  programs: PlannedProgram[];
  /** Values of `-ldflags`, of GOFLAGS first. */
  ldflags: string[];
  kind: Plan['kind'];
  reason: string;
  toolchain: Toolchain | null;
  compilers: CompilerCommands | null;
  /** `--toolchain` as given, or `auto`. */
  toolchainChoice: string;
  /** Flags as the person's environment has them, and as the findings want them. */
  ownFlags: CgoFlags;
  wantedFlags: CgoFlags;
  kernelHeadersDir: string | null;
  ownHeadersDir: string | null;
  /** What makes the program static: `-static`, or the words of `staticPieWords`. */
  staticWords: string[];
  /** What the build takes of C libraries for musl; null leaves pkg-config to the person. */
  libraries: PlannedLibraries | null;
  /** Absolute paths of objects that are linked in, and flags that they need. */
  objects: string[];
  /** Absolute path of an overlay file that patches std; null without patches. */
  overlay: string | null;
  /** Further variables that patched modules need. */
  environment: Record<string, string>;
  remedies: PlannedRemedy[];
  goarch: string | null;
  /** GOTOOLCHAIN as the person set it. */
  goToolchain: string | undefined;
  verifies: boolean;
  notes: string[];
}

/** One environment variable from words; null when Go's quoting cannot say them. */
function variable(name: string, words: string[]): string {
  const text = joinWords(words);
  if (text !== null) return text;
  throw new Failure(
    exitCode.usage,
    'a word with both kinds of quotes cannot be given to Go',
    name,
    'rename the folder',
  );
}

const same = (left: string[], right: string[]) => left.join('\0') === right.join('\0');

/** What cmd/go takes when CGO_LDFLAGS is not set (cmd/go/internal/work, DefaultCFlags). */
const defaultLdflags = ['-g', '-O2'];

function muslEnvironment(request: PlanRequest, toolchain: Toolchain): Record<string, string> {
  const { ownFlags, wantedFlags, kernelHeadersDir, ownHeadersDir, compilers, libraries } = request;
  const environment: Record<string, string> = {
    CGO_ENABLED: '1',
    CC: variable('CC', compilers?.cc ?? toolchain.cc),
  };
  if (compilers?.cxx) environment.CXX = variable('CXX', compilers.cxx);
  if (!same(ownFlags.cflags, wantedFlags.cflags)) environment.CGO_CFLAGS = variable('CGO_CFLAGS', wantedFlags.cflags);
  if (!same(ownFlags.cxxflags, wantedFlags.cxxflags)) {
    environment.CGO_CXXFLAGS = variable('CGO_CXXFLAGS', wantedFlags.cxxflags);
  }
  const behind = [...(libraries?.headers ?? []), ...[ownHeadersDir, kernelHeadersDir].filter((dir) => dir !== null)];
  const cppflags = [...wantedFlags.cppflags, ...behind.flatMap((folder) => ['-idirafter', folder])];
  if (!same(ownFlags.cppflags, cppflags)) environment.CGO_CPPFLAGS = variable('CGO_CPPFLAGS', cppflags);
  const ldflags = withoutDynamic(ownFlags.ldflags, 'CGO_LDFLAGS').kept;
  if (!same(ownFlags.ldflags, ldflags)) environment.CGO_LDFLAGS = variable('CGO_LDFLAGS', ldflags);
  if (libraries) {
    // cgo links each package by itself with these words, to see what it takes from shared objects.
    const folders = libraries.archives.map((folder) => `-L${folder}`);
    const own = ldflags.length > 0 ? ldflags : defaultLdflags;
    if (folders.length > 0) environment.CGO_LDFLAGS = variable('CGO_LDFLAGS', [...own, ...folders]);
    environment.PKG_CONFIG_LIBDIR = libraries.pkgConfig.join(':');
    environment.PKG_CONFIG_PATH = '';
    if (libraries.command !== null) environment.PKG_CONFIG = variable('PKG_CONFIG', [libraries.command]);
  }
  return environment;
}

/** Linker flags that the findings add: for the last link alone, so that no package is compiled again for them. */
function addedLinkFlags(request: PlanRequest): string[] {
  const added = request.wantedFlags.ldflags.filter((flag) => !request.ownFlags.ldflags.includes(flag));
  // Of several stack sizes the largest does for all; the linker would take the last.
  const stack = added.filter((flag) => stackSize(flag) !== null);
  const largest = stack.sort((a, b) => (stackSize(b) ?? 0) - (stackSize(a) ?? 0))[0];
  return added.filter((flag) => stackSize(flag) === null || flag === largest);
}

function stackSize(flag: string): number | null {
  const bytes = /^-Wl,-z,stack-size=(\d+)$/.exec(flag)?.[1];
  return bytes === undefined ? null : Number(bytes);
}

/** Puts the plan together: what is set, and the one `go build`. */
export function makePlan(request: PlanRequest): Plan {
  const { toolchain, kind } = request;
  const environment: Record<string, string> = { GOOS: 'linux', ...request.environment };
  if (request.goarch !== null) environment.GOARCH = request.goarch;
  // What was judged is what is built: no other Go may step in.
  if (!request.goToolchain) environment.GOTOOLCHAIN = 'local';
  const notes = [...request.notes];
  const words = [...request.goWords, ...(request.tags ? [`-tags=${request.tags.join(',')}`] : [])];
  if (kind === 'pure') {
    environment.CGO_ENABLED = '0';
    for (const value of request.ldflags) words.push(`-ldflags=${value}`);
  } else if (toolchain) {
    Object.assign(environment, muslEnvironment(request, toolchain));
    notes.push(...withoutDynamic(request.ownFlags.ldflags, 'CGO_LDFLAGS').notes);
    const merged = mergeLdflags(request.ldflags, [
      ...request.staticWords,
      ...addedLinkFlags(request),
      ...request.objects,
    ]);
    if (!merged) {
      const given = request.ldflags.join(' ');
      throw new Failure(exitCode.usage, 'the quotes of -ldflags do not fit', given, 'close them as Go wants them');
    }
    for (const value of merged.values) words.push(`-ldflags=${value}`);
    notes.push(...merged.notes);
  }
  if (request.overlay !== null) words.push(`-overlay=${request.overlay}`);
  return {
    dir: request.dir,
    kind,
    reason: request.reason,
    toolchain: kind === 'musl' && toolchain ? { ...pick(toolchain) } : null,
    choice: kind === 'musl' && toolchain ? choiceOf(request) : null,
    programs: request.programs,
    verifies: request.verifies,
    environment,
    command: ['go', 'build', ...words, '--', ...request.patterns],
    remedies: request.remedies,
    notes,
  };
}

/** What the findings need comes first, then the order of `auto`. */
function choiceOf({ toolchainChoice, remedies, goarch }: PlanRequest): string {
  if (toolchainChoice !== 'auto') return `--toolchain ${toolchainChoice}`;
  const needs = remedies.flatMap(({ remedy }) => (remedy.kind === 'toolchain' ? [remedy.requires] : []));
  const architecture = goarch === null ? '' : ` for linux/${goarch}`;
  const needed = needs.length > 0 ? ` with ${needs.join(', ')}, which the findings need` : '';
  return `auto, the first of ${autoOrder.join(', ')} that is there${architecture}${needed}`;
}

function pick({ name, cc, cxx, libc }: Toolchain): NonNullable<Plan['toolchain']> {
  return { name, cc, cxx, libc };
}
