import { readBuildLog } from '../buildlog/read-log.ts';
import { knownLibcs, openLibc, parseLibcRef } from '../libc/open.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { rules } from '../rules/index.generated.ts';
import { explainedText } from './explain-log.ts';
import { parseFlags } from './flags.ts';
import { readPassing } from './passed-log.ts';
import { rulePage } from './rule-page.ts';

const help = `Usage: gomusl explain RULE
       go build 2>&1 | gomusl explain -

Prints the page of a rule, such as GM104: what is wrong, why, and what to do.
With - it reads a build log from stdin instead, and says which rule explains
each trouble that a compiler, a linker, cgo or pkg-config complains of. The log
itself goes on to stderr as it comes.

  --musl VERSION     of the build, such as 1.2.3; default: the newest known
`;

/** `gomusl explain RULE`: the rule's page, as docs/rules/ has it; `gomusl explain -`: a build log's troubles. */
export async function run(words: string[]): Promise<number> {
  const parsed = parseFlags('explain', words, { help: 'boolean', musl: 'value' });
  if (parsed.values.get('help') === 'true') {
    process.stdout.write(help);
    return exitCode.clean;
  }
  const [asked, ...more] = parsed.rest;
  if (asked === undefined || more.length > 0) {
    throw new Failure(
      exitCode.usage,
      'explain takes one rule, or - for a build log',
      parsed.rest.join(' ') || 'nothing given',
      'name one, such as GM104',
    );
  }
  if (asked === '-') return explainStdin(parsed.values.get('musl') ?? null);
  const page = rulePage(asked.toUpperCase());
  if (page === null) {
    throw new Failure(
      exitCode.usage,
      'no such rule',
      asked,
      `there are ${rules[0]?.id} to ${rules.at(-1)?.id}; see docs/rules`,
    );
  }
  process.stdout.write(page.page);
  return exitCode.clean;
}

async function explainStdin(musl: string | null): Promise<number> {
  const ref = musl === null ? knownLibcs().at(-1) : parseLibcRef(musl);
  if (!ref) throw new Failure(exitCode.usage, 'no musl version', musl ?? '', 'write it like 1.2.5 or 1.2.3-debian');
  const { log, isCut } = await readPassing(process.stdin, process.stderr);
  if (isCut) process.stderr.write('gomusl: only the beginning of this log was read\n');
  const text = explainedText(readBuildLog(log), openLibc(ref), rulePage);
  if (text === '') {
    process.stdout.write('no error of a compiler, a linker, cgo, pkg-config or go is in this log\n');
    return exitCode.clean;
  }
  process.stdout.write(text);
  return exitCode.findings;
}
