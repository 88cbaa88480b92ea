import { fingerprint } from '../check/finish.ts';
import type { ExecutableView } from '../model/executable.ts';
import type { Finding } from '../model/finding.ts';
import { type Result, type Run, type Verdict, verdicts } from '../model/result.ts';
import type { Rule } from '../rules/rule.ts';
import { moduleOfPackage } from './linked-c.ts';

const severities = ['error', 'warning', 'note'];

/** `static` only with proof of musl, `pure` only with proof that no libc is in it. */
export function verdictOf(view: ExecutableView): Verdict {
  if (view.type !== 'static' && view.type !== 'static-pie') return 'blocked';
  switch (view.libc) {
    case 'musl':
      return 'static';
    case 'none':
      return 'pure';
    case 'glibc':
      return 'blocked';
    case 'unknown':
      return 'unknown';
  }
}

/**
 * Judges executables by the rules of scope `executable`: one run each, named by its path, with the file's facts. The
 * libc of its target has the version that the file proves, else `unknown`.
 */
export function verifyExecutables(views: ExecutableView[], rules: readonly Rule[], toolVersion: string): Result {
  const findings = views.flatMap((view) => findingsOf(view, rules));
  const runs = views.map((view) =>
    runOf(
      view,
      findings.filter((finding) => finding.runs.includes(view.path)),
    ),
  );
  const worst = Math.max(...runs.map((run) => verdicts.indexOf(run.verdict)));
  return {
    schemaVersion: 1,
    kind: 'verify',
    tool: { name: 'gomusl', version: toolVersion },
    verdict: verdicts[worst] ?? 'unknown',
    runs,
    findings,
  };
}

function findingsOf(view: ExecutableView, rules: readonly Rule[]): Finding[] {
  const ruled = rules.flatMap((rule) =>
    rule.scope === 'executable' ? rule.check(view).map((raw) => ({ ...raw, ruleId: rule.id, stage: rule.stage })) : [],
  );
  return ruled
    .sort((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity))
    .map((finding) => ({
      ...finding,
      message: `${finding.what} ${finding.why} ${finding.action}`,
      module: moduleOf(finding.package, view),
      chain: finding.package === '' ? [] : [finding.package],
      runs: [view.path],
      fingerprint: fingerprint(finding, view.go?.main?.path ?? view.path),
    }));
}

/** The module of the package that a finding is of; the main one where it is of none. */
function moduleOf(path: string, { go }: ExecutableView): Finding['module'] {
  if (go === null) return null;
  const modules = [...(go.main === null ? [] : [go.main]), ...go.deps];
  const module = moduleOfPackage(path, modules) ?? (path === go.path ? go.main : null);
  return module && { path: module.path, version: module.version };
}

function runOf(view: ExecutableView, findings: Finding[]): Run {
  const settings = view.go?.settings ?? {};
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const verdict = verdictOf(view);
  return {
    id: view.path,
    program: { id: view.go?.path ?? view.path, kind: 'program', roots: view.go === null ? [] : [view.go.path] },
    target: {
      goos: 'linux',
      goarch: view.machine,
      goVersion: view.go?.goVersion ?? '',
      tags: (settings['-tags'] ?? '').split(',').filter((tag) => tag !== ''),
      cgo: settings.CGO_ENABLED === '1',
      buildmode: view.type === 'static-pie' ? 'pie' : view.type === 'shared-object' ? 'c-shared' : 'exe',
      race: settings['-race'] === 'true',
      libc: {
        name: 'musl',
        version: view.libcVersion ?? 'unknown',
        flavor: view.note?.flavor === 'debian' ? 'debian' : 'upstream',
      },
      toolchain: null,
      cgoFlags: { cppflags: [], cflags: [], cxxflags: [], ldflags: [] },
      kernelHeadersDir: null,
      shims: [],
      gorootPatches: [],
      sysroot: null,
      pkgConfigPath: [],
    },
    verdict,
    plain: plainOf(verdict),
    counts: {
      packages: 0,
      cgoPackages: view.cgo.length,
      files: 1,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
    },
    limits: limitsOf(view, verdict).map((reason) => ({ reason, package: null, file: null })),
    assumptions: [],
    remedies: [],
    executable: view,
  };
}

/** The file is what the build gave: a static musl program, or something else. */
function plainOf(verdict: Verdict): Run['plain'] {
  if (verdict === 'unknown') return { outcome: 'unknown', stage: null };
  return { outcome: verdict === 'blocked' ? 'wrong' : 'builds', stage: null };
}

function limitsOf(view: ExecutableView, verdict: Verdict): string[] {
  if (verdict !== 'unknown') return view.limits;
  const conflict = view.evidence.length > 0;
  return [
    conflict
      ? 'The file shows signs of musl and of glibc at once.'
      : 'The file shows no sign of a libc, and nothing proves that there is none.',
    ...view.limits,
  ];
}
