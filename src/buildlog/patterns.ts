import { readTable } from '../io/data.ts';

/** Who printed a message. `compiler` stands in patterns only: gcc or clang, as the rest of the log tells. */
export type Tool = 'gcc' | 'clang' | 'ld' | 'lld' | 'cgo' | 'go' | 'pkg-config';

/** What a message tells of. Each is explained by its examples in data/buildlog-patterns.yaml. */
export type DiagnosticKind =
  | 'missing-header'
  | 'undeclared-name'
  | 'unknown-type'
  | 'incomplete-type'
  | 'no-member'
  | 'conflicting-types'
  | 'error-directive'
  | 'warning-as-error'
  | 'assembler'
  | 'refused-flag'
  | 'missing-input'
  | 'could-not-determine-kind'
  | 'inconsistent-definitions'
  | 'missing-compiler'
  | 'pkg-config-absent'
  | 'undefined-symbol'
  | 'missing-library'
  | 'shared-object'
  | 'other-architecture'
  | 'not-an-object'
  | 'duplicate-definition'
  | 'relocation'
  | 'tls-mismatch'
  | 'needs-glibc-at-run-time'
  /** A compiler or linker error whose text no pattern knows. */
  | 'other'
  /** A complaint of the go command or the Go compiler. */
  | 'go-error';

/** One known message text. */
export interface Pattern {
  kind: DiagnosticKind;
  tool: Tool | 'compiler';
  stage: 'compile' | 'link';
  where: 'located' | 'line';
  pattern: string;
  example: string;
  /** What must be read from the example. */
  name: string;
}

export interface CompiledPattern extends Omit<Pattern, 'pattern'> {
  severity: 'error' | 'warning';
  expression: RegExp;
}

let memo: CompiledPattern[] | undefined;

/** The patterns of data/buildlog-patterns.yaml, errors first, in file order. Read once. */
export function buildLogPatterns(): CompiledPattern[] {
  if (memo === undefined) {
    const { patterns, warnings } = readTable('buildlog-patterns.yaml') as { patterns: Pattern[]; warnings: Pattern[] };
    const compile = (severity: 'error' | 'warning') => (pattern: Pattern) => ({
      ...pattern,
      severity,
      expression: new RegExp(pattern.pattern),
    });
    memo = [...patterns.map(compile('error')), ...warnings.map(compile('warning'))];
  }
  return memo;
}
