import { readTable } from '../io/data.ts';

/** What a licence asks of whoever passes on a program with the library inside, as clauses. */
export interface LicenceDuty {
  /** In a few words. */
  short: string;
  /** With the section that asks it. */
  says: string;
}

interface DutyTable {
  duties: (LicenceDuty & { ids: string[] })[];
}

let table: DutyTable | null = null;

/** Of one SPDX id. An exception (`WITH`) is there to allow what the licence does not: nothing is known then. */
function dutyOfId(id: string): LicenceDuty | null {
  if (id.includes(' WITH ')) return null;
  table ??= readTable('licence-duties.yaml') as DutyTable;
  const found = table.duties.find(({ ids }) => ids.some((start) => id.startsWith(start)));
  return found ? { short: found.short, says: found.says } : null;
}

/**
 * What an SPDX expression without parentheses asks where the library is linked statically; null when nothing is known.
 * Of licences to choose from, one that asks nothing is chosen.
 */
export function licenceDuty(expression: string): LicenceDuty | null {
  const choices = expression
    .split(' OR ')
    .map((choice) => choice.split(' AND ').flatMap((id) => dutyOfId(id.trim()) ?? [])[0] ?? null);
  return choices.includes(null) ? null : (choices[0] ?? null);
}
