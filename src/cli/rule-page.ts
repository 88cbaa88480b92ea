import { fileURLToPath } from 'node:url';
import { disk } from '../io/disk.ts';
import { rules } from '../rules/index.generated.ts';
import type { RulePage } from './explain-log.ts';

/** The page of a rule, as docs/rules/ has it; null for an id that no rule has. */
export function rulePage(id: string): RulePage | null {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) return null;
  const page = disk.read(fileURLToPath(new URL(`../../docs/rules/${rule.id}.md`, import.meta.url)));
  if (!page) throw new Error(`docs/rules/${rule.id}.md is not in the package`);
  return { id: rule.id, title: rule.title, page: new TextDecoder().decode(page) };
}
