import { fileURLToPath } from 'node:url';
import { disk } from '../io/disk.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { rules } from '../rules/index.generated.ts';
import { parseFlags } from './flags.ts';

const help = `Usage: gomusl explain RULE

Prints the page of a rule, such as GM104: what is wrong, why, and what to do.
`;

/** `gomusl explain RULE`: the rule's page, as docs/rules/ has it. */
export async function run(words: string[]): Promise<number> {
  const parsed = parseFlags('explain', words, { help: 'boolean' });
  if (parsed.values.get('help') === 'true') {
    process.stdout.write(help);
    return exitCode.clean;
  }
  const [asked, ...more] = parsed.rest;
  if (asked === undefined || more.length > 0) {
    throw new Failure(
      exitCode.usage,
      'explain takes one rule',
      parsed.rest.join(' ') || 'nothing given',
      'name one, such as GM104',
    );
  }
  const rule = rules.find((one) => one.id === asked.toUpperCase());
  if (!rule) {
    throw new Failure(
      exitCode.usage,
      'no such rule',
      asked,
      `there are ${rules[0]?.id} to ${rules.at(-1)?.id}; see docs/rules`,
    );
  }
  const page = disk.read(fileURLToPath(new URL(`../../docs/rules/${rule.id}.md`, import.meta.url)));
  if (!page) throw new Error(`docs/rules/${rule.id}.md is not in the package`);
  process.stdout.write(page);
  return exitCode.clean;
}
