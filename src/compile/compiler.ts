import { readTable } from '../io/data.ts';
import { compilerHasHeader } from '../libc/compiler-headers.ts';
import type { Libc } from '../libc/libc.ts';
import type { CompilerEnvironment, Target } from '../model/target.ts';

/** The compiler as the units of one language meet it. */
export interface Compiler {
  language: 'c' | 'c++';
  family: 'gcc' | 'clang';
  goarch: string;
  /** `#define` lines before any flag. */
  predefined: string;
  /** Folders with header text; empty when answers come from the tables. */
  includeDirs: string[];
  /** Whether kernel headers are found without text. */
  kernelHeaders: boolean;
}

let predefined: Record<string, string> | undefined;
let platform: Set<string> | undefined;
let builtins: Record<string, string[]> | undefined;
let features: Record<string, Record<string, string>> | undefined;

/** The C or C++ compiler of a target: as probed, else by family and GOARCH from data/c-predefined.yaml. */
export function compilerOf(target: Target, language: 'c' | 'c++'): Compiler {
  const { toolchain } = target;
  const family = toolchain?.compiler.family ?? 'gcc';
  const probed: CompilerEnvironment | null | undefined = language === 'c' ? toolchain?.c : toolchain?.cxxEnvironment;
  let macros = probed?.macros ?? '';
  if (macros === '') {
    predefined ??= readTable('c-predefined.yaml') as Record<string, string>;
    macros = predefined[`${family}-${target.goarch}`] ?? predefined[`clang-${target.goarch}`] ?? '';
    if (language === 'c++') macros += '\n#define __cplusplus 201703L\n#define _GNU_SOURCE 1\n#undef __STDC_VERSION__';
  }
  return {
    language,
    family,
    goarch: target.goarch,
    predefined: macros,
    includeDirs: probed?.includeDirs ?? [],
    kernelHeaders: (toolchain?.kernelHeaders ?? false) || target.kernelHeadersDir !== null,
  };
}

/** Whether only compilers and systems define a macro, so that no header of a project could: data/c-platform-macros.yaml. */
export function onlyCompilerDefines(name: string): boolean {
  platform ??= new Set((readTable('c-platform-macros.yaml') as { macros: string }).macros.split(/\s+/));
  return platform.has(name);
}

/** Whether a compiler knows a function that nothing declares, such as `__builtin_expect`: data/c-builtins.yaml. */
export function knowsUndeclared({ family, goarch }: Compiler, name: string): boolean {
  builtins ??= Object.fromEntries(
    Object.entries(readTable('c-builtins.yaml') as Record<string, string>).map(([key, words]) => [
      key,
      words.trim().split(/\s+/),
    ]),
  );
  if (builtins.prefixes?.some((prefix) => name.startsWith(prefix))) return true;
  return builtins[`${family}-${goarch}`]?.includes(name) ?? false;
}

/** The compiler's answer to `__has_attribute(name)` and the like from data/c-features.yaml; null when it is not there. */
export function featureOf({ family, language }: Compiler, operator: string, name: string): number | null {
  const plain = name.replace(/^__(\w+)__$/, '$1');
  const answers = answersOf(`${family} ${language}`, operator);
  return answers.get(name) ?? (operator.endsWith('attribute') ? answers.get(plain) : undefined) ?? null;
}

const answered = new Map<string, Map<string, number>>();

/** Answers to one operator by name. */
function answersOf(compiler: string, operator: string): Map<string, number> {
  const key = `${compiler} ${operator}`;
  let answers = answered.get(key);
  if (answers === undefined) {
    features ??= readTable('c-features.yaml') as Record<string, Record<string, string>>;
    answers = new Map();
    for (const line of (features[compiler]?.[operator] ?? '').split('\n')) {
      const [, value, names = ''] = /^(\d+): (.*)$/.exec(line) ?? [];
      for (const name of names.split(' ')) answers.set(name, Number(value));
    }
    answered.set(key, answers);
  }
  return answers;
}

/** A header of a libc without text: `libc`, `kernel` or `compiler` when the tables say that it is there. */
export function elsewhereByTables(
  header: string,
  compiler: Compiler,
  libc: Libc,
): 'libc' | 'kernel' | 'compiler' | 'nowhere' {
  const fact = libc.header(header);
  if (compilerHasHeader(compiler.family, compiler.goarch, header)) return fact?.musl ? 'libc' : 'compiler';
  if (fact === undefined) return compiler.language === 'c++' && /^\w+$/.test(header) ? 'compiler' : 'nowhere';
  if (fact.owner === 'compiler') return 'compiler';
  if (fact.owner === 'kernel') return compiler.kernelHeaders || fact.musl ? 'kernel' : 'nowhere';
  return fact.musl ? 'libc' : 'nowhere';
}

/** Whether a compiler family has an operator such as `__has_feature`. */
export function hasOperator({ family, language }: Compiler, operator: string): boolean {
  if (operator.startsWith('__has_include')) return true;
  features ??= readTable('c-features.yaml') as Record<string, Record<string, string>>;
  return features[`${family} ${language}`]?.[operator] !== undefined;
}
