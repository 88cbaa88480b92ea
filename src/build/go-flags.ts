import { readTable } from '../io/data.ts';

/** How each flag of `go build` takes its value, see data/go-flags.yaml. */
export function goBuildFlags(): Record<string, 'boolean' | 'optional' | 'value' | 'list'> {
  return readTable('go-flags.yaml') as Record<string, 'boolean' | 'optional' | 'value' | 'list'>;
}

/** Flags whose values the plan works out itself. */
const planned = new Set(['C', 'ldflags', 'tags']);

/** The words for `go build` out of flags that were read: those of Go alone, in the order given, as `-name=value`. */
export function goWords(parsed: { values: Map<string, string>; lists: Map<string, string[]> }): string[] {
  const known = goBuildFlags();
  const single = [...parsed.values].filter(([name]) => name in known && !planned.has(name));
  const lists = [...parsed.lists].filter(([name]) => name in known && !planned.has(name));
  return [
    ...single.map(([name, value]) => `-${name}=${value}`),
    ...lists.flatMap(([name, values]) => values.map((value) => `-${name}=${value}`)),
  ];
}

/** Values of `-ldflags` among the words of GOFLAGS. */
export function ldflagsOf(goflags: string[]): string[] {
  return goflags.flatMap((word) => /^--?ldflags=(.*)$/s.exec(word)?.[1] ?? []);
}
