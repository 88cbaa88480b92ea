import { printFailure } from './print-failure.ts';
import { version } from './version.ts';

async function run(words: string[]): Promise<number> {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const { dispatch } = await import('./dispatch.ts');
  return dispatch(words);
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = printFailure(error, (text) => process.stderr.write(text));
  },
);
