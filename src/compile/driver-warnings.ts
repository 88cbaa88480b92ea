import { readTable } from '../io/data.ts';
import type { Toolchain } from '../model/target.ts';

interface DriverWarning {
  warning: string;
  /** Only with an -O that optimises. */
  optimised: boolean;
  allowedBy: string[];
}

let table: Record<string, DriverWarning[]> | undefined;

/**
 * Whether the toolchain's driver makes a warning an error that no flag asks to be one: data/driver-warnings.yaml. `words`
 * are the unit's flags in order.
 */
export function driverRefuses(warning: string, words: readonly string[], toolchain: Toolchain | null): boolean {
  table ??= readTable('driver-warnings.yaml') as Record<string, DriverWarning[]>;
  const rule = table[toolchain?.name ?? '']?.find((one) => one.warning === warning);
  if (rule === undefined || rule.allowedBy.some((word) => words.includes(word))) return false;
  const level = words.findLast((word) => /^-O/.test(word)) ?? '-O0';
  return !rule.optimised || !/^-O[0g]$/.test(level);
}
