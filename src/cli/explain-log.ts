import type { BuildLog } from '../buildlog/diagnostic.ts';
import { type Explained, explainLog } from '../buildlog/rule-of.ts';
import type { Libc } from '../libc/libc.ts';
import { escapeText } from '../report/escape.ts';
import { wrap } from '../report/wrap.ts';

/** What the page of a rule says, in the parts that a log's reader needs. */
export interface RulePage {
  id: string;
  title: string;
  page: string;
}

/** What a build knows of a trouble beside its log. */
export interface Background {
  /** Path and version of the module that brings it; null when that is not known. */
  module: string | null;
  /** What to do about this very trouble; null leaves it to the rule's page. */
  action: string | null;
}

/** More troubles than this are only counted. */
const mostShown = 20;
const width = 80;

/**
 * What a build log complains of, each trouble once, with the rule that explains it; empty when the log has no error.
 * `pages` gives the page of a rule by its id, `background` what else is known of a trouble.
 */
export function explainedText(
  log: BuildLog,
  libc: Libc,
  pages: (id: string) => RulePage | null,
  background: (trouble: Explained) => Background = () => ({ module: null, action: null }),
): string {
  const troubles = explainLog(log, libc);
  const rest = troubles.length - mostShown;
  const parts = troubles.slice(0, mostShown).map((trouble) => troubleText(trouble, pages, background(trouble)));
  if (rest > 0) parts.push(`and ${rest} more of these kinds\n`);
  return parts.join('\n');
}

function troubleText(
  { ruleId, first, count }: Explained,
  pages: (id: string) => RulePage | null,
  { module, action }: Background,
): string {
  const rule = ruleId === null ? null : pages(ruleId);
  const name = first.name === null ? '' : ` ${escapeText(first.name)}`;
  const unruled = first.kind === 'other' ? 'an error that no rule explains' : first.kind;
  const title = rule === null ? (first.tool === 'go' ? 'an error of Go, not of C or musl' : unruled) : rule.title;
  const lines = [`${rule?.id ?? first.tool}${name}: ${title}`];
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  lines.push(...wrap(escapeText(first.text) + more, width - 4, 3).map((line) => `    ${line}`));
  if (module !== null) lines.push(`    in ${escapeText(module)}`);
  const advice = action ?? (rule === null ? null : whatToDo(rule.page));
  if (advice !== null)
    lines.push(...wrap(escapeText(advice), width - 4, 6).map((line, at) => (at === 0 ? `  > ${line}` : `    ${line}`)));
  if (rule !== null) lines.push(`    gomusl explain ${rule.id}`);
  return `${lines.join('\n')}\n`;
}

/** The paragraph of a rule's page that says what to do. */
function whatToDo(page: string): string | null {
  const paragraph = /^\*\*What to do\.\*\* (.+)$/m.exec(page)?.[1];
  return paragraph === undefined ? null : paragraph.replaceAll('`', '');
}
