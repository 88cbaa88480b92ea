import { parse } from 'yaml';

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
    gorootPatches?: string[];
    toolchain?: 'gcc' | 'clang';
    cxx?: boolean;
    kernelHeaders?: boolean;
  };
  /** Path from the module's root to text. */
  files: Record<string, string>;
  findings: ExpectedFinding[];
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
 * Reads a fixture: text, then files, each under a line `-- PATH --`. `target.yaml` and `findings.yaml` say for what it
 * is judged and what must be found; every other file belongs to the module.
 */
export function parseFixture(text: string): Fixture {
  const [origin = '', ...parts] = text.split(/^-- (.+) --\n/m);
  const files: Record<string, string> = {};
  for (let at = 0; at < parts.length; at += 2) files[parts[at] as string] = parts[at + 1] ?? '';
  const { 'target.yaml': target, 'findings.yaml': findings, ...module } = files;
  if (target === undefined || findings === undefined) throw new Error('a fixture needs target.yaml and findings.yaml');
  return {
    origin,
    target: parse(target) as Fixture['target'],
    files: module,
    findings: (parse(findings) ?? []) as ExpectedFinding[],
  };
}
