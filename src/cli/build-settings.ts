import { type NamedPackage, productsOf } from '../build/products.ts';
import { runGo } from '../graph/go-command.ts';
import { readGoSettings } from '../graph/go-environment.ts';
import { splitQuoted } from '../graph/go-flags.ts';
import { withModFile } from '../graph/go-loader.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import type { PlannedProgram } from '../model/plan.ts';
import type { BuildOptions } from './build-options.ts';

const timeout = 300_000;

type Environment = Record<string, string | undefined>;

/** Words of GOFLAGS, from the environment or from `go env -w`. */
export async function readGoFlags(dir: string, environment: Environment): Promise<string[]> {
  const result = await children.run(['go', 'env', 'GOFLAGS'], {
    cwd: dir,
    env: { ...environment, GOTOOLCHAIN: 'local' },
    timeout,
  });
  return result.code === 0 ? splitQuoted(result.stdout.trim()) : [];
}

/** What the build names, and where `go build` writes it. */
export async function plannedPrograms(options: BuildOptions, environment: Environment): Promise<PlannedProgram[]> {
  const { check } = options;
  const { flags } = readGoSettings(environment, disk);
  const mod = check.mod ?? flags.mod;
  const tags = check.tags ?? flags.tags;
  const env: Environment = { ...environment, GOOS: 'linux', CGO_ENABLED: '1' };
  if (check.goarch) env.GOARCH = check.goarch;
  const call = { dir: check.dir, environment: env, timeout };
  const request = { dir: check.dir, mod, modfile: check.modfile ?? flags.modfile };
  const { stdout } = await withModFile(request, diskScratch(), disk, (modfile) => {
    const words = ['list', '-e', '-json=ImportPath,Name,GoFiles,CgoFiles'];
    if (tags.length > 0) words.push(`-tags=${tags.join(',')}`);
    if (mod) words.push(`-mod=${mod}`);
    if (modfile) words.push(`-modfile=${modfile}`);
    return runGo([...words, '--', ...options.patterns], call, children, disk);
  });
  const packages: NamedPackage[] = stdout
    .split(/^(?=\{)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const listed = JSON.parse(text) as { ImportPath: string; Name?: string; GoFiles?: string[]; CgoFiles?: string[] };
      const files = [...(listed.GoFiles ?? []), ...(listed.CgoFiles ?? [])];
      return { importPath: listed.ImportPath, name: listed.Name ?? '', files };
    });
  return productsOf(packages, options.out, check.dir, disk.isDirectory);
}

/** What a plan asks of `go`, begun before anything is judged. */
export interface BegunSettings {
  /** For the tags that the person gave. */
  programs: Promise<PlannedProgram[]>;
  goflags: Promise<string[]>;
}

/** Asks both at once: `go` answers while the check runs. A failure is told by whoever awaits it. */
export function beginSettings(options: BuildOptions, environment: Environment): BegunSettings {
  const begun = {
    programs: plannedPrograms(options, environment),
    goflags: readGoFlags(options.check.dir, environment),
  };
  begun.programs.catch(() => undefined);
  begun.goflags.catch(() => undefined);
  return begun;
}
