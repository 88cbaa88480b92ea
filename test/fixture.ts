import { parse } from 'yaml';
import { writeArchive } from './archives.ts';
import type { Answer } from './fake-compiler.ts';
import { type ObjectText, writeObject } from './objects.ts';

/** A rule fixture: a small module, the target it is judged for, and the whole list of findings. */
export interface Fixture {
  /** Where it comes from: the text before the first file. */
  origin: string;
  target: {
    musl: string;
    goarch?: string;
    goVersion?: string;
    tags?: string[];
    cgo?: boolean;
    buildmode?: 'exe' | 'pie' | 'c-archive' | 'c-shared';
    race?: boolean;
    gorootPatches?: string[];
    shims?: string[];
    ldflags?: string[];
    toolchain?: 'gcc' | 'clang';
    cxx?: boolean;
    kernelHeaders?: boolean;
    /** Archives that the driver adds, by absolute path. */
    driverInputs?: string[];
  };
  /** Path from the module's root to text. */
  files: Record<string, string | Uint8Array>;
  findings: ExpectedFinding[];
  /** What the compiler of `check --confirm` answers, by file; null where it is not asked. */
  compiler: Record<string, Answer> | null;
}

export interface ExpectedFinding {
  rule: string;
  severity: string;
  /** `FILE:LINE:COLUMN`, or null. */
  at: string | null;
  /** `evidence.name`; absent when there is none. */
  name?: string;
}

/**
 * Objects are told in YAML: `x.a.yaml` is a list of members `{ name, ... }`, `x.o.yaml`, `x.so.yaml` and `x.syso.yaml`
 * are one object each, in the words of `ObjectText`.
 */
function binary(name: string, text: string): [string, Uint8Array | string] {
  const match = /^(.*\.(a|o|so|syso))\.yaml$/.exec(name);
  if (!match) return [name, text];
  const value = parse(text) as ObjectText | ({ name: string } & ObjectText)[];
  if (!Array.isArray(value)) {
    const bytes = writeObject(value);
    // e_type: a shared object instead of a relocatable one.
    if (match[2] === 'so') bytes[16] = 3;
    return [match[1] ?? name, bytes];
  }
  return [
    match[1] ?? name,
    writeArchive(value.map(({ name: member, ...object }) => ({ name: member, bytes: writeObject(object) }))),
  ];
}

/**
 * Reads a fixture: text, then files, each under a line `-- PATH --`. `target.yaml` and `findings.yaml` say for what it
 * is judged and what must be found, `compiler.yaml` what a compiler answers where one is asked; every other file belongs to the module.
 */
export function parseFixture(text: string): Fixture {
  const [origin = '', ...parts] = text.split(/^-- (.+) --\n/m);
  const files: Record<string, string> = {};
  for (let at = 0; at < parts.length; at += 2) files[parts[at] as string] = parts[at + 1] ?? '';
  const { 'target.yaml': target, 'findings.yaml': findings, 'compiler.yaml': compiler, ...module } = files;
  if (target === undefined || findings === undefined) throw new Error('a fixture needs target.yaml and findings.yaml');
  return {
    origin,
    target: parse(target) as Fixture['target'],
    files: Object.fromEntries(Object.entries(module).map(([name, content]) => binary(name, content))),
    findings: (parse(findings) ?? []) as ExpectedFinding[],
    compiler: compiler === undefined ? null : (parse(compiler) as Fixture['compiler']),
  };
}
