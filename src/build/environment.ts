import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import { shellWord } from '../report/escape.ts';
import { joinWords } from '../toolchain/words.ts';

export const environmentFormats = ['shell', 'dotenv', 'github', 'json'] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

/** Flags that say where one build writes, or that it is none: nothing for other commands. */
const ofOneBuild = /^-(?:o|n|a|json)=/;

/**
 * The plan as environment variables alone, for tools that run `go` themselves: what its `go build` has as flags stands
 * in GOFLAGS, after the person's own. A tool that gives -ldflags itself replaces those of GOFLAGS.
 */
export function planEnvironment(plan: Plan, goflags: string[]): Record<string, string> {
  const words = plan.command.slice(2, plan.command.indexOf('--'));
  const flags = words.filter((word) => !ofOneBuild.test(word));
  // An overlay of the plan has the person's own in it.
  const replaces = flags.some((word) => word.startsWith('-overlay=')) ? /^--?(?:ldflags|overlay)=/ : /^--?ldflags=/;
  const kept = goflags.filter((word) => !replaces.test(word) || plan.kind === 'pure');
  const text = joinWords([...kept, ...flags.filter((word) => !kept.includes(word))]);
  if (text === null) {
    const action = 'give them in the tool instead, or leave one kind of quote out';
    throw new Failure(
      exitCode.usage,
      'flags with both kinds of quotes cannot stand in GOFLAGS',
      flags.join(' '),
      action,
    );
  }
  return text === '' ? plan.environment : { ...plan.environment, GOFLAGS: text };
}

/** Prints variables for a shell (`eval`), a .env file, a step of GitHub Actions ($GITHUB_ENV), or as JSON. */
export function printEnvironment(variables: Record<string, string>, format: EnvironmentFormat): string {
  if (format === 'json') return `${JSON.stringify(variables, null, 2)}\n`;
  const print = { shell: shellLine, dotenv: dotenvLine, github: githubLine }[format];
  return Object.entries(variables)
    .map(([name, value]) => `${print(name, value)}\n`)
    .join('');
}

function shellLine(name: string, value: string): string {
  return `export ${name}=${shellWord(value)}`;
}

/** All readers of .env files take `'` literally; within `"` they differ, so that is for values that hold a `'`. */
function dotenvLine(name: string, value: string): string {
  return value.includes("'") ? `${name}="${value.replace(/[\\"$`]/g, '\\$&')}"` : `${name}='${value}'`;
}

/** A value of several lines is bracketed by a word that no line of it is, else its lines would set variables. */
function githubLine(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return `${name}=${value}`;
  let end = 'END_OF_VALUE';
  while (value.includes(end)) end += '_';
  return `${name}<<${end}\n${value}\n${end}`;
}
