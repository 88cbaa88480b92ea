import { readTable } from '../io/data.ts';
import type { Libc } from '../libc/libc.ts';
import type { Target } from '../model/target.ts';
import { zig } from './zig.ts';

interface SymbolTables {
  linker: string;
  linkerPatterns: string[];
  startFiles: string;
  go: string;
  goPatterns: string[];
  intrinsicPatterns: string[];
  compilerPatterns: string[];
  compilerCalls: CompilerCall[];
}

/** What a flag makes the compiler call by itself, and what it is on the line of a static link: data/link-symbols.yaml. */
export interface CompilerCall {
  flag: string;
  /** Only in units with `#pragma omp parallel`. */
  parallel?: boolean;
  gcc: string;
  clang: string;
  /** Library that gcc adds to the line. */
  library?: string;
  /** How gcc names the flag when it refuses the line. */
  refused?: string;
  /** zig brings what is called. */
  brought?: boolean;
}

let tables: SymbolTables | null = null;

function read(): SymbolTables {
  tables ??= readTable('link-symbols.yaml') as SymbolTables;
  return tables;
}

/** All of them. */
export function compilerCalls(): CompilerCall[] {
  return read().compilerCalls;
}

const words = (text: string) => text.trim().split(/\s+/);
const matcher = (patterns: string[]) => {
  const all = new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'));
  return (symbol: string) => all.test(symbol);
};

/** Whether Go, the linker, the compiler or a start file defines the symbol, so that no archive is searched for it. */
export function alwaysProvided(target: Target): (symbol: string) => boolean {
  const { linker, linkerPatterns, startFiles, go, goPatterns, intrinsicPatterns } = read();
  const names = new Set([...words(linker), ...words(startFiles), ...words(go), ...target.shims]);
  const pattern = matcher([...linkerPatterns, ...goPatterns, ...intrinsicPatterns]);
  return (symbol) => names.has(symbol) || pattern(symbol);
}

/** Parts of a driver's line that come on demand. */
export interface DriverParts {
  unwind: boolean;
  cxx: boolean;
}

/**
 * Whether the driver's own archives define the symbol, by tables: for a toolchain whose archives were not probed (zig
 * builds them at the first link), and for none.
 */
export function driverProvides(target: Target, libc: Libc, parts: DriverParts): (symbol: string) => boolean {
  const isZig = target.toolchain?.name === 'zig';
  const compiler = isZig ? zig().has('runtime') : matcher(read().compilerPatterns);
  const sets = isZig ? [...(parts.unwind ? (['unwind'] as const) : []), ...(parts.cxx ? (['c++'] as const) : [])] : [];
  const own = sets.map((set) => zig().has(set));
  return (symbol) => libc.exports(symbol, target.goarch) || compiler(symbol) || own.some((has) => has(symbol));
}
