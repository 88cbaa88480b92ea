import { resolve } from 'node:path';
import { knownLibcs, parseLibcRef } from '../libc/open.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { LibcRef, Target } from '../model/target.ts';
import { type FlagShape, oneOf, parseFlags } from './flags.ts';

export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];
export const thresholds = ['error', 'warning', 'blocked', 'never'] as const;
export type Threshold = (typeof thresholds)[number];

/** How a result is written, the same for every command that judges. */
export interface OutputOptions {
  format: Format;
  /** Absolute path; null for stdout. */
  output: string | null;
  failOn: Threshold;
}

export interface CheckOptions extends OutputOptions {
  patterns: string[];
  /** Absolute path of the folder that patterns are read in. */
  dir: string;
  tags: string[] | null;
  mod: 'readonly' | 'vendor' | 'mod' | null;
  modfile: string | null;
  race: boolean;
  goarch: string | null;
  cgo: 'on' | 'off' | 'auto';
  buildmode: Target['buildmode'];
  toolchain: string;
  musl: LibcRef | null;
  remedies: boolean;
  stats: boolean;
  loader: 'auto' | 'go' | 'files';
  offline: boolean;
}

export const outputShapes = { format: 'value', output: 'value', 'fail-on': 'value' } as const satisfies Record<
  string,
  FlagShape
>;

const shapes = {
  ...outputShapes,
  C: 'value',
  tags: 'value',
  mod: 'value',
  modfile: 'value',
  race: 'boolean',
  goarch: 'value',
  cgo: 'value',
  buildmode: 'value',
  toolchain: 'value',
  musl: 'value',
  'no-remedies': 'boolean',
  stats: 'boolean',
  loader: 'value',
  offline: 'boolean',
  help: 'boolean',
} as const satisfies Record<string, FlagShape>;

export const checkHelp = `Usage: gomusl check [PACKAGES] [flags]

Says before any build whether Go programs become static musl executables, and
what is in the way. PACKAGES as for go build (default ./...), or
PACKAGE@VERSION, which needs no module here. Nothing of the module is run.

  -C DIR                 folder to work in
  -tags a,b  -mod MODE  -modfile FILE  -race      as for go build
  --goarch ARCH          default: that of Go
  --cgo on|off|auto      default auto: on unless CGO_ENABLED=0 is set
  --buildmode MODE       exe, pie, c-archive or c-shared
  --toolchain NAME       auto, musl-gcc, zig, native, musl-cross or a compiler
  --musl VERSION         such as 1.2.5 or 1.2.3-debian; default: the toolchain's
  --no-remedies          judge the three plain settings alone
  --format text|json     --output FILE writes there instead of stdout
  --fail-on LEVEL        error (default), warning, blocked or never
  --stats                how long each part took, on stderr
  --loader auto|go|files how packages are found: by the go command (auto, go),
                         or by files alone, where no Go is installed
  --offline              no network

Exit codes: 0 nothing in the way, 1 findings, 2 wrong usage, 3 could not finish
or unknown.
`;

/** The values of the flags that say how a result is written. */
export function readOutputOptions(parsed: ReturnType<typeof parseFlags>, dir: string): OutputOptions {
  const output = parsed.values.get('output');
  return {
    format: oneOf(parsed, 'format', formats, 'text'),
    output: output === undefined ? null : resolve(dir, output),
    failOn: oneOf(parsed, 'fail-on', thresholds, 'error'),
  };
}

/** The options of `gomusl check`; null when only help is asked for. Throws a usage Failure. */
export function readCheckOptions(words: string[], workingDir: string): CheckOptions | null {
  const parsed = parseFlags('check', words, shapes);
  if (parsed.values.get('help') === 'true') return null;
  const value = (name: keyof typeof shapes) => parsed.values.get(name) ?? null;
  const musl = value('musl');
  const libc = musl === null ? null : parseLibcRef(musl);
  if (musl !== null && libc === null) {
    const known = knownLibcs().map((ref) => (ref.flavor === 'upstream' ? ref.version : `${ref.version}-${ref.flavor}`));
    throw new Failure(exitCode.usage, '--musl has an unknown value', musl, `use ${known.join(', ')}`);
  }
  return {
    ...readOutputOptions(parsed, workingDir),
    patterns: parsed.rest,
    dir: resolve(workingDir, value('C') ?? '.'),
    tags:
      value('tags')
        ?.split(/[\s,]+/)
        .filter((tag) => tag !== '') ?? null,
    mod: parsed.values.has('mod') ? oneOf(parsed, 'mod', ['readonly', 'vendor', 'mod'] as const, 'readonly') : null,
    modfile: value('modfile'),
    race: value('race') === 'true',
    goarch: value('goarch'),
    cgo: oneOf(parsed, 'cgo', ['on', 'off', 'auto'] as const, 'auto'),
    buildmode: oneOf(parsed, 'buildmode', ['exe', 'pie', 'c-archive', 'c-shared'] as const, 'exe'),
    toolchain: value('toolchain') ?? 'auto',
    musl: libc,
    remedies: value('no-remedies') !== 'true',
    stats: value('stats') === 'true',
    loader: oneOf(parsed, 'loader', ['auto', 'go', 'files'] as const, 'auto'),
    offline: value('offline') === 'true',
  };
}
