import { resolve } from 'node:path';
import { readGoSettings } from '../graph/go-environment.ts';
import { splitTags } from '../graph/go-flags.ts';
import { parseVersioned } from '../graph/versioned-package.ts';
import { disk } from '../io/disk.ts';
import { libcNames, parseLibcRef } from '../libc/open.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Given } from '../model/result.ts';
import type { LibcRef, Target } from '../model/target.ts';
import { type Allowance, allowances, readConfig } from './config.ts';
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
  /** Absolute path of a folder of C libraries built for musl; null when none is given. */
  sysroot: string | null;
  remedies: boolean;
  /** What `gomusl build` may do though a person has to want it. */
  allow: Allowance[];
  /** Whether a compiler is asked about what reading leaves undecided. */
  confirm: boolean;
  stats: boolean;
  loader: 'auto' | 'go' | 'files';
  offline: boolean;
  /** What the person gave, and no config. */
  given: Given;
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
  allow: 'value',
  sysroot: 'value',
  'no-remedies': 'boolean',
  confirm: 'boolean',
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
  --sysroot DIR          folder of C libraries built for musl: include, lib
  --no-remedies          judge the three plain settings alone
  --allow tags,module-patches
                         count as remedy what gomusl build takes only if allowed
  --format text|json     --output FILE writes there instead of stdout
  --fail-on LEVEL        error (default), warning, blocked or never
  --confirm              compile (never link or run) just the C files that
                         reading leaves undecided, with the toolchain
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

/** What is allowed: words between commas. Throws a usage Failure for another word. */
function readAllow(text: string): Allowance[] {
  return splitTags(text).map((word) => {
    const known = allowances.find((one) => one === word);
    if (known) return known;
    throw new Failure(exitCode.usage, '--allow has an unknown value', word, `use ${allowances.join(', ')}`);
  });
}

/** Puts what the config says where neither a flag nor the environment says something. */
function withConfig(parsed: ReturnType<typeof parseFlags>, dir: string, environment: Environment): void {
  // A package by version is another module than the one that the folder has.
  if (parsed.rest.some((pattern) => parseVersioned(pattern) !== null)) return;
  for (const [name, value] of readConfig(dir, disk)) {
    const isInEnvironment = name === 'tags' && readGoSettings(environment, disk).flags.tags.length > 0;
    if (!parsed.values.has(name) && !isInEnvironment) parsed.values.set(name, value);
  }
}

/** Flags that choose the target and mean the same to `check` and `build`; those of Go are spelled with one dash. */
const choosing = [
  ...(['C', 'tags', 'mod', 'modfile', 'race', 'buildmode'] as const).map((name) => ({ name, dashes: '-' })),
  ...(['goarch', 'cgo', 'toolchain', 'musl', 'allow', 'sysroot', 'offline'] as const).map((name) => ({
    name,
    dashes: '--',
  })),
];

/** What chose the target, to be given again to `gomusl build`. */
function givenOf({ values, rest }: ReturnType<typeof parseFlags>): Given {
  const flags = choosing.flatMap(({ name, dashes }) => {
    const value = values.get(name);
    if (value === undefined) return [];
    if (shapes[name] !== 'boolean') return [`${dashes}${name}=${value}`];
    return value === 'true' ? [`${dashes}${name}`] : [];
  });
  return { flags, packages: rest };
}

type Environment = Record<string, string | undefined>;

/**
 * The options of `gomusl check`: of flags, of the config of the module in the folder, or by default; null when only
 * help is asked for. Throws a usage Failure.
 */
export function readCheckOptions(words: string[], workingDir: string, environment: Environment): CheckOptions | null {
  const parsed = parseFlags('check', words, shapes);
  if (parsed.values.get('help') === 'true') return null;
  const dir = resolve(workingDir, parsed.values.get('C') ?? '.');
  const given = givenOf(parsed);
  withConfig(parsed, dir, environment);
  const value = (name: keyof typeof shapes) => parsed.values.get(name) ?? null;
  const musl = value('musl');
  const libc = musl === null ? null : parseLibcRef(musl);
  if (musl !== null && libc === null) {
    throw new Failure(exitCode.usage, '--musl has an unknown value', musl, `use ${libcNames().join(', ')}`);
  }
  return {
    ...readOutputOptions(parsed, workingDir),
    patterns: parsed.rest,
    dir,
    tags: parsed.values.has('tags') ? splitTags(value('tags') ?? '') : null,
    mod: parsed.values.has('mod') ? oneOf(parsed, 'mod', ['readonly', 'vendor', 'mod'] as const, 'readonly') : null,
    modfile: value('modfile'),
    race: value('race') === 'true',
    goarch: value('goarch'),
    cgo: oneOf(parsed, 'cgo', ['on', 'off', 'auto'] as const, 'auto'),
    buildmode: oneOf(parsed, 'buildmode', ['exe', 'pie', 'c-archive', 'c-shared'] as const, 'exe'),
    toolchain: value('toolchain') ?? 'auto',
    musl: libc,
    sysroot: value('sysroot') === null ? null : resolve(workingDir, value('sysroot') ?? ''),
    remedies: value('no-remedies') !== 'true',
    allow: readAllow(value('allow') ?? ''),
    confirm: value('confirm') === 'true',
    stats: value('stats') === 'true',
    loader: oneOf(parsed, 'loader', ['auto', 'go', 'files'] as const, 'auto'),
    offline: value('offline') === 'true',
    given,
  };
}
