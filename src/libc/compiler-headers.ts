import { readTable } from '../io/data.ts';

let lists: Map<string, Set<string>> | undefined;

/**
 * Whether a compiler brings a header itself, as data/compiler-headers.yaml has it. False for a family and GOARCH that
 * were not looked at, but for the headers of the C standard, which data/libc/headers.json knows.
 */
export function compilerHasHeader(family: 'gcc' | 'clang', goarch: string, header: string): boolean {
  lists ??= new Map(
    Object.entries(readTable('compiler-headers.yaml') as Record<string, string>).map(([key, text]) => [
      key,
      new Set(text.split(/\s+/)),
    ]),
  );
  return (lists.get(`${family}-${goarch}`) ?? lists.get(family))?.has(header) ?? false;
}
