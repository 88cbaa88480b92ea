import { exitCode, Failure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import { joinWords } from '../toolchain/words.ts';
import { shellWord } from './plan-text.ts';

export const environmentFormats = ['shell', 'dotenv', 'github', 'json'] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

/**
 * The plan as environment variables alone, for tools that run `go` themselves: what its `go build` has as flags stands
 * in GOFLAGS, after the person's own. A tool that gives -ldflags itself replaces those of GOFLAGS.
 */
export function planEnvironment(plan: Plan, goflags: string[]): Record<string, string> {
  const flags = plan.command.filter((word) =>
    /^-(?:ldflags|overlay|tags|trimpath|mod|modfile|race|buildmode|buildvcs)=/.test(word),
  );
  const kept = goflags.filter((word) => !/^--?(?:ldflags|overlay)=/.test(word) || plan.kind === 'pure');
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
  const lines = Object.entries(variables).map(([name, value]) => {
    if (format === 'shell') return `export ${name}=${shellWord(value)}`;
    if (format === 'github') return `${name}=${value}`;
    return `${name}="${value.replace(/[\\"$`]/g, '\\$&')}"`;
  });
  return `${lines.join('\n')}\n`;
}
