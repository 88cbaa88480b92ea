import { checkHelp, readCheckOptions } from './check-options.ts';
import { emit } from './emit.ts';
import { resultCode } from './result-code.ts';
import { runCheck } from './run-check.ts';

/** `gomusl check`. Returns the exit code. */
export async function run(words: string[]): Promise<number> {
  const options = readCheckOptions(words, process.cwd());
  if (options === null) {
    process.stdout.write(checkHelp);
    return 0;
  }
  const { result } = await runCheck(options, process.env);
  emit(result, options);
  return resultCode(result, options.failOn, options.remedies);
}
