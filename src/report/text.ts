import type { Finding } from '../model/finding.ts';
import { type Result, type Run, type Verdict, verdicts } from '../model/result.ts';
import { escapeText } from './escape.ts';
import { columns, findingLines } from './finding-text.ts';
import { nextLines } from './next-command.ts';
import { wrap } from './wrap.ts';

/** Findings of one rule in one module that are told in full; the rest is counted. */
const toldPerRule = 3;
/** Limits of one run that are told; the rest is counted. */
const toldLimits = 4;

const promises: Record<Verdict, string> = {
  pure: 'needs no C at all: CGO_ENABLED=0 gives a static executable',
  static: 'becomes one static musl executable',
  'static-with-remedies': 'becomes one static musl executable with gomusl build',
  unknown: 'may become a static musl executable: not all could be looked at',
  blocked: 'does not become a static musl executable as it is',
};

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The promise for several programs. */
function plurals(promise: string): string {
  return promise
    .replace(/^needs/, 'need')
    .replace(/^becomes/, 'become')
    .replace(/^does/, 'do')
    .replace('it is', 'they are');
}

/** The target in one or two lines: what the answer is for. */
function targetLine(run: Run): string {
  const { goos, goarch, goVersion, libc, toolchain, tags } = run.target;
  const flavor = libc.flavor === 'debian' ? ' (Debian)' : '';
  const compiler = toolchain
    ? `${toolchain.name} (${toolchain.compiler.family} ${toolchain.compiler.version ?? 'of unknown version'})`
    : 'no toolchain';
  const parts = [`${goos}/${goarch}`, goVersion, `musl ${libc.version}${flavor}`, compiler];
  if (tags.length > 0) parts.push(`tags ${tags.join(',')}`);
  return parts.join(', ');
}

function countsLine(run: Run): string {
  const { packages, cgoPackages, errors, warnings, notes } = run.counts;
  return `${plural(packages, 'package')}, ${cgoPackages} with cgo: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${plural(notes, 'note')}`;
}

function limitLines(run: Run): string[] {
  const told = run.limits.slice(0, toldLimits).flatMap((limit) => {
    const where = [limit.package, limit.file].filter((part) => part !== null).join(': ');
    return wrap(escapeText(`not looked at: ${where === '' ? '' : `${where}: `}${limit.reason}`), columns - 2, 2).map(
      (line, at) => (at === 0 ? `  ${line}` : `    ${line}`),
    );
  });
  const more = run.limits.length - toldLimits;
  return more > 0 ? [...told, `  and ${more} more that could not be looked at (--format json has all)`] : told;
}

function runLines(run: Run, several: boolean): string[] {
  const lines: string[] = [];
  if (several) lines.push(...wrap(`${run.verdict}: ${escapeText(run.program.id)}`, columns, 2));
  lines.push(...wrap(targetLine(run), columns - 2, 2).map((line) => `  ${line}`), `  ${countsLine(run)}`);
  for (const assumption of run.assumptions) {
    lines.push(...wrap(escapeText(`assumed: ${assumption}`), columns - 2, 2).map((line) => `  ${line}`));
  }
  for (const note of run.notes ?? []) {
    lines.push(...wrap(escapeText(note), columns - 2, 2).map((line) => `  ${line}`));
  }
  return [...lines, ...limitLines(run)];
}

const weight = { error: 0, warning: 1, note: 2 } as const;

/** Findings by module, the worst first; of many of one rule only the first. */
function moduleLines(findings: Finding[]): string[] {
  const modules = new Map<string, Finding[]>();
  for (const finding of [...findings].sort((a, b) => weight[a.severity] - weight[b.severity])) {
    const name = finding.module ? `${finding.module.path} ${finding.module.version}`.trim() : 'Go itself';
    modules.set(name, [...(modules.get(name) ?? []), finding]);
  }
  const lines: string[] = [];
  for (const [name, own] of modules) {
    lines.push('', ...wrap(escapeText(name), columns, 2));
    const seen = new Map<string, number>();
    // What the link may miss is of no use to who can't compile yet: it follows from what stands above, or comes later.
    const compiles = !own.some(({ stage, severity }) => stage === 'compile' && severity === 'error');
    const later = own.filter(({ stage, severity }) => !compiles && stage === 'link' && severity === 'warning');
    for (const finding of own) {
      if (later.includes(finding)) continue;
      const key = `${finding.ruleId} ${finding.severity}`;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      if (count <= toldPerRule) lines.push(...findingLines(finding));
    }
    for (const [key, count] of seen) {
      const [rule, severity] = key.split(' ');
      if (count > toldPerRule) {
        lines.push(`  and ${plural(count - toldPerRule, `more ${severity}`)} of ${rule} (--format json has all)`);
      }
    }
    if (later.length > 0) {
      lines.push(`  and ${plural(later.length, 'warning')} about the link that would follow (--format json has all)`);
    }
  }
  return lines;
}

/** The result for a person: the verdict in the first line, the next command in the last, at most 80 columns. */
export function toText(result: Result): string {
  const { runs } = result;
  const worst = result.verdict;
  const ids = runs.filter((run) => run.verdict === worst).map((run) => run.program.id);
  const subject = ids.length === 1 ? escapeText(ids[0] ?? '') : `${ids.length} of ${plural(runs.length, 'program')}`;
  const verb = ids.length === 1 ? promises[worst] : plurals(promises[worst]);
  const lines = wrap(`${worst}: ${subject} ${verb}`, columns, 3);
  const ordered = [...runs].sort((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict));
  for (const run of ordered) lines.push(...runLines(run, runs.length > 1));
  lines.push(...moduleLines(result.findings));
  lines.push('', ...nextLines(result));
  return `${lines.join('\n')}\n`;
}
