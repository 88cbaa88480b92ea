import type { Diagnostic } from '../buildlog/diagnostic.ts';
import { readBuildLog } from '../buildlog/read-log.ts';
import { type Explained, explainLog } from '../buildlog/rule-of.ts';
import { unescapeModule } from '../gomod/escape.ts';
import { children } from '../io/children.ts';
import { knownLibcs, openLibc } from '../libc/open.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { LibcRef } from '../model/target.ts';
import { type Background, explainedText } from './explain-log.ts';
import { rulePage } from './rule-page.ts';

type Environment = Record<string, string | undefined>;

/** Milliseconds in which Go says which module a package is of. */
const listTime = 20_000;
/** Packages that Go is asked about. */
const mostPackages = 50;

/** `PATH VERSION` of the module in the module cache that a path of the log lies in; null when it lies elsewhere. */
export function moduleOfPath(place: string | null): string | null {
  const match = /\/pkg\/mod\/(?!cache\/)([^@]+)@(v[^/]+)/.exec(place ?? '');
  const [path, version] = [match?.[1], match?.[2]].map((part) => (part === undefined ? null : unescapeModule(part)));
  return path && version ? `${path} ${version}` : null;
}

/** `PATH VERSION` of the modules of packages, as Go has them under the plan; nothing where Go does not say. */
async function modulesOf(packages: string[], plan: Plan, environment: Environment): Promise<Map<string, string>> {
  const asked = packages.filter((path) => !path.startsWith('-')).slice(0, mostPackages);
  if (asked.length === 0) return new Map();
  const flags = plan.command.filter((word) => /^-(?:tags|mod|modfile)=/.test(word));
  const format = '{{.ImportPath}}\t{{with .Module}}{{.Path}} {{.Version}}{{end}}';
  const result = await children.run(['go', 'list', '-e', ...flags, '-f', format, '--', ...asked], {
    cwd: plan.dir,
    env: { ...environment, ...plan.environment },
    timeout: listTime,
  });
  const lines = result.stdout.split('\n').map((line) => line.split('\t'));
  return new Map(lines.flatMap(([path = '', module = '']) => (module.trim() === '' ? [] : [[path, module.trim()]])));
}

/** The finding of the check that speaks of the same. */
function findingOf({ ruleId, first }: Explained, findings: Finding[]): Finding | undefined {
  const same = findings.filter((finding) => finding.ruleId === ruleId && finding.evidence.name === first.name);
  return first.name === null ? undefined : (same.find((finding) => finding.package === first.package) ?? same[0]);
}

/** What the note needs that `gomusl build` links into every program: musl's libc.a alone has it. */
const noteSymbol = '__libc_version';
const otherLibc =
  'The compiler does not link musl statically, though it answered as if: name another with --toolchain.';

const placesOf = ({ archive, file }: Diagnostic) => [archive, file];

/**
 * The log of a failed `go build`, explained: each trouble with its rule, the module that brings it, and what to do about
 * it, as the check said where it did. Empty when the log has nothing that can be explained.
 */
export async function explainFailure(
  text: string,
  plan: Plan,
  findings: Finding[],
  environment: Environment,
): Promise<string> {
  const log = readBuildLog(text);
  const libc = openLibc(plan.toolchain?.libc ?? (knownLibcs().at(-1) as LibcRef));
  const troubles = explainLog(log, libc);
  const packages = [...new Set(troubles.flatMap(({ first }) => first.package ?? []))];
  const modules = await modulesOf(packages, plan, environment);
  const background = (trouble: Explained): Background => {
    const { first } = trouble;
    if (first.name === noteSymbol) return { module: null, action: otherLibc };
    const found = findingOf(trouble, findings);
    const own = found?.module ? `${found.module.path} ${found.module.version}`.trim() : null;
    const placed = placesOf(first)
      .map(moduleOfPath)
      .find((one) => one !== null);
    return { module: own ?? placed ?? modules.get(first.package ?? '') ?? null, action: found?.action ?? null };
  };
  const explained = explainedText(log, libc, rulePage, background);
  return explained === '' ? '' : `\ngomusl: what that means:\n${explained}`;
}
