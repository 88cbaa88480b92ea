import type { Judged } from '../check/judge.ts';
import { automaticRemedy } from '../check/verdict.ts';
import type { Remedy } from '../model/finding.ts';
import type { PlannedRemedy } from '../model/plan.ts';
import type { CgoFlags, Target } from '../model/target.ts';
import { applyRemedy } from '../remedies/apply.ts';

function joined(lists: string[][]): string[] {
  const [words = [], ...others] = lists;
  return [...words, ...new Set(others.flat().filter((word) => !words.includes(word)))];
}

/** Kinds of remedies that a warning may bring into a build: none of them changes what is compiled. */
const mild = new Set(['shim', 'linker-flag', 'goroot-patch']);

/** Remedies that `gomusl build` carries out for what is no error, such as a repair of musl itself. */
function mildRemedies({ result }: Judged): Remedy[] {
  const milder = result.findings.filter((finding) => finding.severity !== 'error');
  return milder.flatMap((finding) => automaticRemedy(finding) ?? []).filter(({ kind }) => mild.has(kind));
}

/** The target that all programs of one build are built for: the remedies of each, together. Null without programs. */
export function demandedTarget(judged: Judged): Target | null {
  const target = unitedTarget(judged);
  const means = { kernelHeadersDir: null, alternatives: [] };
  return target && mildRemedies(judged).reduce((changed, remedy) => applyRemedy(changed, remedy, means), target);
}

function ownHeaders(targets: Target[]): Pick<Target, 'ownHeadersDir'> {
  const ownHeadersDir = targets.find((target) => target.ownHeadersDir !== undefined)?.ownHeadersDir;
  return ownHeadersDir === undefined ? {} : { ownHeadersDir };
}

function unitedTarget(judged: Judged): Target | null {
  const targets = judged.result.runs.flatMap((run) => judged.targets[run.id] ?? []);
  const [first] = targets;
  if (!first) return null;
  const flags = (name: keyof CgoFlags) => joined(targets.map((target) => target.cgoFlags[name]));
  const plain = judged.result.runs[0]?.target.toolchain;
  // A program that asks for another toolchain than the one found first decides for all.
  const demanding = targets.find((target) => target.toolchain !== plain) ?? first;
  return {
    ...first,
    tags: joined(targets.map((target) => target.tags)),
    toolchain: demanding.toolchain,
    libc: demanding.libc,
    ...ownHeaders(targets),
    kernelHeadersDir: targets.map((target) => target.kernelHeadersDir).find((dir) => dir !== null) ?? null,
    shims: joined(targets.map((target) => target.shims)),
    gorootPatches: joined(targets.map((target) => target.gorootPatches)),
    modulePatches: joined(targets.map((target) => target.modulePatches ?? [])),
    libraries: joined(targets.map((target) => target.libraries ?? [])),
    cgoFlags: {
      cppflags: flags('cppflags'),
      cflags: flags('cflags'),
      cxxflags: flags('cxxflags'),
      ldflags: flags('ldflags'),
    },
  };
}

/** The tags for `go build`: those that were given, with those that remedies added. Null leaves them to GOFLAGS. */
export function plannedTags(judged: Judged | null, given: string[] | null): string[] | null {
  const target = judged && unitedTarget(judged);
  const added = judged?.result.runs.some((run) => run.remedies.some(({ kind }) => kind === 'tag'));
  return target && added ? target.tags : given;
}

/** Each remedy that is put in place, with the findings that ask for it. */
export function plannedRemedies(judged: Judged): PlannedRemedy[] {
  const { result } = judged;
  const byText = new Map<string, PlannedRemedy>();
  for (const remedy of [...result.runs.flatMap((run) => run.remedies), ...mildRemedies(judged)]) {
    const key = JSON.stringify(remedy);
    const asking = result.findings.filter((finding) => JSON.stringify(automaticRemedy(finding)) === key);
    byText.set(key, { remedy, findings: asking.map((finding) => finding.fingerprint) });
  }
  return [...byText.values()];
}
