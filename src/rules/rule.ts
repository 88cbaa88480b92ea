import type { Libc } from '../libc/libc.ts';
import type { ExecutableView } from '../model/executable.ts';
import type { RawFinding, Severity, Stage } from '../model/finding.ts';
import type { CompileView, LinkView } from '../model/view.ts';

interface RuleHead {
  /** `GM` and three digits: GM1xx compile, GM2xx link, GM3xx run, GM4xx environment, GM5xx executables. */
  id: string;
  title: string;
  stage: Stage;
  /** The usual severity; a finding may be milder. */
  severity: Severity;
}

export interface PackageRule extends RuleHead {
  scope: 'package';
  check(view: CompileView, libc: Libc): RawFinding[];
}

export interface ProgramRule extends RuleHead {
  scope: 'program';
  check(view: LinkView, libc: Libc): RawFinding[];
}

export interface ExecutableRule extends RuleHead {
  scope: 'executable';
  check(view: ExecutableView): RawFinding[];
}

export type Rule = PackageRule | ProgramRule | ExecutableRule;

/** Gives a rule its type; the folder it stands in registers it (`npm run generate`). */
export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
