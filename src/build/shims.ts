import { readShim } from '../io/data.ts';
import { symbolFamily } from '../libc/symbol-family.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Toolchain } from '../model/target.ts';
import type { ObjectSource } from './objects.ts';

/** What is linked in for the shims that findings ask for. */
export interface ShimLink {
  sources: ObjectSource[];
  flags: string[];
}

/** Shims that are asked for by their own name, since they repair what musl has. */
const named = new Set(['sigaction-onstack']);

/** What the linker has to be told for a shim to work. */
function linkerFlags(names: Set<string>, toolchain: Toolchain): string[] {
  const flags: string[] = [];
  if (names.has('sigaction-onstack')) flags.push('-Wl,--wrap=__libc_sigaction');
  // gcc's driver leaves the index of the unwind table out of a static program: the shim would find none.
  if (names.has('find-object') && toolchain.linker.name === 'ld') flags.push('-Wl,--eh-frame-hdr');
  // gcc links its unwinder into every static program, zig does not.
  if (names.has('backtrace') && toolchain.name === 'zig') flags.push('-lunwind');
  return flags;
}

/** One instruction that goes on in another function with all arguments as they are. */
const jumps: Record<string, string> = {
  amd64: 'jmp',
  '386': 'jmp',
  arm64: 'b',
  arm: 'b',
  riscv64: 'tail',
  loong64: 'b',
  s390x: 'jg',
};

/** C text of an object in which each symbol goes on in the musl function that does the same. */
export function forwardSource(forwards: Record<string, string>, goarch: string): string {
  const jump = jumps[goarch];
  if (!jump) {
    throw new Failure(
      exitCode.unfinished,
      'shims that forward are not known for this architecture',
      goarch,
      'use another',
    );
  }
  const lines = Object.entries(forwards).flatMap(([symbol, target]) => [
    `.pushsection .text.${symbol},\\"ax\\",%progbits`,
    `.weak ${symbol}`,
    `.type ${symbol}, %function`,
    `${symbol}:`,
    `${jump} ${target}`,
    `.size ${symbol}, . - ${symbol}`,
    '.popsection',
  ]);
  return `__asm__(\n${lines.map((line) => `    "${line}\\n"`).join('\n')}\n);\n`;
}

/** The text of a shim, with what it includes of ours put in, so that it stands alone. */
function shimText(name: string): string {
  return readShim(`${name}.c`).replace('#include "shim.h"\n', () => readShim('shim.h'));
}

/** Sources and flags for symbols that musl lacks. Throws a failure for one that no shim has. */
export function shimLink(symbols: string[], goarch: string, toolchain: Toolchain): ShimLink {
  const forwards: Record<string, string> = {};
  const names = new Set<string>();
  for (const symbol of symbols) {
    const family = symbolFamily(symbol);
    const target = family?.forwards[symbol];
    const right = family?.goarch === null || family?.goarch?.includes(goarch);
    if (named.has(symbol)) names.add(symbol);
    else if (target !== undefined && right) forwards[symbol] = target;
    else if (family?.shim && right) names.add(family.shim);
    else throw new Failure(exitCode.unfinished, 'there is no shim for this symbol', symbol, 'please report this');
  }
  // The shim calls the unwinder, and that of gcc asks in turn for what the other shim has.
  if (names.has('backtrace') && toolchain.name !== 'zig') names.add('find-object');
  const sources = [...names].sort().map((name) => ({ name, text: shimText(name) }));
  if (Object.keys(forwards).length > 0) sources.push({ name: 'forwards', text: forwardSource(forwards, goarch) });
  return { sources, flags: linkerFlags(names, toolchain) };
}
