import { exitCode, Failure } from '../model/failure.ts';
import { version } from './version.ts';

interface CommandModule {
  /** Runs the command on its own words and returns the exit code. */
  run(words: string[]): Promise<number>;
}

/** The commands that are finished: name, one line for --help, and the file that has it. */
const commands: { name: string; summary: string; load: () => Promise<CommandModule> }[] = [
  { name: 'check', summary: 'say before a build what is in the way', load: () => import('./check.ts') },
  { name: 'build', summary: 'build static musl executables, and prove them', load: () => import('./build.ts') },
  { name: 'env', summary: "print the build's environment for other tools", load: () => import('./env.ts') },
  { name: 'exec', summary: "run a command in the build's environment", load: () => import('./exec.ts') },
  { name: 'toolchain', summary: 'list, install and examine musl toolchains', load: () => import('./toolchain.ts') },
  { name: 'lib', summary: 'build C libraries for musl by recipe', load: () => import('./lib.ts') },
  {
    name: 'pkg-config',
    summary: 'answer as pkg-config does, from libraries for musl alone',
    load: () => import('./pkg-config.ts'),
  },
  { name: 'explain', summary: 'print the page of a rule', load: () => import('./explain.ts') },
  { name: 'report', summary: 'tell a saved result again', load: () => import('./report.ts') },
  { name: 'verify', summary: 'say whether an executable is static musl', load: () => import('./verify.ts') },
  {
    name: 'patch-goroot',
    summary: 'repair what a Go distribution does wrong on musl, in a copy or by overlay',
    load: () => import('./patch-goroot.ts'),
  },
];

/** Finds the command and hands it its words untouched: flags are the command's own matter. */
export async function dispatch(words: string[]): Promise<number> {
  // A command gets its words as they are: the library would take `--` out of them.
  const named = commands.find(({ name }) => name === words[0]);
  if (named) return (await named.load()).run(words.slice(1));
  const [first] = words;
  if (first !== undefined && !first.startsWith('-') && first !== 'help') {
    throw new Failure(exitCode.usage, 'unknown command', first, 'gomusl --help lists the commands');
  }
  const { Command, CommanderError } = await import('commander');
  const program = new Command('gomusl')
    .description('Static musl executables from Go, cgo included: checked before the build, built, and proven.')
    .version(version, '-V, --version')
    .showHelpAfterError('(gomusl --help lists the commands)')
    .exitOverride();
  for (const { name, summary } of commands) {
    program.command(name).description(summary).argument('[words...]').helpOption(false);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
  }
  return exitCode.clean;
}
