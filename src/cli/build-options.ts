import { refuseFlags } from '../build/contradictions.ts';
import { refuseBuildmode } from '../build/decide.ts';
import { goBuildFlags, goWords } from '../build/go-flags.ts';
import { type CheckOptions, outputShapes, readCheckOptions } from './check-options.ts';
import { type FlagShape, parseFlags } from './flags.ts';

/** Flags of `gomusl build` that Go does not have. */
const ownShapes = {
  ...outputShapes,
  goarch: 'value',
  cgo: 'value',
  toolchain: 'value',
  musl: 'value',
  allow: 'value',
  sysroot: 'value',
  'no-remedies': 'boolean',
  reproducible: 'boolean',
  offline: 'boolean',
  'dry-run': 'boolean',
  stats: 'boolean',
  help: 'boolean',
} as const satisfies Record<string, FlagShape>;

/** Flags that mean the same to `gomusl check`. */
const sharedWithCheck = [
  'C',
  'tags',
  'mod',
  'modfile',
  'race',
  'goarch',
  'cgo',
  'buildmode',
  'toolchain',
  'musl',
  'allow',
  'sysroot',
  'no-remedies',
  'offline',
  'format',
  'output',
  'fail-on',
];

export interface BuildOptions {
  /** The same question for `check`. */
  check: CheckOptions;
  dryRun: boolean;
  /** Whether to say what static costs, by builds in other ways. */
  stats: boolean;
  reproducible: boolean;
  /** `-o` as given. */
  out: string | undefined;
  /** Whether Go only prints what it would do. */
  prints: boolean;
  /** Words for `go build`. */
  goWords: string[];
  ldflags: string[];
  patterns: string[];
}

export const buildHelp = `Usage: gomusl build [go build flags] [PACKAGES] [flags]

Builds programs as static musl executables, and proves each: what is in the way
is put right where gomusl can (gomusl check says what), and a result that is not
static, or has glibc inside, is taken away. PACKAGES as for go build (default .).

  -o, -ldflags, -tags, …  all flags of go build, merged with what musl needs
  --reproducible          the same bytes in every folder: no paths, no state of
                          version control, no build ID
  --dry-run               print the plan and build nothing
  --stats                 say what static costs in size and link time: builds
                          again without -static, and as go build does it
  --no-remedies           CC, -linkmode external and -extldflags -static alone
  --allow tags,module-patches
                          take a build tag that helps, patch modules in a copy
  --toolchain NAME        auto, musl-gcc, zig, native, musl-cross or a compiler
  --musl VERSION          fail unless the toolchain has this musl
  --sysroot DIR           folder of C libraries built for musl: include, lib
  --goarch ARCH           default: that of Go
  --cgo on|off|auto       default auto: off when no package needs C
  --format text|json      --output FILE writes there instead of stdout
  --offline               no network

Exit codes: 0 built and proven, 1 findings, 2 wrong usage, 3 could not finish.
`;

/**
 * The options of `gomusl build`; null when only help is asked for. Ours are known wherever they stand. `unnamed` is what
 * stands for packages where none is named.
 */
export function readBuildOptions(
  words: string[],
  workingDir: string,
  environment: Record<string, string | undefined>,
  unnamed = '.',
): BuildOptions | null {
  const parsed = parseFlags('build', words, { ...goBuildFlags(), ...ownShapes });
  if (parsed.values.get('help') === 'true') return null;
  refuseBuildmode(parsed.values.get('buildmode'));
  refuseFlags(goWords(parsed));
  const shared = sharedWithCheck.flatMap((name) => {
    const value = parsed.values.get(name);
    return value === undefined || (name === 'buildmode' && value === 'default') ? [] : [`--${name}=${value}`];
  });
  const patterns = parsed.rest.length > 0 ? parsed.rest : [unnamed];
  const check = readCheckOptions([...shared, '--', ...patterns], workingDir, environment);
  if (check === null) return null;
  return {
    check,
    dryRun: parsed.values.get('dry-run') === 'true',
    stats: parsed.values.get('stats') === 'true',
    reproducible: parsed.values.get('reproducible') === 'true',
    out: parsed.values.get('o'),
    prints: parsed.values.get('n') === 'true',
    goWords: goWords(parsed),
    ldflags: parsed.lists.get('ldflags') ?? [],
    patterns,
  };
}
