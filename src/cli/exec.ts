import { runInForeground } from '../io/foreground.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { buildEnvironment } from './env.ts';

const help = `Usage: gomusl exec [build flags] [PACKAGES] -- COMMAND [ARGUMENTS]

Runs a command in the environment in which gomusl build runs go build:
  gomusl exec -- go test ./...
  gomusl exec -- make
Input, output and exit code are the command's.
`;

/** `gomusl exec -- COMMAND`. Returns the exit code of the command. */
export async function run(words: string[]): Promise<number> {
  const at = words.indexOf('--');
  const command = at < 0 ? [] : words.slice(at + 1);
  if (words.slice(0, at < 0 ? undefined : at).includes('--help')) {
    process.stdout.write(help);
    return exitCode.clean;
  }
  if (command.length === 0) throw new Failure(exitCode.usage, 'no command is named', '', 'write it after --');
  const variables = await buildEnvironment(words.slice(0, at));
  const env = { ...process.env, ...variables };
  return runInForeground(command, env).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error;
    const what = error.code === 'ENOENT' ? 'there is no such command' : 'the command may not be started';
    throw new Failure(exitCode.usage, what, command[0] ?? '', 'correct its name');
  });
}
