import type { NameDefinition } from '../libc/name-definition.ts';
import type { Remedy, Severity } from '../model/finding.ts';
import type { LibcRef } from '../model/target.ts';
import type { Reached } from '../model/view.ts';

/** The libc as a sentence names it: `musl 1.2.3 (Debian)`. */
export function libcName(libc: LibcRef): string {
  return libc.flavor === 'debian' ? `musl ${libc.version} (Debian)` : `musl ${libc.version}`;
}

/** An error where the compiler is sure to come by, else a warning. */
export function severityWhen(reached: Reached, certain = true): Severity {
  return reached === 'true' && certain ? 'error' : 'warning';
}

/** Names in a sentence: `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: string[]): string {
  const [first = '', second = '', ...more] = names;
  if (names.length < 3) return names.length === 2 ? `${first} and ${second}` : first;
  return `${first}, ${second} and ${more.length} more`;
}

/** The definition on the command line that `gomusl build` gives. */
export function defining({ name, value }: NameDefinition): Remedy {
  return { kind: 'define', automatic: true, variable: 'CGO_CFLAGS', flags: [`-D${name}=${value}`] };
}
