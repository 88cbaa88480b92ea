import type { DiagnosticKind, Tool } from './patterns.ts';

/** One message of a compiler, linker, cgo, go or pkg-config. Paths stand as the tool printed them. */
export interface Diagnostic {
  tool: Tool;
  /** `other` for the go command's own complaints. */
  stage: 'compile' | 'link' | 'other';
  kind: DiagnosticKind;
  severity: 'error' | 'warning';
  /** The token the message blames, such as a header, a symbol or `-lfoo`; null when it names none. */
  name: string | null;
  file: string | null;
  line: number | null;
  column: number | null;
  /** Import path of the last `# import/path` line before it. */
  package: string | null;
  /** Archive and member that hold the reference, where the linker says so. */
  archive: string | null;
  member: string | null;
  /** The line without colours, typographic quotes made plain. */
  text: string;
  /** Line of the log, from 1. */
  logLine: number;
}

/** What a build log says. */
export interface BuildLog {
  diagnostics: Diagnostic[];
  /** Import paths of all `# import/path` lines, in order. */
  packages: string[];
}

/** A diagnostic that speaks of C, cgo, pkg-config or the linker, and not of Go code. */
export function concernsC(diagnostic: Diagnostic): boolean {
  return diagnostic.tool !== 'go';
}

/**
 * The error that the others follow from, as far as order tells: the first that concerns C, else the first of Go.
 * Null when the log has no error.
 */
export function firstCause(log: BuildLog): Diagnostic | null {
  const errors = log.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  return (
    errors.find((diagnostic) => concernsC(diagnostic) && diagnostic.kind !== 'other') ??
    errors.find(concernsC) ??
    errors[0] ??
    null
  );
}

/** Whether a failed build tells about musl at all: without a C, cgo, pkg-config or linker error it is a Go error. */
export function isScored(log: BuildLog): boolean {
  return log.diagnostics.some((diagnostic) => diagnostic.severity === 'error' && concernsC(diagnostic));
}

/** Every name that an error which concerns C blames, without repetition, in order. */
export function blamedNames(log: BuildLog): string[] {
  const errors = log.diagnostics.filter((diagnostic) => diagnostic.severity === 'error' && concernsC(diagnostic));
  return [...new Set(errors.flatMap((diagnostic) => diagnostic.name ?? []))];
}
