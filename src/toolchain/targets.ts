import { readTable } from '../io/data.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** One architecture in the words of compilers, see data/toolchain-targets.yaml. */
export interface CompilerTarget {
  zig: string;
  gnu: string[];
  macro: string;
  /** The variable by which Go takes another processor, and what zig is told for each of its values. */
  variable?: string;
  variants?: Record<string, string[]>;
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

/**
 * What zig is told to compile for: an architecture of Go, and the processor that GOARM and the like ask for in the
 * environment. Throws a failure for a processor that the table has not.
 */
export function zigTarget(goarch: string, environment: Record<string, string | undefined>): string[] {
  const { zig, variable = '', variants = {} } = compilerTarget(goarch);
  const wanted = environment[variable];
  if (!wanted) return ['-target', zig];
  const words = Object.hasOwn(variants, wanted) ? variants[wanted] : undefined;
  if (words) return words;
  const known = Object.keys(variants).join(' ');
  throw new Failure(exitCode.usage, `${variable} has an unknown value`, wanted, `use one of ${known}`);
}
