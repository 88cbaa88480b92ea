import { Command, CommanderError } from 'commander';
import { exitCode } from '../model/failure.ts';
import { version } from './version.ts';

interface CommandModule {
  /** Runs the command on its own words and returns the exit code. */
  run(words: string[]): Promise<number>;
}

/** The commands that are finished: name, one line for --help, and the file that has it. */
const commands: { name: string; summary: string; load: () => Promise<CommandModule> }[] = [
  { name: 'verify', summary: 'say whether an executable is static musl', load: () => import('./verify.ts') },
  {
    name: 'patch-goroot',
    summary: 'repair what a Go distribution does wrong on musl, in a copy or by overlay',
    load: () => import('./patch-goroot.ts'),
  },
];

/** Finds the command and hands it its words untouched: flags are the command's own matter. */
export async function dispatch(words: string[]): Promise<number> {
  let code: number = exitCode.clean;
  const program = new Command('gomusl')
    .description('Static musl executables from Go, cgo included: checked before the build, built, and proven.')
    .version(version, '-V, --version')
    .showHelpAfterError('(gomusl --help lists the commands)')
    .exitOverride()
    .enablePositionalOptions();
  for (const { name, summary, load } of commands) {
    program
      .command(name)
      .description(summary)
      .argument('[words...]')
      .allowUnknownOption()
      .passThroughOptions()
      .helpOption(false)
      .action(async (own: string[]) => {
        code = await (await load()).run(own);
      });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const commanderCode = error.code;
    if (commanderCode === 'commander.helpDisplayed' || commanderCode === 'commander.version') return exitCode.clean;
    return exitCode.usage;
  }
  return code;
}
