import { type EnvironmentFormat, environmentFormats, planEnvironment, printEnvironment } from '../build/environment.ts';
import { exitCode } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import { escapeText } from '../report/escape.ts';
import { readBuildOptions } from './build-options.ts';
import { readGoFlags } from './build-settings.ts';
import { oneOf, parseFlags } from './flags.ts';
import { planBuild } from './plan-build.ts';
import { runCheck } from './run-check.ts';

const help = `Usage: gomusl env [--as=shell|dotenv|github|json] [build flags] [PACKAGES]

Prints the environment in which gomusl build runs go build, for other tools:
  eval "$(gomusl env)"; go test ./...
  gomusl env --as=github >> "$GITHUB_ENV"
Flags and PACKAGES as for gomusl build, default ./... A tool that gives -ldflags
itself replaces those in GOFLAGS; add -linkmode external and the -extldflags.
`;

const say = (text: string) => process.stderr.write(`gomusl: ${escapeText(text)}\n`);

/** The environment of a build of these words; what the person's own GOFLAGS say is in it. */
export async function buildEnvironment(words: string[]): Promise<Record<string, string> | null> {
  const options = readBuildOptions(words, process.cwd(), process.env, './...');
  if (options === null) return null;
  const judged = options.check.remedies ? await runCheck(options.check, process.env) : null;
  if (judged?.result.verdict === 'blocked')
    say('the check says blocked, so some of it will not build: see gomusl check');
  const plan: Plan = await planBuild(options, judged, process.env);
  for (const note of plan.notes) say(note);
  return planEnvironment(plan, await readGoFlags(options.check.dir, process.env));
}

/** The format, of `--as` or of `--format` as other commands have it, and the words that are left for the build. */
function takeFormat(words: string[]): { format: EnvironmentFormat; left: string[] } {
  const own: string[] = [];
  const left: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const match = /^--?(?:as|format)(=.*)?$/s.exec(words[at] ?? '');
    if (!match) left.push(words[at] ?? '');
    else own.push(`--as${match[1] ?? `=${words[++at] ?? ''}`}`);
  }
  return { format: oneOf(parseFlags('env', own, { as: 'value' }), 'as', environmentFormats, 'shell'), left };
}

/** `gomusl env`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const { format, left } = takeFormat(words);
  const variables = words.includes('--help') ? null : await buildEnvironment(left);
  process.stdout.write(variables ? printEnvironment(variables, format) : help);
  return exitCode.clean;
}
