import { fileURLToPath } from 'node:url';
import { type Machine, run } from './machine.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
/** What decides how `gomusl check` and `gomusl build` answer. */
const product = ['src', 'data', 'recipes', 'patches', 'bin', 'package.json'];

async function git(machine: Machine, ...words: string[]): Promise<string> {
  const result = await run(['git', ...words], repository, machine.env);
  if (result.code !== 0) throw new Error(`git ${words[0]}: ${result.stderr.trim()}`);
  return result.stdout.trim();
}

/** The commit that is checked out. */
export function headCommit(machine: Machine): Promise<string> {
  return git(machine, 'rev-parse', 'HEAD');
}

/** Of these commits, those whose product is that of the commit that is checked out. */
export async function commitsOfToday(commits: Iterable<string>, machine: Machine): Promise<Set<string>> {
  const changed = await git(machine, 'log', '-1', '--format=%H', '--', ...product);
  const since = await git(machine, 'rev-list', `${changed}..HEAD`);
  const known = new Set([changed, ...since.split('\n')]);
  return new Set([...commits].filter((commit) => known.has(commit)));
}
