import { readTable } from '../io/data.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** One architecture in the words of compilers, see data/toolchain-targets.yaml. */
export interface CompilerTarget {
  zig: string;
  gnu: string[];
  macro: string;
}

let table: Record<string, CompilerTarget> | undefined;

/** The architectures of Go that a musl toolchain can be looked for. */
export function compilerTargets(): Record<string, CompilerTarget> {
  table ??= readTable('toolchain-targets.yaml') as Record<string, CompilerTarget>;
  return table;
}

/** How compilers name an architecture of Go. Throws a failure for one that the table has not. */
export function compilerTarget(goarch: string): CompilerTarget {
  const target = compilerTargets()[goarch];
  if (target) return target;
  const known = Object.keys(compilerTargets()).join(', ');
  throw new Failure(exitCode.usage, 'no musl toolchain is known for this architecture', goarch, `use one of ${known}`);
}
