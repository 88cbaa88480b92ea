import type { Libc } from '../libc/libc.ts';
import { type BuildLog, concernsC, type Diagnostic } from './diagnostic.ts';
import type { DiagnosticKind } from './patterns.ts';

/** One trouble of a build log, and the rule whose page explains it. */
export interface Explained {
  /** Null when no rule covers that kind of trouble. */
  ruleId: string | null;
  /** The first message of that kind and name. */
  first: Diagnostic;
  /** How many messages say the same. */
  count: number;
}

/** Kinds that mean one rule, whatever the name. Names of the libc decide the others. */
const fixed: Partial<Record<DiagnosticKind, string>> = {
  'error-directive': 'GM109',
  'refused-flag': 'GM107',
  'pkg-config-absent': 'GM108',
  'missing-library': 'GM202',
  'undefined-symbol': 'GM201',
  'shared-object': 'GM203',
  'other-architecture': 'GM205',
  'not-an-object': 'GM206',
  'duplicate-definition': 'GM208',
};

/** The rule that explains a diagnostic, for one musl; null when none does. */
export function ruleOf(diagnostic: Diagnostic, libc: Libc): string | null {
  const { kind, name, stage } = diagnostic;
  if (kind === 'refused-flag' && stage === 'link') return 'GM207';
  const always = fixed[kind];
  if (always !== undefined || name === null) return always ?? null;
  if (kind === 'warning-as-error' && name === 'date-time') return 'GM112';
  if (kind === 'missing-header') {
    const fact = libc.header(name);
    if (fact?.owner === 'kernel') return 'GM102';
    return fact?.owner === 'libc' && fact.glibc && !fact.musl ? 'GM101' : 'GM103';
  }
  if (kind === 'undeclared-name' || kind === 'unknown-type' || kind === 'could-not-determine-kind') {
    const facts = libc.names(name);
    if (facts.some((fact) => fact.lfs64)) return 'GM105';
    if (facts.some((fact) => fact.musl !== 'declared' || fact.needs !== '')) return 'GM104';
    return kind === 'could-not-determine-kind' ? 'GM106' : 'GM110';
  }
  return null;
}

/** What a log complains of, each trouble once, in the order of the log; Go errors only where nothing else is wrong. */
export function explainLog(log: BuildLog, libc: Libc): Explained[] {
  const errors = log.diagnostics.filter(({ severity }) => severity === 'error');
  const relevant = errors.some(concernsC) ? errors.filter(concernsC) : errors;
  const found = new Map<string, Explained>();
  for (const diagnostic of relevant) {
    const key = `${diagnostic.kind} ${diagnostic.name ?? diagnostic.text}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { ruleId: ruleOf(diagnostic, libc), first: diagnostic, count: 1 });
    else known.count++;
  }
  return [...found.values()];
}
